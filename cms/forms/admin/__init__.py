"""Forms and submissions in the Wagtail admin."""
