"""What public pages and a whole application cost, against a bare Django view: `make bench`."""
