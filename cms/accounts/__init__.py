"""People, units and roles, and the one policy that everyone asks."""
