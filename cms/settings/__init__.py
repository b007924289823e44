"""Settings by topic, read from environment variables; see .env.example."""
