from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cms.accounts.domain.assign import assign, revoke, set_roles
from cms.accounts.domain.change_email import change_email
from cms.accounts.domain.change_person import change_person, empower
from cms.accounts.domain.deactivate import deactivate, reactivate
from cms.accounts.domain.end_sessions import end_session
from cms.accounts.domain.invite import invite
from cms.accounts.domain.prune_unconfirmed import prune_unconfirmed
from cms.accounts.domain.reset_second_factor import reset_second_factor
from cms.accounts.domain.spend_code import spend_code
from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, User
from cms.audit.models import Entry
from cms.core import clock
from tests.accounts.conftest import app_code, enrol, sign_in
from tests.accounts.factories import RoleAssignmentFactory, UserFactory, person_with

pytestmark = pytest.mark.django_db


def actions():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def held(user):
    return set(user.role_assignments.values_list("unit__code", "role"))


# --- invite -----------------------------------------------------------------------------------


def test_an_invited_person_can_sign_in_and_holds_the_roles(hub, admin):
    person = invite(
        email=" Nino@Example.org ",
        name="ნინო",
        language="de",
        unit=hub,
        roles=[Role.EDITOR, Role.HELPER],
        by=admin,
    )
    assert (person.email, person.name, person.preferred_language) == ("nino@example.org", "ნინო", "de")
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified
    assert held(person) == {("hub", "editor"), ("hub", "helper")}
    assert set(RoleAssignment.objects.filter(user=person).values_list("given_by", flat=True)) == {admin.pk}
    assert actions()[-3:] == ["accounts.invite", "accounts.role_given", "accounts.role_given"]
    assert "nino" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_only_administrators_invite(hub, role):
    with pytest.raises(PermissionDenied):
        invite(email="a@example.org", name="", language="ka", unit=hub, roles=[], by=person_with(role, hub))
    assert not User.objects.filter(email="a@example.org").exists()


def test_nobody_invites_into_a_unit_of_others(office, hub, partner):
    hub_admin = person_with(Role.ADMIN, hub)
    for unit in (office, partner, None):
        with pytest.raises(PermissionDenied):
            invite(email="a@example.org", name="", language="ka", unit=unit, roles=[], by=hub_admin)


def test_somebody_who_is_here_keeps_name_and_language_and_gains_roles(hub, admin):
    person = UserFactory(name="Nino", preferred_language="it")
    invited = invite(
        email=person.email.upper(), name="Other", language="de", unit=hub, roles=[Role.HELPER], by=admin
    )
    assert invited == person
    assert (invited.name, invited.preferred_language) == ("Nino", "it")
    assert held(invited) == {("hub", "helper")}
    assert "accounts.invite" not in actions()


def test_an_unconfirmed_address_is_confirmed_by_an_invitation(hub, admin):
    person = person_with(Role.EDITOR, hub, user__confirmed=False)
    invite(email=person.email, name="", language="ka", unit=hub, roles=[Role.HELPER], by=admin)
    assert EmailAddress.objects.get(user=person).verified


def test_the_system_invites_anywhere(db):
    person = invite(email="a@example.org", name="A", language="xx", unit=None, roles=[], by=None)
    assert person.preferred_language == "ka"
    assert not held(person)


# --- roles ------------------------------------------------------------------------------------


def test_a_role_is_given_once_and_noted_once(hub, admin):
    person = UserFactory()
    first = assign(user=person, unit=hub, role=Role.HELPER, by=admin)
    assert assign(user=person, unit=hub, role=Role.HELPER, by=admin) == first
    assert actions().count("accounts.role_given") == 1
    entry = Entry.objects.get(action="accounts.role_given")
    assert (entry.actor_id, entry.target_id, entry.unit_id) == (admin.pk, str(person.pk), hub.pk)


