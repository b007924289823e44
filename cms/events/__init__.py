"""Events, occurrences, registrations and attendance."""
