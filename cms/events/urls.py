"""Doors of dates, under /<language>/register/; nothing here is kept by a cache."""

from django.urls import path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.events.views.help import help_somebody
from cms.events.views.longer import longer
from cms.events.views.offer import accept, rejoin
from cms.events.views.register import register
from cms.events.views.ticket import own_calendar, ticket
from cms.forms.views.access import private

app_name = "events"

urlpatterns = decorate_urlpatterns(
    [
        path("ticket/<uuid:token>/", ticket, name="ticket"),
        path("calendar/<uuid:token>.ics", own_calendar, name="own_calendar"),
        path("<uuid:token>/accept/", accept, name="accept"),
        path("<uuid:token>/rejoin/", rejoin, name="rejoin"),
        path("<uuid:token>/longer/", longer, name="longer"),
        path("<str:code>/<int:number>/", register, name="register"),
        path("<str:code>/<int:number>/help/", help_somebody, name="help"),
    ],
    private,
)
