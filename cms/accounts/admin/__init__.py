"""People and units in the Wagtail admin."""
