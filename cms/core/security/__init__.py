"""Headers, rate limits and signed links."""