def test_a_role_is_taken_once(hub, admin):
    person = person_with(Role.HELPER, hub)
    for _time in range(2):
        revoke(user=person, unit=hub, role=Role.HELPER, by=admin)
    assert not held(person)
    assert actions().count("accounts.role_taken") == 1


def test_roles_of_other_units_are_out_of_reach(hub, sibling):
    person = person_with(Role.HELPER, sibling)
    hub_admin = person_with(Role.ADMIN, hub)
    for verb in (assign, revoke):
        with pytest.raises(PermissionDenied):
            verb(user=person, unit=sibling, role=Role.HELPER, by=hub_admin)
    assert held(person) == {("sibling", "helper")}


def test_setting_roles_touches_one_unit(hub, sibling, admin):
    person = person_with(Role.HELPER, hub)
    RoleAssignmentFactory(user=person, unit=sibling, role=Role.EDITOR)
    set_roles(user=person, unit=hub, roles=[Role.EDITOR], by=admin)
    assert held(person) == {("hub", "editor"), ("sibling", "editor")}


# --- doors ------------------------------------------------------------------------------------


def test_closing_out_ends_every_session(client, hub, admin):
    person = person_with(Role.EDITOR, hub)
    sign_in(client, person)
    assert client.get("/ka/account/sessions/").status_code == 200
    client.get("/ka/account/")
    deactivate(user=person, by=admin)
    assert client.get("/ka/account/").status_code == 302
    assert reactivate(user=person, by=admin).is_active
    assert actions()[-2:] == ["accounts.deactivate", "accounts.reactivate"]


@pytest.mark.parametrize("verb", [deactivate, reset_second_factor])
def test_nobody_closes_out_or_resets_themselves(admin, verb):
    with pytest.raises(PermissionDenied):
        verb(user=admin, by=admin)


def test_whoever_works_elsewhere_too_is_not_taken_over(office, hub, mails):
    hub_admin = person_with(Role.ADMIN, hub)
    colleague = person_with(Role.HELPER, hub)
    RoleAssignmentFactory(user=colleague, unit=office, role=Role.EDITOR)
    enrol(colleague)
    for attempt in (
        lambda: deactivate(user=colleague, by=hub_admin),
        lambda: reactivate(user=colleague, by=hub_admin),
        lambda: reset_second_factor(user=colleague, by=hub_admin),
        lambda: change_email(user=colleague, email="mine@example.org", by=hub_admin),
        lambda: change_person(user=colleague, name="", language="ka", by=hub_admin),
        lambda: empower(user=colleague, superuser=True, by=hub_admin),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    colleague.refresh_from_db()
    assert colleague.is_active
    assert colleague.email != "mine@example.org"
    assert Authenticator.objects.filter(user=colleague).count() == 2
    assert not mails


def test_a_reset_removes_all_factors_and_tells_the_person(hub, admin, mails):
    person = person_with(Role.HELPER, hub)
    enrol(person)
    reset_second_factor(user=person, by=admin)
    assert not Authenticator.objects.filter(user=person).exists()
    assert [(mail.template, mail.email) for mail in mails] == [
        ("account/email/second_factor_reset", person.email)
    ]
    assert actions()[-1] == "accounts.second_factor_reset"


def test_a_changed_address_is_the_only_one_left(hub, admin):
    person = person_with(Role.HELPER, hub)
    change_email(user=person, email="New@example.org", by=admin)
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")) == [
        ("new@example.org", True, True)
    ]


def test_superusers_are_made_by_superusers_and_never_by_themselves(admin):
    root, person = UserFactory(superuser=True), UserFactory()
    assert empower(user=person, superuser=True, by=root).is_superuser
    for user, by in ((person, admin), (admin, admin), (root, root)):
        with pytest.raises(PermissionDenied):
            empower(user=user, superuser=False, by=by)


def test_sessions_of_others_do_not_exist(client):
    owner, other = UserFactory(), UserFactory()
    sign_in(client, owner)
    session = UserSession.objects.create(user=owner, ip="127.0.0.1", session_key=client.session.session_key)
    with pytest.raises(Http404):
        end_session(user=other, pk=session.pk)
    assert end_session(user=owner, pk=session.pk) == session.session_key


