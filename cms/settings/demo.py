"""`make run`: the embedded shape with the demonstration site on this machine."""

from cms.settings.base import *
