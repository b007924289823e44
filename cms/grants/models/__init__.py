"""Calls, applications, and the pages that tell about calls."""

from cms.grants.models.application import Application
from cms.grants.models.call import Call
from cms.grants.models.pages import CallIndexPage, CallPage

__all__ = ["Application", "Call", "CallIndexPage", "CallPage"]
