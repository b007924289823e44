import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from cms.core.prefix import LanguagePrefixMiddleware

pytestmark = pytest.mark.django_db


def answer(path, status=404):
    """Return what becomes of an answer of a view, or of no route at all."""
    request = RequestFactory().get(path)
    middleware = LanguagePrefixMiddleware(lambda _request: None)
    middleware.process_request(request)
    try:
        request.resolver_match = resolve(path)
    except Http404:
        request.resolver_match = None
    return middleware.process_response(request, HttpResponse(status=status))


def test_an_address_without_a_language_leads_to_one():
    assert answer("/news/").headers["Location"] == "/ka/news/"


@pytest.mark.parametrize("path", ["/admin/nothing/", "/documents/1/nothing.pdf", "/ka/nothing/"])
def test_what_a_view_did_not_find_is_not_found(path):
    assert answer(path).status_code == 404
    assert answer(path).headers["Content-Language"] == "ka"


def test_other_answers_pass():
    assert answer("/admin/", status=200).status_code == 200
