"""The one review queue: whatever people handed in, of every kind."""
