"""Events as files that calendar programs read."""
