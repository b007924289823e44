"""Everything that is told to a person, by mail or by a call."""
