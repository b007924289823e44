"""The intake engine; knows no grant and no event."""
