"""What can be done to events, dates and registrations, a verb a function."""
