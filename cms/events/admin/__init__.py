"""Events, their dates and their seats in the Wagtail admin."""
