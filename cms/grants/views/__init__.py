"""Doors of a call: where an application begins, all its questions, and the door for helpers."""
