"""Addresses of the demonstration, under /<language>/demo/."""

from django.urls import path

from cms.demo.views.mailbox import mailbox
from cms.demo.views.reset import reset
from cms.demo.views.tour import tour
from cms.demo.views.try_as import try_as, try_as_link, try_as_person

app_name = "demo"

urlpatterns = [
    path("", tour, name="tour"),
    path("try-as/", try_as, name="try_as"),
    path("try-as/<slug:code>/", try_as_person, name="try_as_person"),
    path("try-as/<slug:code>/<slug:token>/", try_as_link, name="try_as_link"),
    path("mailbox/", mailbox, name="mailbox"),
    path("reset/", reset, name="reset"),
]
