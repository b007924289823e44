"""Snippets and pages in the admin."""
