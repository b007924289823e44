"""The demonstration site: its people, its mailbox, its reset."""

from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.urls import reverse
from wagtail.models import Page

from cms.accounts.models import Unit, User
from cms.core import clock
from cms.core.drawing import png
from cms.demo.access import token_of
from cms.demo.domain.reset import reset_demo
from cms.demo.mail import MailboxBackend
from cms.demo.models import DemoMail
from cms.demo.people import PEOPLE
from cms.demo.presenters import description
from cms.demo.seed.content import page_key
from cms.events import seats
from cms.events.enums import RegistrationState
from cms.events.models import Occurrence, Registration
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.jobs.runner import run_due
from cms.messages.enums import MessageState
from cms.messages.models import Message
from cms.pages.models import HomePage, Picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def link(code, token=None):
    return reverse("demo:try_as_link", args=[code, token or token_of(code)])


# --- What must not happen ---------------------------------------------------------------------


def test_a_link_with_another_token_signs_nobody_in(client):
    assert client.get(link("admin", token_of("editor"))).status_code == 404
    assert client.get(link("admin", "x")).status_code == 404
    assert client.get(link("nobody", token_of("nobody"))).status_code == 404
    assert "_auth_user_id" not in client.session


def test_nobody_signs_in_from_another_machine(client):
    assert client.get(link("admin"), REMOTE_ADDR="192.0.2.7").status_code == 404
    post = reverse("demo:try_as_person", args=["admin"])
    assert client.post(post, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.post(post, REMOTE_ADDR="").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_button_is_no_link(client):
    assert client.get(reverse("demo:try_as_person", args=["admin"])).status_code == 405


def test_reading_the_reset_page_resets_nothing(client):
    Unit.objects.filter(code="ponte").update(name="Changed")
    assert client.get(reverse("demo:reset")).status_code == 200
    assert Unit.objects.get(code="ponte").name == "Changed"


# --- What must ----------------------------------------------------------------------------------


def test_one_click_makes_a_visitor_each_person(client):
    for person in PEOPLE:
        answer = client.post(reverse("demo:try_as_person", args=[person.code]), follow=True)
        assert answer.status_code == 200
        assert answer.wsgi_request.user.email == person.email
        inside = client.get(reverse("wagtailadmin_home"))
        assert inside.status_code == (200 if person.is_staff else 404), person.code


def test_somebody_waits_for_a_call_and_somebody_gets_a_mail():
    messages = Message.objects.exclude(template__startswith="events/")
    assert messages.filter(state=MessageState.OPEN).count() == 4
    assert messages.filter(state=MessageState.QUEUED, body__contains="11:00").count() == 3


def test_one_city_is_full_and_two_wait_there():
    full = Occurrence.objects.get(event__code="ECO", number=3)
    left = seats.count(full, at=clock.now())
    assert (left.free, left.waiting) == (0, 2)
    found = Counter(Registration.objects.values_list("state", flat=True))
    assert set(found) == set(RegistrationState) - {
        RegistrationState.DRAFT,
        RegistrationState.CANCELLED_BY_OFFICE,
    }
    assert 180 <= found.total() <= 220
    for date in Occurrence.objects.filter(registrations__isnull=False).distinct():
        assert (seats.count(date, at=clock.now()).free or 0) >= 0


def test_whoever_got_an_offer_can_be_told():
    offered = Registration.objects.filter(state=RegistrationState.OFFERED).select_related("submission")
    assert len(offered) >= 2
    assert all(one.submission.email or one.submission.phone for one in offered)
    first = Registration.objects.filter(occurrence__event__code="ECO", occurrence__number=2, state="offered")
    assert first.order_by("queued_at").first().submission.phone


def test_an_officer_finds_five_new_ones_one_overdue_and_one_waiting():
    found = Counter(Submission.objects.filter(kind="application").values_list("phase", flat=True))
    assert found == {"draft": 1, "new": 5, "working": 2, "waiting": 1, "closed": 1}
    assert Submission.objects.filter(phase="working", due_on__lt=clock.today()).count() == 1
    assert Submission.objects.exclude(helper=None).get().email == ""


def test_an_applicant_lands_in_a_draft_of_which_one_part_is_missing(client):
    answer = client.post(reverse("demo:try_as_person", args=["applicant"]), follow=True)
    draft = Submission.objects.get(phase="draft")
    assert answer.redirect_chain[-1][0] == reverse("forms:tasks", args=[draft.token])
    assert [step.state for step in Journey(draft).steps] == ["done", "done", "done", "todo"]


def test_every_language_has_a_home_page(client, settings):
    for language, _name in settings.LANGUAGES:
        answer = client.get(f"/{language}/")
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.text
        assert HomePage.objects.get(locale__language_code=language).title in answer.text


def test_home_pages_are_translations_of_each_other():
    assert len({page.translation_key for page in HomePage.objects.all()}) == 1
    assert len({page.doors[0].id for page in HomePage.objects.all()}) == 1


@pytest.mark.django_db(transaction=True)
def test_a_reset_forgets_what_visitors_did(client):
    client.post(reverse("demo:try_as_person", args=["editor"]))
    Unit.objects.filter(code="ponte").update(name="Changed")
    User.objects.create_user("visitor@example.com")
    people = sorted(User.objects.filter(email__endswith="khidi.example").values_list("email", flat=True))
    assert client.post(reverse("demo:reset"), follow=True).status_code == 200
    assert "_auth_user_id" not in client.session
    assert Unit.objects.get(code="ponte").name == "Ponte Zelvara"
    assert sorted(User.objects.values_list("email", flat=True)) == people
    assert client.get("/ka/").status_code == 200
    reset_demo()  # A second time, from what the first one left.
    assert HomePage.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_reset_leaves_no_file_of_visitors():
    ours = Picture.objects.first()
    theirs = Picture(title="Theirs", file=ContentFile(png("theirs", width=20, height=20), "theirs.png"))
    theirs.save()
    copies = [picture.get_rendition("width-10").file.name for picture in (ours, theirs)]
    reset_demo()
    assert all(default_storage.exists(picture.file.name) for picture in Picture.objects.all())
    assert not [name for name in (theirs.file.name, *copies) if default_storage.exists(name)]


def test_home_asks_few_questions_of_the_database(client, settings, django_assert_max_num_queries):
    settings.PAGE_CACHE = True  # Menus and the like are remembered; the page is not, with such an address.
    for most in (99, 14):
        with django_assert_max_num_queries(most):
            assert client.get("/ka/?campaign=1").status_code == 200


def test_the_mailbox_shows_every_mail(client):
    mail = EmailMessage(
        "Code", "Your code: 1234\n<b>", "=?utf-8?q?B=C3=BCro?= <a@khidi.example>", ["citizen@khidi.example"]
    )
    assert MailboxBackend(timeout=3).send_messages([mail]) == 1
    page = client.get(reverse("demo:mailbox"))
    assert "1234" in page.text
    assert "&lt;b&gt;" in page.text
    assert "Büro &lt;a@khidi.example&gt;" in page.text
    assert page["Cache-Control"].find("no-store") >= 0
    assert "1234" not in client.get(reverse("demo:mailbox"), {"to": "other@khidi.example"}).text
    assert client.get(reverse("demo:mailbox"), {"to": "\0"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_code_to_sign_in_lands_in_the_mailbox(client, settings):
    settings.SMTP = {"EMAIL_BACKEND": "cms.demo.mail.MailboxBackend"}
    client.post(reverse("account_login"), {"login": "citizen@khidi.example"})
    run_due()
    assert DemoMail.objects.filter(recipients="citizen@khidi.example").count() == 1


def test_tools_are_told_where_each_kind_of_page_is(client):
    pages = description()["pages"]
    kinds = {
        "call",
        "apply",
        "queue",
        "news",
        "office",
        "hub",
        "project",
        "service",
        "body",
        "mailbox",
        "tour",
        "sign_in",
    }
    assert kinds <= set(pages)
    for name, address in pages.items():
        path = urlsplit(address).path
        assert client.get(path).status_code == (302 if name in {"admin", "queue"} else 200), name


def test_the_tour_has_seven_stops_in_every_language(client, settings):
    for language, _name in settings.LANGUAGES:
        page = client.get(f"/{language}/demo/")
        stops = page.context["stops"]
        assert len(stops) == 7
        for stop in stops:
            assert bool(stop.url) != bool(stop.step.role)
            if stop.url:
                assert stop.url.startswith(f"/{language}/")
                assert client.get(stop.url).status_code == 200


def test_a_stop_whose_page_is_gone_is_left_out(client):
    Page.objects.get(translation_key=page_key("adjara-needs"), locale__language_code="ka").delete()
    assert len(client.get("/ka/demo/").context["stops"]) == 6
    assert "news" not in description()["pages"]


def test_every_page_says_that_this_is_a_demonstration(client):
    for name in ("tour", "try_as", "mailbox", "reset"):
        assert 'class="demo"' in client.get(reverse(f"demo:{name}")).text
    assert 'class="demo"' in client.get("/de/").text