# --- codes of an app --------------------------------------------------------------------------


def test_a_code_counts_once_whatever_the_cache_forgets(app_time):
    authenticator = enrol(UserFactory())
    code = app_code(app_time)
    assert spend_code(authenticator=authenticator, code=code)
    assert not spend_code(authenticator=authenticator, code=code)
    app_time.now += 30
    assert not spend_code(authenticator=authenticator, code=code)


def test_an_older_code_does_not_count_after_a_newer_one(app_time):
    authenticator = enrol(UserFactory())
    older, newer = app_code(app_time, steps=-1), app_code(app_time)
    assert spend_code(authenticator=authenticator, code=newer)
    assert not spend_code(authenticator=authenticator, code=older)
    assert spend_code(authenticator=authenticator, code=app_code(app_time, steps=1))


def test_secrets_are_not_readable_in_the_database(settings):
    authenticator = enrol(UserFactory())
    stored = Authenticator.objects.get(pk=authenticator.pk).data["secret"]
    assert "JBSWY3DP" not in stored
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert authenticator.wrap().validate_code("000000") is False


# --- the unconfirmed --------------------------------------------------------------------------


def test_only_old_sign_ups_without_anything_are_forgotten(hub, stopped_clock):
    forgotten = UserFactory(confirmed=False)
    kept = [
        UserFactory(),
        UserFactory(confirmed=False, superuser=True),
        UserFactory(confirmed=False, last_login=clock.now()),
        RoleAssignmentFactory(user__confirmed=False, unit=hub).user,
    ]
    assert prune_unconfirmed() == 0
    stopped_clock.move(days=1, seconds=1)
    recent = UserFactory(confirmed=False, date_joined=clock.now() - timedelta(hours=1))
    assert prune_unconfirmed() == 1
    assert set(User.objects.all()) == {*kept, recent}
    assert not User.objects.filter(pk=forgotten.pk).exists()


# --- accounts that somebody made themselves ----------------------------------------------------


def test_a_role_makes_nobody_the_owner_of_a_citizens_account(hub, mails):
    hub_admin = person_with(Role.ADMIN, hub)
    citizen = UserFactory(email="citizen@example.org", name="Citizen")
    invite(email=citizen.email, name="", language="ka", unit=hub, roles=[Role.HELPER], by=hub_admin)
    enrol(citizen)
    for attempt in (
        lambda: deactivate(user=citizen, by=hub_admin),
        lambda: reset_second_factor(user=citizen, by=hub_admin),
        lambda: change_email(user=citizen, email="mine@example.org", by=hub_admin),
        lambda: change_person(user=citizen, name="", language="ka", by=hub_admin),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    assert not mails
    revoke(user=citizen, unit=hub, role=Role.HELPER, by=hub_admin)
    assert held(citizen) == set()


def test_whom_an_administrator_invited_an_administrator_helps(hub, mails):
    hub_admin = person_with(Role.ADMIN, hub)
    person = invite(
        email="new@example.org", name="", language="ka", unit=hub, roles=[Role.HELPER], by=hub_admin
    )
    assert change_email(user=person, email="other@example.org", by=hub_admin).email == "other@example.org"


def test_an_invitation_does_not_go_to_whoever_only_claimed_the_address(client, hub, mails):
    client.post("/ka/account/signup/", {"email": "boss@example.org"})
    claimed = User.objects.get(email="boss@example.org")
    person = invite(email="boss@example.org", name="Boss", language="it", unit=hub, roles=[], by=None)
    assert person.pk != claimed.pk
    assert (person.name, person.preferred_language) == ("Boss", "it")
    client.post("/ka/account/confirm-email/", {"code": mails[0].context["code"]})
    assert "_auth_user_id" not in client.session
