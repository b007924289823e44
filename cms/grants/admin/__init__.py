"""Calls in the Wagtail admin."""
