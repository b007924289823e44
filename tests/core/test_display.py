import pytest

pytestmark = pytest.mark.django_db

PATH = "/en/display/"


def choose(client, **data):
    return client.post(PATH, {"theme": "device", "mode": "full", "next": "/en/account/"} | data)


def kept(client):
    return {name: client.cookies[name].value for name in ("theme", "mode") if name in client.cookies}


def html_element(response):
    return response.content.decode().partition("<html ")[2].partition(">")[0]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:///evil.example",
        "relative",
        "\x00",
        "",
    ],
)
def test_the_way_back_never_leaves_the_site(client, elsewhere):
    assert choose(client, next=elsewhere).url == "/en/"
    page = client.get(PATH, {"next": elsewhere})
    assert page.context["back_url"] == "/en/"


def test_a_choice_is_kept_and_leads_back(client):
    response = choose(client, theme="dark", mode="text")
    assert response.status_code == 302
    assert response.url == "/en/account/"
    assert kept(client) == {"theme": "dark", "mode": "text"}
    assert html_element(client.get(PATH)) == 'lang="en" dir="ltr" data-theme="dark" data-mode="text"'


def test_the_default_needs_no_cookie(client):
    choose(client, theme="dark", mode="text")
    choose(client)
    assert html_element(client.get(PATH)) == 'lang="en" dir="ltr"'


@pytest.mark.parametrize(
    "wrong", [{"theme": "pink"}, {"theme": ""}, {"mode": "text\x00"}, {"mode": "x" * 10_000}]
)
def test_a_choice_that_does_not_exist_is_refused(client, wrong):
    response = choose(client, **wrong)
    assert response.status_code == 200
    assert "<title>Error:" in response.content.decode()
    assert kept(client) == {}


@pytest.mark.parametrize("value", ["pink", "", '"><script>', "device"])
def test_a_forged_cookie_changes_nothing(client, value):
    client.cookies.load({"theme": value, "mode": value})
    assert html_element(client.get(PATH)) == 'lang="en" dir="ltr"'


def test_the_choice_stays_private_to_the_browser(client):
    assert "no-store" in client.get(PATH)["Cache-Control"]


def test_other_methods_are_refused(client):
    assert client.put(PATH).status_code == 405


def test_a_forged_post_is_refused(client):
    client.handler.enforce_csrf_checks = True
    assert choose(client, theme="dark").status_code == 403
    assert kept(client) == {}
