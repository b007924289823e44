"""What a public page costs, against a bare Django view in the same run: `make bench`."""
