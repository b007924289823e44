from io import BytesIO

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from cms.core.wire import Handler, Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    """Return the application, which keeps the connection of the test open as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Handler()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def status(application, method, path, content_type, body=b"", cookie=f"csrftoken={'a' * 32}"):
    answers = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": "next=%41",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_COOKIE": cookie,  # With that of CSRF the body is read.
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    response = application(environ, lambda line, _headers: answers.append(int(line[:3])))
    response.close()
    return answers[0]


@pytest.mark.parametrize("charset", ["hex", "base64", "utf-16", "utf-7", "idna", "no-such"])
@pytest.mark.parametrize("path", ["/healthz/live", "/ka/account/login/", "/ka/nowhere/"])
def test_a_charset_that_is_no_text_breaks_nothing(application, path, charset):
    assert status(application, "GET", path, f"text/plain; charset={charset}") in {200, 404}
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nff\r\n--x--'
        assert 400 <= status(application, "POST", path, f"{kind}; charset={charset}", body) < 500


@pytest.mark.parametrize("path", ["/ka/account/login/", "/ka/nowhere/", "/nowhere", "/static/nowhere"])
def test_a_body_that_nobody_can_read_is_refused(application, path):
    assert status(application, "POST", path, "multipart/form-data", b"x") in {302, 400, 404}


def test_a_cookie_with_nul_is_none(rf):
    environ = rf.get("/", HTTP_COOKIE='sessionid="abcdefgh\\000"; theme=dark').environ
    assert Request(environ).COOKIES == {"theme": "dark"}


def test_a_session_key_with_nul_breaks_nothing(application):
    cookie = 'sessionid="abcdefgh\\000"'
    assert status(application, "GET", "/ka/account/", "", cookie=cookie) == 302
