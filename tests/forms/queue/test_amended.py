"""What staff see of changes that nobody had asked for: what was sent, and nothing before."""

import pytest
from django.urls import reverse

from cms.audit.models import Entry
from cms.forms.domain.clarify import clarify
from tests.forms.amending import Amendable, begin, send_change
from tests.forms.factories import USUAL, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def amendable(monkeypatch):
    return Amendable(monkeypatch)


@pytest.fixture
def page(browser, sent):
    """Return a function that reads the page of what was sent."""

    def text(name="inspect"):
        response = browser.get(reverse(f"submissions:{name}", args=(sent.pk,)))
        assert response.status_code == 200
        return response.content.decode()

    return text


def test_what_is_not_sent_yet_is_nobodys_business(sent, page):
    begin(sent)
    fill(sent, **{**USUAL, "title": "Begun only"})
    text = page()
    assert "Begun only" not in text
    assert "Questions and changes" not in text
    assert "Answers changed" not in text


def test_a_change_is_marked_word_by_word_and_stands_in_the_history(sent, page):
    opened = begin(sent)
    fill(sent, **{**USUAL, "summary": "Cooking outdoors."})
    send_change(sent, opened)
    text = page()
    assert "Changed without being asked" in text
    assert "Cooking <del>together</del>." in text
    assert "Cooking <ins>outdoors</ins>." in text
    history = text.split('id="history"')[1]
    assert history.index("Answers changed") < history.index("Sent</b>")
    assert "Nino" in history
    assert "Cooking outdoors." in text.split('id="answers"')[1]


def test_a_protected_answer_is_known_to_have_changed_and_stays_closed(sent, page):
    opened = begin(sent)
    fill(sent, **USUAL, health="Wheelchair")
    send_change(sent, opened)
    text = page()
    assert "Changed. The answer is protected." in text
    assert "No answer was changed." not in text
    assert "Wheelchair" not in text
    assert "<ins>Wheelchair</ins>" in page("special")
    assert Entry.objects.filter(action="forms.special_read").count() == 1


def test_questions_can_be_asked_whatever_the_applicant_has_begun(sent, officer, page):
    begin(sent)
    clarify(submission=sent, by=officer, text="Which one?", keys=["title"], due_on=None)
    assert "Waiting for an answer" in page()
    assert "Changed without being asked" not in page()


def test_what_staff_have_typed_at_a_busy_moment_stays(browser, sent, amendable):
    amendable.busy(1)
    ask = reverse("submissions:ask", args=(sent.pk,))
    data = {"text": "Which one is meant?", "keys": ["title"], "due_on": ""}
    answer = browser.post(ask, data)
    assert "Nothing is lost" in answer.content.decode()
    assert "Which one is meant?" in answer.content.decode()
    assert not sent.reopenings.exists()
    assert browser.post(ask, data).status_code == 302
    assert sent.reopenings.get().text == "Which one is meant?"
