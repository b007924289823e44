"""Calls, applications, review, decisions and awards."""
