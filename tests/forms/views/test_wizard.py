"""One step a page: what is typed is kept, whatever is wrong with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.forms.models import StepData, Upload
from tests.forms.factories import (
    files,
    make_call,
    make_draft,
    make_sent,
    make_upload,
    short_text,
    step,
    yes_no,
)
from tests.forms.uploads.samples import pdf as sample

PROJECT = {"title": "Tables", "summary": "Cooking.", "partners": "no"}
PDF = sample()


def pdf(name="plan.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def texts_of(draft, key):
    return StepData.objects.get(submission=draft, step=key).data


def test_looking_writes_nothing(browser, draft, at):
    assert browser.get(at("step", draft, "project")).status_code == 200
    assert not StepData.objects.exists()


def test_a_good_step_leads_to_the_next_and_the_last_one_to_the_check(browser, draft, at, save):
    assert save(draft, "project", **PROJECT)["Location"] == at("step", draft, "budget")
    assert save(draft, "declarations", true="on")["Location"] == at("check", draft)
    assert StepData.objects.filter(submission=draft, complete=True).count() == 2


def test_what_is_wrong_is_kept_and_shown_with_its_errors(browser, draft, at, save):
    response = save(draft, "budget", amount="a few lari")
    assert response.status_code == 200
    page = response.content.decode()
    assert 'value="a few lari"' in page
    assert page.index('class="summary"') < page.index("<h1>")
    assert "<title>Error:" in page
    assert texts_of(draft, "budget") == {"amount": ["a few lari"]}
    assert 'value="a few lari"' in browser.get(at("step", draft, "budget")).content.decode()


def test_who_comes_back_is_not_blamed_for_what_is_not_answered_yet(browser, draft, at, save):
    save(draft, "project", {"later": "1"}, title="Tables")
    address = at("step", draft, "project")
    assert 'class="summary"' not in browser.get(address).content.decode()
    assert 'class="summary"' in browser.get(f"{address}?missing").content.decode()


def test_save_and_continue_later_keeps_what_is_wrong(browser, draft, at, save):
    response = save(draft, "budget", {"later": "1"}, amount="nonsense")
    assert response["Location"] == at("tasks", draft)
    assert texts_of(draft, "budget") == {"amount": ["nonsense"]}


def test_people_may_begin_anywhere_but_not_where_nothing_is(browser, draft, at):
    assert browser.get(at("step", draft, "declarations")).status_code == 200
    assert browser.get(at("step", draft, "nowhere")).status_code == 404
    assert browser.get(at("step", draft, "placeholder")).status_code == 404
    assert browser.post(at("step", draft, "nowhere"), {}).status_code == 404


def test_a_hidden_step_is_not_there(browser, person, at, save):
    hidden = step("more", short_text("extra"), condition={"op": "eq", "key": "wanted", "value": True})
    draft = make_draft(make_call(step("first", yes_no("wanted")), hidden), owner=person)
    assert browser.get(at("step", draft, "more")).status_code == 404
    assert browser.post(at("step", draft, "more"), {"more-extra": "x"}).status_code == 404
    assert save(draft, "first", wanted="no")["Location"] == at("check", draft)
    assert save(draft, "first", wanted="yes")["Location"] == at("step", draft, "more")
    assert browser.get(at("step", draft, "more")).status_code == 200


def test_a_step_called_like_one_of_formtools_pages_is_a_step(browser, person, at, save):
    draft = make_draft(make_call(step("check", short_text("a")), step("done", short_text("b"))), owner=person)
    assert "a (en)" in browser.get(at("step", draft, "check")).content.decode()
    assert save(draft, "check", a="x")["Location"] == at("step", draft, "done")


def test_a_question_that_an_answer_brings_up_is_asked_without_blame(browser, draft, at, save):
    response = save(draft, "project", **{**PROJECT, "partners": "yes"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "has brought up one more question" in page
    assert 'name="project-which"' in page
    assert 'class="summary"' not in page
    assert not StepData.objects.get(submission=draft).complete
    answered = save(draft, "project", **PROJECT | {"partners": "yes", "which": "The library"})
    assert answered["Location"] == at("step", draft, "budget")


def test_what_nobody_asked_for_is_not_kept(browser, draft, save):
    save(draft, "project", {"status": "accepted", "project-state": "sent", "budget-amount": "9"}, **PROJECT)
    assert sorted(texts_of(draft, "project")) == ["partners", "summary", "title"]
    assert StepData.objects.count() == 1
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\U0001f600", "x" * 10_000, "<script>", "\u202eabc", "'\"--"]
)
def test_any_text_is_kept(browser, draft, at, save, text):
    assert save(draft, "project", **{**PROJECT, "summary": text}).status_code in {200, 302}
    assert texts_of(draft, "project")["summary"] == [text.replace("\x00", "\ufffd")]
    assert browser.get(at("step", draft, "project")).status_code == 200
    assert browser.get(at("check", draft)).status_code == 200


def test_a_broken_encoding_breaks_nothing(browser, draft, at):
    address = at("step", draft, "project")
    body = b"wizard-current_step=project&serial=0&project-title=%ff%fe\xe2\x28\xa1"
    for content, kind in (
        (body, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
    ):
        assert browser.generic("POST", address, content, content_type=kind).status_code in {200, 400, 409}
    assert texts_of(draft, "project")["title"]


@pytest.mark.parametrize("serial", ["", "-1", "x", "٣", "9" * 40, "1.5", "\x00"])
def test_a_serial_that_is_none_overwrites_nothing(browser, draft, save, serial):
    save(draft, "project", **PROJECT)
    response = save(draft, "project", serial=serial, **{**PROJECT, "title": "Other"})
    assert response.status_code == 409
    assert texts_of(draft, "project")["title"] == ["Tables"]


@pytest.mark.expects_error_log("django.security.SuspiciousOperation")
def test_a_page_without_the_marks_of_a_wizard_is_refused_but_kept(browser, draft, at):
    data = {"project-title": "T", "project-summary": "S", "project-partners": "no"}
    response = browser.post(at("step", draft, "project"), data)
    assert response.status_code == 400
    assert texts_of(draft, "project")["title"] == ["T"]


# --- Two windows --------------------------------------------------------------------------------


def test_two_windows_lose_neither_text(browser, draft, at, save):
    save(draft, "project", **PROJECT)
    response = save(draft, "project", serial=0, **{**PROJECT, "title": "Chairs", "summary": "Sewing."})
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("Tables", "Chairs", "Cooking.", "Sewing."):
        assert text in page
    assert texts_of(draft, "project")["title"] == ["Tables"]
    mine = {"title": "Chairs", "summary": "Sewing.", "partners": "no"}
    chosen = save(draft, "project", {"choose-title": "mine", "choose-summary": "theirs"}, **mine)
    assert chosen["Location"] == at("step", draft, "budget")
    assert texts_of(draft, "project") == {"title": ["Chairs"], "summary": ["Cooking."], "partners": ["no"]}


def test_the_same_text_in_two_windows_is_no_conflict(browser, draft, at, save):
    save(draft, "project", **PROJECT)
    assert save(draft, "project", serial=0, **PROJECT)["Location"] == at("step", draft, "budget")


# --- Files --------------------------------------------------------------------------------------


def test_a_file_is_kept_even_if_everything_else_is_wrong(browser, draft, at, save):
    response = save(draft, "budget", amount="", plan=pdf())
    upload = Upload.objects.get(submission=draft)
    page = response.content.decode()
    assert response.status_code == 200
    assert f'name="remove" value="{upload.token}"' in page
    fetched = browser.get(at("file", draft, upload.token))
    assert b"".join(fetched.streaming_content) == PDF
    assert fetched["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert fetched["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in fetched["Cache-Control"]


def test_good_files_are_kept_and_bad_ones_named_at_their_question(browser, draft, save):
    response = save(draft, "budget", amount="800", plan=[pdf("good.pdf"), pdf("bad.pdf", b"<html>")])
    page = response.content.decode()
    assert response.status_code == 200
    assert [upload.name for upload in Upload.objects.all()] == ["good.pdf"]
    assert "bad.pdf" in page
    assert 'href="#id_budget-plan"' in page
    assert texts_of(draft, "budget") == {"amount": ["800"]}


def test_files_beyond_the_last_are_named(browser, draft, save):
    plans = [pdf("a.pdf"), pdf("b.pdf"), pdf("c.pdf")]
    page = save(draft, "budget", amount="800", plan=plans).content.decode()
    assert Upload.objects.count() == 2
    assert "Only 2 files are possible here" in page
    assert "c.pdf" in page


def test_a_required_file_that_was_refused_is_not_asked_for_twice(browser, person, save):
    draft = make_draft(make_call(step("papers", files("statute"), short_text("name"))), owner=person)
    page = save(draft, "papers", name="x", statute=pdf("a.pdf", b"no")).content.decode()
    assert "Please answer" not in page
    assert not StepData.objects.get(submission=draft).complete


def test_removing_a_file_keeps_what_was_typed(browser, draft, at, save):
    upload = make_upload(draft)
    response = save(draft, "budget", {"remove": str(upload.token)}, amount="12", health="fine")
    assert response["Location"] == at("step", draft, "budget")
    upload.refresh_from_db()
    assert upload.removed_at
    assert texts_of(draft, "budget") == {"amount": ["12"]}
    assert 'value="12"' in browser.get(response["Location"]).content.decode()
    assert browser.get(at("file", draft, upload.token)).status_code == 404


@pytest.mark.parametrize("token", ["x", "", "\x00", "00000000-0000-0000-0000-000000000000"])
def test_removing_nonsense_removes_nothing(browser, draft, at, save, token):
    upload = make_upload(draft)
    assert save(draft, "budget", {"remove": token}, amount="1")["Location"] == at("step", draft, "budget")
    upload.refresh_from_db()
    assert upload.removed_at is None


def test_the_file_of_another_submission_is_neither_read_nor_removed(browser, draft, at, save):
    foreign = make_upload(make_draft(), name="foreign.pdf")
    assert browser.get(at("file", draft, foreign.token)).status_code == 404
    save(draft, "budget", {"remove": str(foreign.token)}, amount="1")
    foreign.refresh_from_db()
    assert foreign.removed_at is None


def test_a_file_that_is_gone_from_the_disk_is_not_found(browser, draft, at):
    assert browser.get(at("file", draft, make_upload(draft).token)).status_code == 404


# --- Buttons and other windows ------------------------------------------------------------------


def test_adding_an_organisation_keeps_the_step_and_leads_back(browser, draft, at, save):
    response = save(draft, "applicant", {"add-organisation": "1"}, person="Nino")
    assert response["Location"].startswith("/en/account/organisations/new/?next=")
    assert texts_of(draft, "applicant")["person"] == ["Nino"]


def test_saving_by_itself_tells_when_and_the_next_serial(browser, draft, save):
    response = save(draft, "project", {"autosave": "1"}, title="Tab")
    assert response.json() == {"serial": 1, "text": "Saved: 2 November 2026, 15:00, Tbilisi time"}


def test_what_was_sent_is_not_changed_by_an_old_page_but_its_text_is_shown(browser, person, at, save):
    sent = make_sent(owner=person, language="en")
    response = save(sent, "project", **{**PROJECT, "summary": "Sewing instead."})
    assert response.status_code == 409
    assert "Sewing instead." in response.content.decode()
    assert texts_of(sent, "project")["summary"] == ["Cooking together."]
    assert browser.get(at("step", sent, "project"))["Location"] == at("status", sent)


@pytest.mark.expects_error_log("django.security.TooManyFieldsSent")
def test_a_long_form_is_refused_before_it_costs_anything(browser, draft, at):
    address = at("step", draft, "project")
    body = "&".join(f"project-x{number}=1" for number in range(10_001))
    form = "application/x-www-form-urlencoded"
    assert browser.generic("POST", address, body, content_type=form).status_code == 400
