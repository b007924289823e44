"""Real servers for tests: on free ports of 127.0.0.1, in temporary folders, ended by process id."""
