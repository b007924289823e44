"""Names of several people on their way through a form: whatever happens, all of them are there."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from cms.forms import frozen, kinds
from cms.forms.domain.errors import IncompleteError
from cms.forms.models import StepData, Submission
from tests.core.test_renderer import parsed, words
from tests.forms.factories import fill, make_call, make_draft, people, send, short_text, step

NAMES = ["Nino Beridze", "", "Giorgi", "Nino Beridze", ""]
TYPED = ["Nino Beridze", "Giorgi", "Nino Beridze"]


@pytest.fixture
def draft(person):
    call = make_call(step("who", people(), short_text("title", role="title", required=False)))
    return make_draft(call, owner=person, language="en")


def boxes(page):
    return [item.get("value") for item in parsed(page).iter("input") if item.get("name") == "who-people"]


def shown(response):
    return boxes(main(response))


def main(response):
    return response.content.decode().split("<main")[1].split(">", 1)[1].split("</main")[0]


def limited_to(monkeypatch, draft, most):
    limits = {"attendees": (None, Decimal(most))}
    monkeypatch.setattr(type(kinds.of(draft)), "limits", lambda _kind, _submission: limits)


def test_boxes_come_back_as_they_were_left(browser, draft, at, save):
    assert shown(browser.get(at("step", draft, "who"))) == [""] * 5
    save(draft, "who", people=NAMES)
    assert StepData.objects.get().data["people"] == NAMES
    assert shown(browser.get(at("step", draft, "who"))) == NAMES


def test_a_page_that_saves_itself_keeps_every_box(draft, save):
    assert save(draft, "who", {"autosave": "1"}, people=NAMES).json()["serial"] == 1
    assert StepData.objects.get().data["people"] == NAMES


def test_too_many_are_kept_and_shown_with_an_error(browser, draft, at, save):
    everybody = [f"Guest {number}" for number in range(12)]
    response = save(draft, "who", people=everybody)
    assert "At most 5 people can come on one registration" in main(response)
    assert shown(response) == everybody
    assert shown(browser.get(at("step", draft, "who"))) == everybody


def test_two_windows_lose_no_name(browser, draft, at, save):
    save(draft, "who", people=["Ana", "Luka", "Eka", "", ""])
    response = save(draft, "who", serial=0, people=NAMES)
    assert response.status_code == 409
    told = [words(row) for row in parsed(main(response)).iter("label")]
    assert all(name in told[0] for name in TYPED)
    assert all(name in told[1] for name in ("Ana", "Luka", "Eka"))
    assert shown(response) == NAMES
    save(draft, "who", {"choose-people": "mine"}, people=NAMES)
    assert StepData.objects.get().data["people"] == NAMES


def test_two_windows_with_too_many_lose_no_name(draft, save):
    save(draft, "who", people=["Ana"])
    everybody = [f"Guest {number}" for number in range(12)]
    response = save(draft, "who", serial=0, people=everybody)
    first = next(parsed(main(response)).iter("label"))
    assert all(f"Guest {number}" in words(first) for number in range(12))
    assert len(list(first.iter("br"))) == 11


def test_what_comes_too_late_is_shown_name_by_name(browser, draft, at, save):
    fill(draft, people=["Ana"])
    send(draft)
    response = save(draft, "who", people=NAMES)
    shown_names = [words(fact) for fact in parsed(main(response)).iter("dd")]
    assert len(shown_names) == 1
    assert main(response).count("<br>") == 2
    assert all(name in shown_names[0] for name in TYPED)


def test_what_cannot_be_kept_at_the_door_is_shown_name_by_name(draft, save):
    response = save(draft, "who", client=Client(), people=["x" * 400_000, "Nino", "", "Giorgi"])
    assert response.status_code == 403
    assert "Nino<br>Giorgi" in main(response)


def test_names_wait_for_whoever_signs_in_again(draft, save):
    lost = Client()
    save(draft, "who", client=lost, people=NAMES)
    lost.force_login(draft.owner)
    assert shown(lost.get(reverse("forms:step", args=[draft.token, "who"]))) == NAMES


def test_a_limit_that_falls_meanwhile_stops_sending_until_somebody_stays_at_home(draft, monkeypatch):
    fill(draft, people=NAMES)
    limited_to(monkeypatch, draft, 2)
    with pytest.raises(IncompleteError):
        send(Submission.objects.get(pk=draft.pk))
    fill(draft, people=["Nino Beridze", "Giorgi"])
    version = send(Submission.objects.get(pk=draft.pk))
    assert frozen.thaw(version)["people"] == ["Nino Beridze", "Giorgi"]


def test_names_are_read_again_before_and_after_sending(browser, draft, at):
    fill(draft, people=NAMES)
    check = parsed(main(browser.get(at("check", draft))))
    lines = [words(line) for line in check.iter("p") if line.get("dir") == "auto"]
    assert lines == TYPED
    send(draft)
    assert main(browser.get(at("sent", draft, 1))).count("Nino Beridze") == 2
