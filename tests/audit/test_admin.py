import pytest
from django.contrib.auth.models import Permission
from django.urls import NoReverseMatch, reverse
from wagtail.permissions import policy_registry

from cms.accounts.models import User
from cms.audit.domain.erase import erase
from cms.audit.domain.record import record
from cms.audit.models import Entry
from tests.audit.factories import entries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "second_factor" not in name]


def sign_in(client, *permissions, **fields):
    user = User.objects.create_user("nino@khidi.example", preferred_language="en", **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    client.force_login(user)
    return client


@pytest.fixture
def reader(client):
    return sign_in(client, "view_entry")


def test_without_the_permission_there_is_no_log(client):
    entry = record("test.done", details={"name": "Nino"})
    sign_in(client)

    for url in (reverse("audit:index"), reverse("audit:inspect", args=[entry.pk])):
        answer = client.get(url)
        assert answer.status_code == 302
        assert b"Nino" not in answer.content


def test_a_reader_sees_entries_and_their_details(reader):
    entry = record("test.done", details={"name": "Nino"})

    assert "test.done" in reader.get(reverse("audit:index")).text
    assert "Nino" in reader.get(reverse("audit:inspect", args=[entry.pk])).text


def test_details_are_shown_in_their_own_script_and_escaped(reader):
    entry = record("test.done", details={"name": "ნინო <b>"})
    gone = record("test.done", details={"name": "გიო"})
    erase(entries=Entry.objects.filter(pk=gone.pk), by=None)

    assert "ნინო &lt;b&gt;" in reader.get(reverse("audit:inspect", args=[entry.pk])).text
    assert "წაშლილია" in reader.get(reverse("audit:inspect", args=[gone.pk])).text


def test_the_listing_is_filtered(reader):
    wanted = record("messages.resend", unit_id=1)
    record("messages.send", unit_id=1)
    record("messages.resend", unit_id=2)

    page = reader.get(reverse("audit:index") + "?action=messages.resend&unit_id=1&at_from=2020-01-01")

    assert list(page.context["object_list"]) == [wanted]


@pytest.mark.parametrize("query", ["?unit_id=x", "?at_from=yesterday", "?p=0", "?ordering=x", "?action=%00"])
def test_nonsense_in_filters_is_no_error(reader, query):
    record("test.done")

    assert reader.get(reverse("audit:index") + query).status_code == 200


def test_an_export_holds_no_details(reader):
    record("test.done", details={"name": "Nino"})

    exported = b"".join(reader.get(reverse("audit:index") + "?export=csv").streaming_content).decode()

    assert "test.done" in exported
    assert "Nino" not in exported


def test_nobody_can_write_whatever_the_permissions(client):
    entry = record("test.done")
    policy = policy_registry.get_by_type(Entry)
    superuser = User.objects.create_superuser("root@khidi.example")

    assert policy.user_has_permission(superuser, "view")
    assert not any(
        policy.user_has_permission(superuser, verb) for verb in ("add", "change", "delete", "publish")
    )
    for name in ("add", "edit", "delete", "copy", "history", "usage"):
        with pytest.raises(NoReverseMatch):
            reverse(f"audit:{name}", args=[] if name == "add" else [entry.pk])


def test_a_listing_costs_the_same_for_one_and_many(reader, django_assert_max_num_queries):
    entries(40)
    reader.get(reverse("audit:index"))

    with django_assert_max_num_queries(14):
        reader.get(reverse("audit:index"))
