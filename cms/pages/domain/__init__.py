"""What can be done with pages: one function a verb."""
