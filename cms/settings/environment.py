"""The environment variables, and the folder that takes every run-time file."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")  # A missing file is fine; real variables win.

VAR = Path(env.str("VAR", default=str(BASE_DIR / "var"))).resolve()
"""Database, uploads, collected static files and stamps of an embedded site."""

PORT = env.str("PORT", default="8000")
"""Where `manage.py serve` listens."""

SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
"""Scheme, host and port under which people reach the site: links in mails start with it."""
