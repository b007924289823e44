import pytest
from allauth.usersessions.models import UserSession

from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory
from tests.accounts.journeys import actions, another_browser, ask, enter, signed_in

pytestmark = pytest.mark.django_db


# --- sign out, sessions -----------------------------------------------------------------------


def test_signing_out_is_a_post(client):
    sign_in(client, UserFactory())
    assert client.get("/ka/account/logout/").status_code == 200
    assert signed_in(client)
    response = client.post("/ka/account/logout/")
    assert not signed_in(client)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert actions() == ["accounts.sign_out"]


@pytest.fixture
def three_browsers(client, mails):
    person = UserFactory()
    browsers = [client, another_browser(client), another_browser(client)]
    for browser in browsers:
        ask(browser, person.email)
        enter(browser, mails.code)
    return browsers


def test_a_session_is_listed_and_ended(three_browsers):
    here, there, third = three_browsers
    page = here.get("/ka/account/sessions/").content.decode()
    assert page.count("/end/") == 2
    session = UserSession.objects.get(session_key=there.session.session_key)
    assert here.post(f"/ka/account/sessions/{session.pk}/end/").status_code == 302
    assert there.get("/ka/account/").status_code == 302
    assert third.get("/ka/account/").status_code == 200
    assert here.get("/ka/account/").status_code == 200


def test_all_other_sessions_end_at_once(three_browsers):
    here, *others = three_browsers
    here.post("/ka/account/sessions/")
    assert here.get("/ka/account/").status_code == 200
    assert [browser.get("/ka/account/").status_code for browser in others] == [302, 302]


def test_the_session_of_another_person_is_not_found(three_browsers, client):
    stranger = another_browser(client)
    sign_in(stranger, UserFactory())
    for session in UserSession.objects.all():
        url = f"/ka/account/sessions/{session.pk}/end/"
        assert stranger.post(url).status_code == 404
        assert stranger.get(url).status_code == 405
    assert three_browsers[0].get("/ka/account/").status_code == 200
