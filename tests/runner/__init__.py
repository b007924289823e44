"""What `make test` does: programs, checks, lanes of tests side by side, one closing line."""
