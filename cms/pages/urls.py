"""Addresses of pages, each under its language; Wagtail's own, with our way to find a page."""

from django.urls import path, re_path
from wagtail.views import authenticate_with_password

from cms.pages.views import feeds
from cms.pages.views.serve import serve

urlpatterns = [
    path("feeds/news.xml", feeds.news, name="news_feed"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(r"^((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
]
