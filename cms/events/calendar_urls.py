"""Calendar files for everybody, under /<language>/calendar/."""

from django.urls import path

from cms.events.views import calendars

app_name = "calendar"

urlpatterns = [
    path("all.ics", calendars.feed, name="feed"),
    path("<str:code>.ics", calendars.event, name="event"),
    path("<str:code>/<int:number>.ics", calendars.date, name="date"),
]
