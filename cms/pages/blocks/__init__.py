"""Blocks of the pages."""
