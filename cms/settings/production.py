"""A real site: TLS in front, a real secret, strict cookies."""

from cms.settings.base import *
