"""The WSGI application, and the embedded job runner beside it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

application = get_wsgi_application()

if settings.JOBS == "embedded":
    # Last, and only here: models need Django to stand, and only a serving process runs jobs.
    from cms.jobs import embedded

    embedded.start()
