"""Messages and calls in the Wagtail admin."""
