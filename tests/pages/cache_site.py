"""The site with one view more, which answers as a test tells it, for tests of the page cache."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

from cms import urls

SHARED = "max-age=0, must-revalidate, public"


class Probe:
    """What the view answers, and how often it was asked."""

    def __init__(self):
        self.asked, self.generation = 0, 1
        self.answer = self.shared

    def shared(self, request):
        """Answer as a public page does, differently each time."""
        return HttpResponse(f"{self.asked} {request.get_full_path()}", headers={"Cache-Control": SHARED})

    def __call__(self, request):
        self.asked += 1
        return self.answer(request)


probe = Probe()


def view(request):
    return probe(request)


names = ("page/", "robots.txt", "sitemap.xml", "admin/", "other.txt")
urlpatterns = [*(path(name, view) for name in names), *i18n_patterns(path("page/", view)), *urls.urlpatterns]
