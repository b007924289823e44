"""What all ways of running share: one module a topic."""

from cms.settings.accounts import *
from cms.settings.apps import *
from cms.settings.database import *
from cms.settings.environment import *
from cms.settings.i18n import *
from cms.settings.jobs import *
from cms.settings.logging import *
from cms.settings.mail import *
from cms.settings.security import *
from cms.settings.storage import *
from cms.settings.wagtail import *

DEMO = False
"""Whether this is the demonstration site: only cms.settings.demo and the tests say so."""

PRODUCTION = False
"""Whether this is a real site: only cms.settings.production says so."""
