"""Who did and saw what, sealed into a chain that names a broken row."""
