"""Who may open which address: audience.toml says it, test_audience.py tries it."""
