"""Beginning: once a page, by somebody who may, at a moment when something is taken."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cms.accounts.enums import Role
from cms.audit.models import Entry
from cms.core import clock
from cms.forms import kinds
from cms.forms.domain.errors import NotAllowedError, NotOpenError
from cms.forms.domain.start import Person, start
from cms.forms.models import Submission
from cms.grants.enums import CallState
from cms.grants.models import Application
from tests.accounts.factories import UnitFactory, UserFactory, person_with
from tests.forms.factories import make_call

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def begin(call, *, key=None, **fields):
    return start(
        kind=kinds.get("application"),
        version=call.form.current,
        unit=call.unit,
        language="ka",
        key=key or uuid4(),
        make_detail=lambda new: Application.objects.create(submission=new, call=call),
        **fields,
    )


@pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CLOSED])
def test_nothing_is_begun_that_could_not_be_sent(state):
    with pytest.raises(NotOpenError) as refused:
        begin(make_call(state=state))
    assert not Submission.objects.exists()
    assert not refused.value.acceptance.open
    assert refused.value.text


def test_too_late_is_by_when_the_request_came(stopped_clock):
    call, arrived = make_call(), stopped_clock.now
    stopped_clock.move(days=365)
    with pytest.raises(NotOpenError):
        begin(call)
    assert begin(call, arrived=arrived).is_draft


def test_a_key_of_somebody_else_opens_nothing():
    call, key = make_call(), uuid4()
    begin(call, key=key, owner=UserFactory())
    for fields in ({}, {"owner": UserFactory()}):
        with pytest.raises(NotAllowedError):
            begin(call, key=key, **fields)
    assert Submission.objects.count() == 1


def test_the_same_key_begins_one():
    call, key, owner = make_call(), uuid4(), UserFactory()
    first = begin(call, key=key, owner=owner)
    assert begin(call, key=key, owner=owner) == first
    assert (Submission.objects.count(), Application.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="forms.start").count() == 1


def test_a_key_alone_leads_back_for_an_hour_and_no_longer():
    call, key = make_call(), uuid4()
    draft = begin(call, key=key)
    with clock.shifted(timedelta(minutes=59)):
        assert begin(call, key=key) == draft
    with clock.shifted(timedelta(minutes=61)), pytest.raises(NotAllowedError):
        begin(call, key=key)


def test_only_a_helper_helps_and_only_for_their_unit():
    call, unit = make_call(), UnitFactory()
    helper = person_with(Role.HELPER, unit)
    for somebody, their_unit in [
        (UserFactory(), unit),
        (helper, UnitFactory()),
        (helper, None),
        (person_with(Role.OFFICER, unit), unit),
    ]:
        with pytest.raises(NotAllowedError):
            begin(call, helper=somebody, helper_unit=their_unit)
    assert not Submission.objects.exists()


def test_a_helper_begins_for_a_person_who_agreed(stopped_clock):
    unit = UnitFactory()
    helper = person_with(Role.HELPER, unit)
    person = Person(name="ნინო\0", phone="+995322123456")
    draft = begin(make_call(), helper=helper, helper_unit=unit, person=person)
    assert (draft.helper, draft.helper_unit, draft.owner) == (helper, unit, None)
    assert (draft.person_name, draft.phone) == ("ნინო\ufffd", "+995322123456")
    assert draft.consent_at == stopped_clock.now
