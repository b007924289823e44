"""Khidi. What must hold before any model is loaded is put right here.

Settings, WSGI and Celery modules all live in this package, so this runs first in every process.
"""

from cms.core import languages
from cms.core.text import case

case.install()
languages.install()
