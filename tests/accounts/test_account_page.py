import pytest
from wagtail.users.models import UserProfile

from cms.accounts.enums import Role
from cms.accounts.models import User
from cms.pages.cache import generation
from cms.pages.cache.generation import bump
from tests.accounts.conftest import enrol, sign_in
from tests.accounts.factories import RoleAssignmentFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def test_visitors_are_led_to_sign_in(client):
    for method in (client.get, client.post):
        assert method("/ka/account/").url == "/ka/account/login/?next=/ka/account/"


@pytest.mark.parametrize("language", ["ka", "ar", "de", "it", "en"])
def test_the_page_shows_what_there_is(client, hub, language):
    person = person_with(Role.HELPER, hub)
    enrol(person)
    sign_in(client, person)
    page = client.get(f"/{language}/account/")
    assert page.status_code == 200
    assert person.email in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert page.content.decode().count("<h1") == 1


def test_name_and_language_are_kept_and_the_page_answers_in_it(client):
    person = UserFactory(preferred_language="ka")
    sign_in(client, person)
    response = client.post("/ka/account/", {"name": "  ლეილა كريم ", "preferred_language": "ar"})
    assert response.url == "/ar/account/"
    person.refresh_from_db()
    assert (person.name, person.preferred_language) == ("ლეილა كريم", "ar")


@pytest.mark.parametrize(
    "data",
    [
        {"name": "x" * 201, "preferred_language": "ka"},
        {"name": "a", "preferred_language": "xx"},
        {"name": "a\0b", "preferred_language": "ka"},
        {},
    ],
)
def test_what_cannot_be_kept_is_said(client, data):
    person = UserFactory(name="Before")
    sign_in(client, person)
    response = client.post("/ka/account/", data)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    person.refresh_from_db()
    assert person.name == "Before"


def test_nobody_makes_themselves_more_than_they_are(client):
    person = UserFactory()
    sign_in(client, person)
    client.post(
        "/ka/account/",
        {"name": "a", "preferred_language": "ka", "is_superuser": "on", "email": "b@example.org", "pk": "1"},
    )
    changed = User.objects.get(pk=person.pk)
    assert (changed.is_superuser, changed.email) == (False, person.email)


@pytest.mark.django_db(transaction=True)  # Menu and foot are remembered once they are committed.
def test_the_page_costs_the_same_with_one_role_and_three(
    client, office, hub, partner, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(generation, "EVERY", 60.0)  # A second may pass here on a busy machine.
    person = person_with(Role.HELPER, office)
    enrol(person)
    sign_in(client, person)
    bump()
    client.get("/ka/account/")
    with django_assert_num_queries(6):  # session, person, addresses, factors, roles for both questions
        client.get("/ka/account/")
    for unit in (hub, partner):
        RoleAssignmentFactory(user=person, unit=unit, role=Role.REVIEWER)
    with django_assert_num_queries(6):
        client.get("/ka/account/")


# --- one language a person --------------------------------------------------------------------


def admin_language(person):
    return UserProfile.objects.get(user=person).preferred_language


def test_the_admin_begins_in_the_language_of_the_person():
    person = UserFactory(preferred_language="de")
    assert UserProfile.get_for_user(person).preferred_language == "de"


def test_staff_see_the_admin_in_their_language_from_the_start(client, office):
    person = person_with(Role.EDITOR, office, user__preferred_language="de")
    assert admin_language(person) == "de"
    assert admin_language(UserFactory(superuser=True, preferred_language="it")) == "it"
    assert not UserProfile.objects.filter(user=UserFactory()).exists()
    sign_in(client, person)
    assert '<html lang="de"' in client.get("/admin/", headers={"accept-language": "en"}).content.decode()


def test_both_follow_whichever_was_chosen_last():
    person = UserFactory(preferred_language="de")
    profile = UserProfile.get_for_user(person)
    person.preferred_language = "it"
    person.save()
    assert admin_language(person) == "it"
    profile.refresh_from_db()
    profile.preferred_language = "en"
    profile.save()
    person.refresh_from_db()
    assert person.preferred_language == "en"


def test_a_language_the_admin_does_not_speak_stays_the_persons_own():
    person = UserFactory(preferred_language="ar")
    profile = UserProfile.get_for_user(person)
    assert profile.preferred_language == ""
    profile.theme = "dark"
    profile.save()
    person.refresh_from_db()
    assert person.preferred_language == "ar"


# --- one's settings in the admin --------------------------------------------------------------


def test_the_admin_offers_no_password_no_address_no_portrait(client, office):
    person = person_with(Role.EDITOR, office)
    sign_in(client, person)
    page = client.get("/admin/account/")
    assert page.status_code == 200
    names = [panel.name for panels in page.context["panels_by_tab"].values() for panel in panels]
    assert sorted(set(names) & {"name_email", "avatar", "password"}) == []
    assert {"name", "locale", "theme"} <= set(names)


def test_settings_in_the_admin_are_kept(client, office):
    person = person_with(Role.EDITOR, office)
    sign_in(client, person)
    response = client.post(
        "/admin/account/",
        {
            "name-name": "Neue Name",
            "locale-preferred_language": "de",
            "locale-current_time_zone": "",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "name-is_superuser": "on",
            "name-email": "x@example.org",
        },
    )
    assert response.status_code == 302
    changed = User.objects.get(pk=person.pk)
    assert (changed.name, changed.preferred_language, changed.email) == ("Neue Name", "de", person.email)
    assert not changed.is_superuser


def test_visitors_find_no_settings(client):
    assert client.get("/admin/account/").status_code == 302
