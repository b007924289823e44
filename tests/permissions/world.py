"""Eight people, two offices, and one object of each kind that belongs to the own unit."""

from http.cookies import SimpleCookie

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import OrganisationKind, OrganisationRole, Role, UnitKind
from cms.accounts.models import Member, Organisation, RoleAssignment, Unit, User
from cms.audit.domain.record import record
from cms.demo.access import token_of
from cms.demo.people import PEOPLE
from cms.events.domain.recur import write_rule
from cms.events.models import Recurrence, Series, Venue
from cms.events.recurrence import parse
from cms.events.tickets import mark_of
from cms.jobs.enums import JobState, Lane
from cms.jobs.models import Job
from cms.messages.enums import Channel, MessageState
from cms.messages.models import Message
from cms.pages.models import (
    Audience,
    Contact,
    OpeningHours,
    Place,
    PublicOrganisation,
    PublicPerson,
    SiteNotice,
    Topic,
)
from tests.events.factories import make_calendar, make_date, make_event, make_event_page, register
from tests.forms.definition.building import make_definition
from tests.forms.factories import make_call, make_filled, make_form, make_upload, send
from tests.pages.factories import make_home
from tests.sessions import sign_in

PRIVATE = "Zviadi Private"
"""Stands in every object of the own unit: whoever has no business there must never read it."""

PAGE_ARGUMENTS = ("page_id", "page_pk", "parent_page_id", "page_to_move_id", "destination_id", "pk")
"""What Wagtail calls a page in its routes."""

SNIPPETS = {
    Audience: {"name": "Families", "slug": "families"},
    Contact: {"label": "Desk", "phone": "+995 32 200 00 00"},
    OpeningHours: {"label": "Desk"},
    Place: {"name": "Batumi", "slug": "batumi"},
    PublicOrganisation: {"name": "Bridge"},
    PublicPerson: {"name": "Nino"},
    Series: {"name": "Meetings"},
    SiteNotice: {"text": "Closed on Monday"},
    Topic: {"name": "Work", "slug": "work"},
    Venue: {"name": "House by the bridge", "address": "River Street 3"},
}


def clients() -> dict[str, Client]:
    """Return eight browsers: who is signed in, and with which roles where."""
    office = unit("office", UnitKind.OFFICE)
    hub = unit("hub", UnitKind.HUB, office)
    elsewhere = unit("elsewhere", UnitKind.HUB, unit("other", UnitKind.OFFICE))
    both = (Role.ADMIN, Role.OFFICER)
    return {
        "anonymous": Client(raise_request_exception=False),
        "applicant": browser("applicant"),
        "reviewer": browser("reviewer", (hub, (Role.REVIEWER,))),
        "unproven": browser("unproven", (office, both), proven=False),
        "officer": browser("officer", (hub, (Role.OFFICER,))),
        "elsewhere": browser("elsewhere", (elsewhere, both)),
        "admin": browser("admin", (office, (Role.ADMIN,))),
        "superuser": browser("superuser", superuser=True),
    }


