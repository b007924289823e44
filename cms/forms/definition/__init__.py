"""How what editors wrote becomes a version that people fill in: read, check, compare, compile."""
