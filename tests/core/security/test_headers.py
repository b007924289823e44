import pytest
from django.contrib.auth.signals import user_logged_out
from django.http import HttpResponse
from django.test import RequestFactory

from cms.accounts.models import User
from cms.core.security.headers import SecurityHeadersMiddleware

pytestmark = pytest.mark.django_db


def answer(path="/ka/", *, session=False, sets=False, says=None, signs_out=False):
    request = RequestFactory().get(path)
    if session:
        request.COOKIES["sessionid"] = "x"

    def view(request):
        response = HttpResponse()
        if sets:
            response.set_cookie("sessionid", "x")
        if says:
            response["Cache-Control"] = says
        if signs_out:
            user_logged_out.send(None, request=request, user=None)
        return response

    return SecurityHeadersMiddleware(view)(request)


def test_a_page_of_a_visitor_may_be_cached():
    assert "Cache-Control" not in answer()
    assert answer(says="max-age=60")["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize(
    "options", [{"session": True}, {"sets": True}, {"path": "/ka/account/login/"}, {"path": "/ar/account/"}]
)
def test_a_personal_page_is_kept_by_nobody(options):
    assert answer(**options)["Cache-Control"] == "no-store, private"


def test_an_account_page_is_kept_by_nobody_whatever_its_view_says():
    assert answer("/de/account/", says="max-age=60")["Cache-Control"] == "no-store, private"


def test_static_files_and_what_rules_itself_are_left_alone():
    assert "Cache-Control" not in answer("/static/core/a.css", session=True)
    assert answer(session=True, says="max-age=3600")["Cache-Control"] == "max-age=3600"


@pytest.mark.parametrize("path", ["/ka/accounting/", "/ka/news/account/", "/account"])
def test_a_path_that_only_looks_like_an_account_is_public(path):
    assert "Cache-Control" not in answer(path)


def test_signing_out_clears_what_the_browser_kept():
    assert answer(signs_out=True)["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in answer(session=True)


def test_a_sign_out_without_a_request_is_no_error():
    answers = user_logged_out.send_robust(None, request=None, user=None)
    assert answers
    assert [answer for _receiver, answer in answers if answer is not None] == []


def test_every_answer_of_the_site_is_armed(client):
    found = client.get("/ka/account/login/").headers

    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["X-Frame-Options"] == "DENY"
    assert found["Referrer-Policy"] == "same-origin"
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in found["Permissions-Policy"]
    assert "script-src 'self'" in found["Content-Security-Policy"]
    assert found["Cache-Control"] == "no-store, private"


def test_somebody_signed_in_gets_nothing_to_keep(client):
    client.force_login(User.objects.create_user("nino@khidi.example"))

    assert "no-store" in client.get("/ka/display/").headers["Cache-Control"]