def unit(code: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """Create a unit."""
    return Unit.objects.create(code=code, name=code, kind=kind, parent=parent)


def browser(
    code: str, *roles: tuple[Unit, tuple[Role, ...]], proven: bool = True, superuser: bool = False
) -> Client:
    """Create a person with roles and an authenticator, and sign them in."""
    person = User.objects.create_user(email=f"{code}@khidi.example", name=code, is_superuser=superuser)
    for where, held in roles:
        for role in held:
            RoleAssignment.objects.create(user=person, unit=where, role=role)
    sync_rights(person)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    client = Client(raise_request_exception=False)
    return sign_in(client, person, proven=proven and bool(roles or superuser))


def objects() -> dict[str, dict[str, object]]:
    """Create one object of each kind in the own unit and return the arguments that lead to it."""
    hub = Unit.objects.get(code="hub")
    person = User.objects.create_user(email="colleague@khidi.example", name=PRIVATE, invited=True)
    RoleAssignment.objects.create(user=person, unit=hub, role=Role.EDITOR)
    own = Unit.objects.create(code="own", name=PRIVATE, kind=UnitKind.HUB, parent=hub.parent)
    common = {"template": "test", "language": "en", "name": PRIVATE, "unit": hub, "subject": PRIVATE}
    mail = Message.objects.create(
        channel=Channel.MAIL, email="z@example.org", state=MessageState.SENT, body=PRIVATE, **common
    )
    call = Message.objects.create(
        channel=Channel.CALL, phone="+995 555 12 34 56", state=MessageState.OPEN, body=PRIVATE, **common
    )
    job = Job.objects.create(kind=PRIVATE, lane=Lane.NOW, state=JobState.DEAD)
    entry = record("test.done", unit_id=hub.pk, details={"who": PRIVATE})
    page = Page.objects.filter(depth=1).get().add_child(instance=Page(title="Page", slug="own"))
    applicant = User.objects.get(email="applicant@khidi.example")
    session = UserSession.objects.create(user=applicant, session_key="x" * 32, ip="127.0.0.1")
    organisation = Organisation.objects.create(kind=OrganisationKind.PUBLIC, name="School", country="GE")
    Member.objects.create(organisation=organisation, user=applicant, role=OrganisationRole.OWNER)
    invented = PEOPLE[0]
    form = make_form(unit=hub)
    return {
        "announced_call": {"code": make_call(form=form).code},
        "form": {"pk": make_form(unit=hub, name=PRIVATE).pk},
        "definition": definition_of(hub),
        "grant_call": {"pk": make_call(form=form, name=PRIVATE, state="draft").pk},
        "sent": sent_to(hub),
        "page": dict.fromkeys(PAGE_ARGUMENTS, page.pk),
        "session": {"pk": session.pk},
        "organisation": {"pk": organisation.pk},
        "handed_in": handed_in(applicant),
        "person": {"pk": person.pk},
        "unit": {"pk": own.pk},
        "message": {"pk": mail.pk},
        "call": {"pk": call.pk},
        "job": {"pk": job.pk},
        "entry": {"pk": entry.pk},
        "person_of_the_demonstration": {"code": invented.code},
        "link_of_the_demonstration": {"code": invented.code, "token": token_of(invented.code)},
        "translation": translation_of(page),
        **events_of(hub),
        **snippets(),
    }


def sent_to(unit: Unit) -> dict[str, object]:
    """Hand an application with a file in to a unit and return the arguments that lead to it."""
    owner = User.objects.create_user(email="sender@khidi.example", name=PRIVATE)
    call = make_call(form=make_form(unit=unit), closes_wall=None)
    sent = make_filled(call, owner=owner, typed={"title": PRIVATE, "person": PRIVATE})
    upload = make_upload(sent, frozen=True)
    upload.file.save("plan", ContentFile(b"%PDF"))
    send(sent)
    return {"pk": sent.pk, "verb": "screen", "file": upload.token}


def events_of(unit: Unit) -> dict[str, dict[str, object]]:
    """Let a unit run an event with a date, a rule and a registration; return the arguments for each."""
    date = make_date(make_event(unit=unit))
    rule = Recurrence(event=date.event)
    write_rule(rule, parse("DTSTART:20301105T090000\nDURATION:PT60M\nRRULE:FREQ=WEEKLY;BYDAY=TU"))
    rule.save()
    registration = register(date, names=[PRIVATE])
    submission = registration.submission
    announced = make_date(make_event(unit=unit))
    make_event_page(make_calendar(make_home()), announced.event)
    applicant = User.objects.get(email="applicant@khidi.example")
    return {
        "announced_date": {"code": announced.event.code, "number": announced.number},
        "registered": {"token": register(announced, owner=applicant).submission.token},
        "event": {"pk": date.event_id},
        "event_date": {"pk": date.pk, "registration": registration.pk},
        "event_rule": {"pk": rule.pk},
        "ticket": {"reference": submission.reference, "mark": mark_of(submission)},
    }


def translation_of(page: Page) -> dict[str, object]:
    """Translate a page into Italian and return the arguments that lead to it."""
    italian, _created = Locale.objects.get_or_create(language_code="it")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    page.copy_for_translation(italian)
    translation = Translation.objects.create(source=source, target_locale=italian)
    return {"translation_id": translation.pk, "segment_id": source.stringsegment_set.first().pk}


def handed_in(applicant: User) -> dict[str, object]:
    """Hand something in and return the arguments that lead to its pages."""
    call = make_call(closes_wall=None)
    draft = make_filled(call, owner=applicant)
    upload = make_upload(draft)
    upload.file.save("plan", ContentFile(b"%PDF"))
    send(draft)
    return {"token": draft.token, "file": upload.token, "number": 1, "step": "project"}


def definition_of(hub: Unit) -> dict[str, object]:
    """Write the text of a form and return the arguments that lead to it and to its revisions."""
    definition = make_definition(unit=hub, name=PRIVATE)
    definition.title = PRIVATE
    revision = definition.save_revision()
    revisions = dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), revision.pk)
    return {"pk": definition.pk, **revisions}


def snippets() -> dict[str, dict[str, object]]:
    """Create one of each snippet."""
    made = [model.objects.create(**fields) for model, fields in SNIPPETS.items()]
    return {type(snippet)._meta.model_name: {"pk": snippet.pk} for snippet in made}


def settle() -> None:
    """Let everything made so far count as committed, so that menu and foot are kept, as on a real site.

    While a change of content waits for its commit, every answer makes them anew.
    """
    connection.run_on_commit.clear()


def keep_cookies(client: Client) -> str:
    """Return the cookies of a browser, to be given back after a request that signs out."""
    return client.cookies.output(header="", sep=";")


def restore_cookies(client: Client, cookies: str) -> None:
    """Give a browser its cookies back."""
    client.cookies = SimpleCookie(cookies)
