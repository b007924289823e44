"""Public views of the pages."""
