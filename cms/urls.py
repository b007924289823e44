"""All routes."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.accounts.urls import admin_urlpatterns
from cms.accounts.views.sign_in import sign_in_to_admin
from cms.core import health
from cms.core.admin.catalogue import ScriptTexts
from cms.core.display import display
from cms.core.icon import favicon
from cms.core.media import media
from cms.pages.views.sitemap import robots, sitemap

demo: list[URLPattern | URLResolver] = [path("demo/", include("cms.demo.urls"))] if settings.DEMO else []
uploads: list[URLPattern | URLResolver] = (
    [re_path(r"^media/(?P<path>.*)$", media, name="media")] if settings.SERVE_MEDIA else []
)

urlpatterns = [
    path("healthz/live", health.live, name="live"),
    path("healthz/ready", health.ready, name="ready"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    *uploads,
    path(
        "admin/jsi18n/",
        ScriptTexts.as_view(packages=["wagtail.admin"]),
        name="wagtailadmin_javascript_catalog",
    ),
    path(
        "admin/localize/jsi18n/",
        ScriptTexts.as_view(packages=["wagtail_localize"]),
        name="localize_javascript_catalog",
    ),
    path("admin/", include(admin_urlpatterns)),  # Before Wagtail's: our doors instead of its own.
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        *demo,
        path("display/", display, name="display"),
        path("account/", include("cms.accounts.urls")),
        path("_util/login/", sign_in_to_admin, name="wagtailcore_login"),  # Wagtail's asks for a password.
        path("apply/", include("cms.grants.urls")),
        path("register/", include("cms.events.urls")),
        path("my/", include("cms.forms.urls")),
        path("calendar/", include("cms.events.calendar_urls")),
        path("", include("cms.pages.urls")),
    ),
]
