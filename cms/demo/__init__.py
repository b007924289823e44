"""The demonstration site; never installed in production settings."""
