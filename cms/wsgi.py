"""The WSGI application, and the embedded job runner beside it."""

import os

import django
from django.conf import settings

from cms.core.wire import Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django.setup(set_prefix=False)
application = Handler()

if settings.JOBS == "embedded":
    # Last, and only here: models need Django to stand, and only a serving process runs jobs.
    from cms.jobs import embedded

    embedded.start()
