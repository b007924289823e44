"""Organisations of applicants: nobody reaches somebody else's, nobody enters one twice."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.accounts.domain.change_organisation import change_organisation
from cms.accounts.domain.make_organisation import Particulars, make_organisation
from cms.accounts.enums import OrganisationRole
from cms.accounts.models import Member, Organisation
from cms.accounts.policy import hosts_for, organisations_of
from cms.audit.models import Entry
from tests.accounts.conftest import sign_in
from tests.accounts.factories import UserFactory, person_with

pytestmark = pytest.mark.django_db

LIST = "/ka/account/organisations/"
NEW = f"{LIST}new/"


def told(**more):
    return {"name": "Neighbours' Table", "country": "GE", **more}


def enter(by, **more):
    particulars = Particulars(**{"kind": "registered", **told(), **more})
    return make_organisation(particulars=particulars, key=uuid4(), by=by)


@pytest.fixture
def person(client):
    person = UserFactory()
    sign_in(client, person, proven=False)
    return person


@pytest.fixture
def stranger():
    return UserFactory()


# --- What must not be possible ----------------------------------------------------------------


@pytest.mark.parametrize("path", [LIST, NEW, f"{NEW}?kind=group", f"{LIST}1/"])
def test_visitors_are_led_to_sign_in(client, path):
    for method in (client.get, client.post):
        assert method(path).url.startswith("/ka/account/login/?next=")


def test_the_organisation_of_somebody_else_is_not_there(client, person, stranger):
    foreign = enter(stranger, name="Foreign Circle")
    for method in (client.get, client.post):
        assert method(f"{LIST}{foreign.pk}/", told(name="Mine now")).status_code == 404
    assert "Foreign Circle" not in client.get(LIST).content.decode()
    foreign.refresh_from_db()
    assert foreign.name == "Foreign Circle"


@pytest.mark.parametrize("role", [OrganisationRole.VIEWER, OrganisationRole.SIGNATORY])
def test_who_only_reads_or_signs_changes_nothing(client, person, stranger, role):
    organisation = enter(stranger)
    Member.objects.create(organisation=organisation, user=person, role=role)
    assert client.post(f"{LIST}{organisation.pk}/", told(name="Other")).status_code == 404
    assert f"{LIST}{organisation.pk}/" not in client.get(LIST).content.decode()
    with pytest.raises(PermissionDenied):
        change_organisation(
            organisation=organisation, particulars=Particulars(kind="public", **told()), by=person
        )


def test_staff_act_for_no_organisation_by_their_role(office, stranger):
    enter(stranger)
    for staff in (person_with("admin", office), UserFactory(superuser=True)):
        assert list(organisations_of(staff)) == []
    assert list(organisations_of(UserFactory(closed=True))) == []


def test_a_host_that_is_not_ones_own_is_refused(client, person, stranger):
    foreign = enter(stranger)
    data = told(responsible="Nino", host=str(foreign.pk))
    page = client.post(f"{NEW}?kind=group", data)
    assert page.context["form"].errors.keys() == {"host"}
    assert "Neighbours" not in "".join(map(str, page.context["form"]["host"].errors))
    with pytest.raises(PermissionDenied):
        enter(person, kind="group", responsible="Nino", host=foreign)
    own = enter(person, kind="group", responsible="Nino")
    changed = Particulars(kind="group", **told(), responsible="Nino", host=foreign)
    with pytest.raises(PermissionDenied):
        change_organisation(organisation=own, particulars=changed, by=person)
    assert Organisation.objects.exclude(host=None).count() == 0


def test_a_group_is_no_host(client, person):
    group = enter(person, kind="group", responsible="Nino")
    assert list(hosts_for(person)) == []
    page = client.post(f"{NEW}?kind=group", told(responsible="Nino", host=str(group.pk)))
    assert page.context["form"].errors.keys() == {"host"}


def test_the_key_of_somebody_else_gives_away_nothing(client, person, stranger):
    foreign = enter(stranger)
    with pytest.raises(PermissionDenied):
        make_organisation(particulars=Particulars(kind="public", **told()), key=foreign.key, by=person)
    response = client.post(f"{NEW}?kind=public", told(idempotency_key=str(foreign.key)))
    assert response.status_code == 403
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_leads_to_no_other_site(client, person, elsewhere):
    page = client.get(NEW, {"kind": "public", "next": elsewhere})
    assert "evil.example" not in page.content.decode().split("<main")[1].split("<footer")[0]
    assert client.post(f"{NEW}?kind=public", told(next=elsewhere)).url == LIST


@pytest.mark.parametrize(
    ("kind", "wrong", "field"),
    [
        ("registered", {"name": ""}, "name"),
        ("registered", {"name": "x" * 201}, "name"),
        ("registered", {"name": "x" * 10_000}, "name"),
        ("registered", {"country": "XX"}, "country"),
        ("registered", {"country": ""}, "country"),
        ("registered", {"registry": "GE-NAPR"}, "registry_number"),
        ("registered", {"registry_number": "204837123"}, "registry"),
        ("registered", {"registry": "IT-CF", "registry_number": "00743110158"}, "registry_number"),
        ("registered", {"registry": "nowhere", "registry_number": "1"}, "registry"),
        ("public", {"phone": "12"}, "phone"),
        ("public", {"email": "nobody"}, "email"),
        ("public", {"website": "javascript:alert(1)"}, "website"),
        ("public", {"website": "ftp://example.org/"}, "website"),
        ("group", {}, "responsible"),
        ("group", {"responsible": "Nino", "host": "nonsense"}, "host"),
        ("group", {"responsible": "Nino", "name_ka": "ა" * 201}, "name_ka"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, person, kind, wrong, field):
    page = client.post(f"{NEW}?kind={kind}", told(region="Batumi") | wrong)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {field}
    text = page.content.decode()
    assert 'role="alert"' in text
    assert 'value="Batumi"' in text
    assert Organisation.objects.count() == 0


def test_nobody_becomes_more_by_fields_that_are_not_asked(client, person, stranger):
    client.post(
        f"{NEW}?kind=registered",
        told(responsible="Nino", host="1", key=str(uuid4()), user=str(stranger.pk), role="viewer", id="7"),
    )
    organisation = Organisation.objects.get()
    assert (organisation.responsible, organisation.host) == ("", None)
    assert [(member.user, member.role) for member in organisation.members.all()] == [(person, "owner")]


# --- What is possible -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ka", "ar", "de", "it", "en"])
def test_every_page_is_shown(client, person, language):
    organisation = enter(person, region="Batumi", registry="GE-NAPR", registry_number="204837123")
    own = f"/{language}/account/organisations/"
    for path in (own, f"{own}new/", f"{own}new/?kind=group", f"{own}{organisation.pk}/", f"{own}1/?kind="):
        page = client.get(path, follow=False)
        assert page.status_code in {200, 404}
        assert page.content.decode().count("<h1") == 1
        assert "no-store" in page.headers["Cache-Control"]
    assert own in client.get(f"/{language}/account/").content.decode()


def test_an_organisation_is_entered_and_leads_back(client, person):
    data = told(
        name="  სამეზობლო მაგიდა ",
        registry="GE-NAPR",
        registry_number="204 837 123",
        phone="0322 12 34 56",
        email="table@example.org",
        website="example.org",
        name_de="Nachbarschaftstisch",
        next="/ka/my/",
        idempotency_key=str(uuid4()),
    )
    assert client.post(f"{NEW}?kind=registered", data).url == "/ka/my/"
    assert client.post(f"{NEW}?kind=registered", data).url == "/ka/my/"  # Sent twice.
    organisation = Organisation.objects.get()
    assert organisation.name == "სამეზობლო მაგიდა"
    assert organisation.registry_number == "204837123"
    assert organisation.phone == "+995322123456"
    assert organisation.website == "https://example.org"
    assert organisation.other_names == {"de": "Nachbarschaftstisch"}
    assert organisation.name_in("de") == "Nachbarschaftstisch"
    assert organisation.name_in("it") == "სამეზობლო მაგიდა"
    assert [entry.action for entry in Entry.objects.filter(action__contains="organisation")] == [
        "accounts.make_organisation"
    ]


def test_a_number_is_entered_once_whatever_its_spelling(client, person, stranger):
    enter(stranger, registry="IT-CF", registry_number="00743110157", name="Foreign Circle")
    page = client.post(f"{NEW}?kind=public", told(registry="IT-CF", registry_number="0074 3110 157"))
    assert page.context["form"].errors.keys() == {"registry_number"}
    assert "Foreign Circle" not in page.content.decode()
    own = enter(person)
    page = client.post(f"{LIST}{own.pk}/", told(registry="IT-CF", registry_number="00743110157"))
    assert page.context["form"].errors.keys() == {"registry_number"}


def test_a_group_has_somebody_who_answers_and_perhaps_a_host(client, person):
    host = enter(person, name="Host")
    client.post(f"{NEW}?kind=group", told(responsible="Nino Beridze", host=str(host.pk)))
    group = Organisation.objects.get(kind="group")
    assert (group.responsible, group.host) == ("Nino Beridze", host)
    assert "Host" in client.get(LIST).content.decode()


def test_a_change_is_noted_field_by_field_and_none_is_not(client, person):
    organisation = enter(person)
    client.post(f"{LIST}{organisation.pk}/", told())
    client.post(f"{LIST}{organisation.pk}/", told(name="Other", region="Gori"))
    entries = Entry.objects.filter(action="accounts.change_organisation")
    assert [entry.details for entry in entries] == [{"fields": ["name", "region"]}]


def test_a_group_that_was_registered_loses_what_was_a_groups(client, person):
    group = enter(person, kind="group", responsible="Nino", host=enter(person, name="Host"))
    assert "kind=" in client.get(f"{LIST}{group.pk}/").content.decode()
    client.post(f"{LIST}{group.pk}/?kind=registered", told(registry="GE-NAPR", registry_number="204837123"))
    group.refresh_from_db()
    assert (group.kind, group.responsible, group.host) == ("registered", "", None)


def test_a_host_named_by_somebody_who_left_can_stay(client, person, stranger):
    group = enter(stranger, kind="group", responsible="Nino", host=enter(stranger, name="Host"))
    Member.objects.create(organisation=group, user=person, role="editor")
    client.post(f"{LIST}{group.pk}/", told(responsible="Nino", host=str(group.host_id), region="Gori"))
    group.refresh_from_db()
    assert (group.host.name, group.region) == ("Host", "Gori")


def test_the_list_costs_the_same_with_one_and_with_three(client, person, django_assert_num_queries):
    enter(person)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(2):
        enter(person, name=str(number), kind="group", responsible="Nino", host=hosts_for(person).first())
    with django_assert_num_queries(len(one)):
        client.get(LIST)
