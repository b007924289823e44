"""Pages that are the same for every visitor, answered without rendering them; see docs/cache.md."""
