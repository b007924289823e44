"""Coming back: links by mail, codes, accounts. Nobody comes to what is not theirs, nor learns of it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from cms.audit.models import Entry
from cms.core import clock
from cms.forms import claim_codes
from cms.forms.domain.claim import claim
from cms.forms.domain.errors import NotAllowedError, NotNowError
from cms.forms.domain.give_claim_code import give_claim_code
from cms.forms.domain.keep import keep
from cms.forms.domain.resume import opens, resume
from cms.forms.domain.send_link import DAYS, send_link
from cms.forms.jobs import tell_about_draft
from cms.forms.models import ResumeLink, Submission
from cms.jobs.models import Job
from cms.messages.models import Message
from cms.messages.vault import unseal
from tests.accounts.factories import UserFactory
from tests.forms.factories import make_call, make_draft, make_filled, make_sent
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db


def link_in(message):
    """Return the address in a secret mail, without its host."""
    return re.search(r"http://localhost:8000(/\w\w/my/\S+)", unseal(message.sealed).body)[1]


def key_of(message):
    return link_in(message).rstrip("/").rpartition("/")[2]


@pytest.fixture
def loose():
    """A draft without an account."""
    return make_draft(make_call(), language="de", email="nino@example.org")


@pytest.fixture
def sent():
    return make_sent(make_call(), language="de")


@pytest.fixture
def visitor():
    return Client()


def claimed(client, reference, code):
    return client.post("/en/my/find/", {"reference": reference, "code": code})


# --- Links: what must not be possible ---------------------------------------------------------


@pytest.mark.parametrize("key", ["x", "a" * 43, "%00", "../", "é", "x" * 2000])
def test_an_unknown_link_leads_nowhere_and_looks_like_a_spent_one(visitor, loose, key):
    spent = key_of(send_link(submission=loose, email="nino@example.org"))
    resume(key=spent, by=None)
    for method in (visitor.get, visitor.post):
        response = method(f"/en/my/resume/{key}/")
        assert response.status_code in {404, 410}
        assert "forms:" not in str(visitor.session.items())
    assert visitor.get(f"/en/my/resume/{spent}/").status_code == 410


def test_a_link_is_not_spent_by_looking_at_it(visitor, loose, at):
    message = send_link(submission=loose, email="nino@example.org")
    assert visitor.get(link_in(message)).status_code == 200
    assert visitor.head(link_in(message)).status_code == 200
    assert opens(key=key_of(message))
    assert visitor.get(at("tasks", loose)).url[3:].startswith("/account/login/")


def test_a_link_opens_once(visitor, loose, at):
    message = send_link(submission=loose, email="nino@example.org")
    assert visitor.post(link_in(message)).url == at("tasks", loose).replace("/en/", "/de/")
    assert visitor.get(at("tasks", loose)).status_code == 200
    stranger = Client()
    assert stranger.post(link_in(message)).status_code == 410
    assert stranger.get(at("tasks", loose)).url[3:].startswith("/account/login/")
    assert resume(key=key_of(message), by=None) is None


def test_a_button_pressed_twice_works_twice_in_the_same_browser(visitor, loose):
    message = send_link(submission=loose, email="nino@example.org")
    first, second = visitor.post(link_in(message)), visitor.post(link_in(message))
    assert first.url == second.url


def test_a_link_is_too_old_after_thirty_days_to_the_second(visitor, loose, stopped_clock):
    message = send_link(submission=loose, email="nino@example.org")
    stopped_clock.move(days=DAYS, seconds=-1)
    assert opens(key=key_of(message))
    stopped_clock.move(seconds=1)
    assert not opens(key=key_of(message))
    assert visitor.post(link_in(message)).status_code == 410


def test_a_new_link_leaves_the_one_before_and_clears_old_ones(loose, stopped_clock):
    old = send_link(submission=loose, email="nino@example.org")
    stopped_clock.move(days=DAYS - 1)
    first = send_link(submission=loose, email="nino@example.org")
    assert opens(key=key_of(old))
    stopped_clock.move(days=2)
    second = send_link(submission=loose, email="nino@example.org")
    assert [opens(key=key_of(message)) for message in (old, first, second)] == [False, True, True]
    assert ResumeLink.objects.count() == 2


def test_neither_key_nor_address_is_kept_anywhere(loose):
    message = send_link(submission=loose, email="nino@example.org")
    key = key_of(message)
    assert message.secret
    assert (message.subject, message.body, message.unit) == ("", "", None)
    rows = [*ResumeLink.objects.values(), *Entry.objects.values("details")]
    assert key not in str(rows)
    assert "nino@" not in str(rows)
    assert len(key) >= 43


def test_nobody_has_a_link_sent_for_what_is_not_theirs(browser, loose, at):
    assert browser.post(at("send_link", loose), {"email": "evil@example.org"}).status_code == 404
    assert Client().post(at("send_link", loose), {"email": "evil@example.org"}).status_code == 302
    assert not Message.objects.exists()


def test_the_answer_is_the_same_for_known_and_unknown_addresses(visitor, loose):
    pages = []
    for address in ("nino@example.org", "nemo@example.org"):
        page = visitor.post("/en/my/links/", {"email": address})
        pages.append((page.status_code, re.sub(r'(value|content)="[^"]*"|\w+@', "", page.content.decode())))
    assert pages[0] == pages[1]
    assert [message.email for message in Message.objects.all()] == ["nino@example.org"]


def test_what_belongs_to_an_account_is_reached_by_signing_in_alone(visitor, person):
    make_draft(make_call(), owner=person, email=person.email)
    visitor.post("/en/my/links/", {"email": person.email})
    visitor.post("/en/my/links/", {"email": ""})
    assert not Message.objects.exists()


def test_links_are_sent_to_the_address_as_it_is_kept(visitor, loose):
    visitor.post("/en/my/links/", {"email": "NINO@Example.org"})
    assert [message.email for message in Message.objects.all()] == ["nino@example.org"]


def test_a_mailbox_is_not_flooded(visitor):
    call = make_call()
    for _number in range(8):
        make_draft(call, email="nino@example.org")
    for _number in range(10):
        page = visitor.post("/en/my/links/", {"email": "nino@example.org"})
    assert "Please wait" in page.content.decode()
    assert Message.objects.count() == 3 * 5


@pytest.mark.parametrize("address", ["", "nobody", "x" * 300 + "@example.org", "a\0b@example.org"])
def test_nonsense_for_an_address_is_told(visitor, address):
    page = visitor.post("/en/my/links/", {"email": address})
    assert 'role="alert"' in page.content.decode()


# --- Links: what is possible ------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ka", "ar", "de", "it", "en"])
def test_the_mail_is_in_the_language_of_the_form(language):
    draft = make_draft(make_call(), language=language, email="nino@example.org")
    message = send_link(submission=draft, email="nino@example.org")
    assert f"/{language}/my/resume/" in unseal(message.sealed).body
    assert Client().get(link_in(message)).status_code == 200


def test_a_link_to_what_was_sent_leads_to_where_it_stands(visitor, sent, at):
    message = send_link(submission=sent, email="nino@example.org")
    assert visitor.post(link_in(message), follow=True).status_code == 200
    assert visitor.get(at("status", sent)).status_code == 200


def test_coming_in_changes_the_session_so_that_nobody_has_planted_it(visitor, loose):
    visitor.get("/en/my/links/")
    session = visitor.session
    session["planted"] = True
    session.save()
    before = visitor.session.session_key
    visitor.cookies["sessionid"] = before
    visitor.post(link_in(send_link(submission=loose, email="nino@example.org")))
    assert visitor.session.session_key != before


def write_queued_mails():
    """Write what saving has left to a job, without sending it: then nobody could read it any more."""
    for job in Job.objects.filter(kind="forms.tell_saved"):
        tell_about_draft(**job.args)


def test_the_first_save_with_an_address_sends_one_mail(loose, visitor, at, save):
    Submission.objects.filter(pk=loose.pk).update(email="")
    visitor.post(link_in(send_link(submission=loose, email="first@example.org")))
    Message.objects.all().delete()
    save(loose, "project", client=visitor, title="Tables")
    assert not Job.objects.filter(kind="forms.tell_saved").exists()
    save(loose, "applicant", client=visitor, person="Nino", email="nino@example.org")
    save(loose, "applicant", client=visitor, person="Nino Q", email="nino@example.org")
    write_queued_mails()
    message = Message.objects.get()
    assert (message.template, message.email, message.secret) == (
        "forms/draft_saved",
        "nino@example.org",
        True,
    )
    assert ResumeLink.objects.count() == 1
    loose.refresh_from_db()
    assert loose.email == "nino@example.org"


def test_the_owner_of_a_draft_is_led_to_sign_in(draft, save, at, person):
    save(draft, "project", title="Tables")
    save(draft, "project", title="Tables for all")
    write_queued_mails()
    message = Message.objects.get(template="forms/draft_saved")
    assert (message.email, message.unit, message.secret) == (person.email, None, False)
    assert at("tasks", draft) in message.body
    assert not ResumeLink.objects.exists()


# --- Codes ------------------------------------------------------------------------------------


def test_wrong_code_and_unknown_reference_get_one_answer(visitor, sent):
    give_claim_code(submission=sent, by=None)
    other = sent.reference[:-1] + ("0" if sent.reference[-1] != "0" else "1")
    pages = []
    for reference in (sent.reference, other, "nonsense", "\0"):
        page = claimed(visitor, reference, "0000-0000")
        pages.append(re.sub(r'value="[^"]*"', "", page.content.decode()))
        assert page.status_code == 200
    assert len(set(pages)) == 1
    assert "cms.forms.views.access" not in visitor.session


def test_without_a_code_nothing_opens(visitor, sent):
    for code in ("", "0" * 8, "0" * 64, " "):
        assert claim(reference=sent.reference, code=code, by=None) is None
    with pytest.raises(NotNowError):
        give_claim_code(submission=make_draft(make_call()), by=None)


def test_tries_are_counted_for_a_reference_and_for_an_address(visitor, sent):
    code = give_claim_code(submission=sent, by=None)
    for _try in range(8):
        claimed(visitor, sent.reference, "0000-0000")
    page = claimed(visitor, sent.reference.lower(), code)
    assert page.status_code == 429
    assert "cms.forms.views.access" not in visitor.session
    cache.clear()
    statuses = [claimed(visitor, f"XX-26-{number:04d}-A", "0").status_code for number in range(31)]
    assert statuses == [200] * 30 + [429]
    assert Entry.objects.filter(action="forms.claim_refused").count() == 8


def test_a_new_code_ends_the_one_before(sent):
    old, new = (give_claim_code(submission=sent, by=None) for _number in range(2))
    assert claim(reference=sent.reference, code=old, by=None) is None
    assert claim(reference=sent.reference, code=new, by=None) == sent


def test_a_code_fits_its_own_row_alone(sent):
    code = give_claim_code(submission=sent, by=None)
    other = make_sent(make_call())
    sent.refresh_from_db()
    Submission.objects.filter(pk=other.pk).update(claim_digest=sent.claim_digest)
    assert claim(reference=other.reference, code=code, by=None) is None


def test_a_code_survives_a_change_of_the_secret_key(sent, settings):
    code = give_claim_code(submission=sent, by=None)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-one"  # noqa: S105 - of this test only
    assert claim(reference=sent.reference, code=code, by=None) == sent
    settings.SECRET_KEY_FALLBACKS = []
    assert claim(reference=sent.reference, code=code, by=None) is None


def test_what_people_type_is_set_right(visitor, sent, at, monkeypatch):
    monkeypatch.setattr(claim_codes, "make", lambda: "10V0-1ABC")
    give_claim_code(submission=sent, by=None)
    typed = f" {sent.reference.lower().replace('-', ' – ')} "
    response = claimed(visitor, typed, "ioUo lab c")
    assert response.url == at("status", sent)
    assert visitor.get(at("status", sent)).status_code == 200
    assert claim_codes.tidy("١٠v0-1abc") == "10V01ABC"


def test_codes_are_eight_signs_without_look_alikes():
    codes = {claim_codes.make() for _number in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert all(claim_codes.tidy(code) == code.replace("-", "") for code in codes)


def test_the_receipt_shows_a_code_once_to_whoever_has_nothing_else(visitor, at):
    draft = make_filled(make_call(), language="en", typed={"email": "nino@example.org"})
    visitor.post(link_in(send_link(submission=draft, email="nino@example.org")))
    visitor.post(at("check", draft))
    page = visitor.get(at("receipt", draft)).content.decode()
    assert "Make a new code" in page  # They have a mailbox: only if they want one.
    visitor.post(at("code", draft))
    shown = re.search(
        r'<span class="ref">(\w{4}-\w{4})<', visitor.get(at("receipt", draft)).content.decode()
    )[1]
    assert shown not in visitor.get(at("receipt", draft)).content.decode()
    draft.refresh_from_db()
    assert claim(reference=draft.reference, code=shown, by=None) == draft


def test_nobody_gets_a_code_for_what_is_not_theirs(browser, sent, at):
    assert browser.post(at("code", sent)).status_code == 404
    sent.refresh_from_db()
    assert sent.claim_digest == ""


def test_a_code_for_what_is_in_an_account_is_offered_by_nobody(browser, person, at):
    sent = make_sent(make_call(), owner=person, language="en")
    assert "code" not in browser.get(at("receipt", sent)).context["code"]
    assert "Make a new code" not in browser.get(at("receipt", sent)).content.decode()


# --- Accounts ---------------------------------------------------------------------------------


def test_nobody_puts_into_their_account_what_their_browser_does_not_hold(browser, person, loose, at):
    assert browser.post(at("keep", loose)).status_code == 404
    foreign = make_draft(make_call(), owner=UserFactory())
    assert browser.post(at("keep", foreign)).status_code == 404
    assert Client().post(at("keep", loose)).url[3:].startswith("/account/login/")
    loose.refresh_from_db()
    assert loose.owner is None


def test_what_belongs_to_somebody_is_not_taken_with_a_link(browser, at):
    foreign = make_draft(make_call(), owner=UserFactory(), language="en")
    browser.post(link_in(send_link(submission=foreign, email="nino@example.org")))
    assert browser.post(at("keep", foreign)).status_code == 404


def test_a_draft_of_this_browser_is_kept_in_the_account(visitor, person, loose, at):
    visitor.post(link_in(send_link(submission=loose, email="nino@example.org")))
    sign_in(visitor, person, proven=False)
    for _twice in range(2):
        assert visitor.post(at("keep", loose)).url.endswith("/my/")
    loose.refresh_from_db()
    assert loose.owner == person
    assert Entry.objects.filter(action="forms.kept").count() == 1
    assert Client().get(at("tasks", loose)).status_code == 302


def test_a_helper_does_not_own_what_they_filled_in_for_somebody(person):
    draft = make_draft(make_call())
    Submission.objects.filter(pk=draft.pk).update(
        helper=person, helper_unit=draft.unit, consent_at=clock.now() - timedelta(days=1)
    )
    with pytest.raises(NotAllowedError):
        keep(submission=draft, by=person)


def test_every_route_takes_what_it_takes(browser, loose, at):
    for name in ("send_link", "code", "keep", "write"):
        assert browser.get(at(name, loose)).status_code == 405
    assert browser.get("/en/my/find/").url == "/en/my/"
    assert browser.post(f"/en/my/{uuid4()}/keep/").status_code == 404
