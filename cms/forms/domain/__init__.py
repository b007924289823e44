"""What can be done with forms and what people hand in: one function a verb."""
