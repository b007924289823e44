"""Doors of calls, under /<language>/apply/."""

from django.urls import path

from cms.grants.views.help import help_somebody
from cms.grants.views.questions import questions
from cms.grants.views.start import start

app_name = "grants"

urlpatterns = [
    path("<str:code>/", start, name="start"),
    path("<str:code>/questions/", questions, name="questions"),
    path("<str:code>/help/", help_somebody, name="help"),
]
