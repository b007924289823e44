"""What the Wagtail admin needs beyond Wagtail: object checks, bulk actions, no inline script."""
