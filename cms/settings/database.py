"""SQLite embedded, PostgreSQL scaled out: DATABASE_URL decides; the same for the caches with CACHE_URL."""

from cms.settings.environment import VAR, env

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'khidi.sqlite3'}")}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins: without it a transaction that
    # reads first fails with "database is locked" as soon as someone else has written.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.str("CACHE_URL", default="")
if CACHE_URL:
    _redis = {
        "BACKEND": "cms.core.cache.TolerantRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    CACHES = {"default": _redis, "pages": {**_redis, "KEY_PREFIX": "pages"}}
else:
    # Two of them: visitors who open many pages must not push out the counters of tries at a door.
    # And room: of Django's 300 keys whoever knocks at many doors would push out those of the others.
    _memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CACHES = {
        "default": {**_memory, "OPTIONS": {"MAX_ENTRIES": 50_000}},
        "pages": {**_memory, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 1_000}},
    }

PAGE_CACHE = env.bool("PAGE_CACHE", default=True)
"""Whether public pages are kept; off, each is made anew."""
PAGE_CACHE_SECONDS = 60
"""What depends on the time of day, such as opening hours, is at most this late."""
