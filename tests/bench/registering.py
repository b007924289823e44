"""Many people who register for one date at once, as their browsers do: from the first page to the receipt."""

import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import NamedTuple

from tests.bench.applying import HIDDEN, Browser, Fields, Wire, encoded, expect
from tests.bench.servers import Cost, Server

CLIENTS = 20
"""Browsers that are busy at the same time."""
PEOPLE = 200
"""Registrations in all; some are of a group."""
SEATS = 150
"""Fewer than the people who want to come, so that a part of them waits."""
BUSY, TRIES = 503, 5

GROUPS = (1, 1, 2, 1, 1, 1, 3, 1, 1, 2)
"""How many people come on a registration, in turn."""

REFERENCE = re.compile(r"data-reference>([^<]+)<")


class Found(NamedTuple):
    """What came of so many registrations."""

    cost: Cost
    references: list[str]
    answers: Counter[int]
    """How often each status was answered."""


class Counting:
    """A browser that counts what it is answered."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.answers: Counter[int] = Counter()

    def page(self, path: str) -> str:
        """Open a page; return what stands in its main part."""
        answer = self.browser.ask("GET", path)
        self.answers[answer.status] += 1
        expect(answer.status == 200, f"{path}: {answer.status} {answer.location}")
        return answer.text.partition("<main")[2]

    def send(self, path: str, page: str, fields: Fields) -> str:
        """Send the form of a page, again where others keep the date busy; return where it leads."""
        body = encoded({**dict(HIDDEN.findall(page)), **fields})
        for _time in range(TRIES):
            answer = self.browser.ask("POST", path, body)
            self.answers[answer.status] += 1
            if answer.status != BUSY:
                break
        wrong = re.findall("class=.error[^<]+<", answer.text)
        expect(answer.status == 302, f"{path}: {answer.status}\n{wrong}")
        return answer.location


def who(number: int) -> Fields:
    """Return the first answers: every third person has no address, some bring others along."""
    people = [f"სტუმარი {number}-{place}" for place in range(GROUPS[number % len(GROUPS)])]
    email = "" if number % 3 == 0 else f"guest-{number}@example.org"
    fields: Fields = {"who-name": people[0], "who-phone": "+995 555 12 34 56", "who-email": email}
    return fields | {"who-people": list(people)}


def register(browser: Counting, door: str, number: int) -> str:
    """Tell who comes and what they need, check, send; return the reference on the receipt.

    Raises:
        RuntimeError: a page was not the one that comes next.

    """
    at = browser.send(door, browser.page(door), who(number))
    expect(at.endswith("/step/needs/"), at)
    needs: Fields = {"needs-languages": ["ka"], "needs-access": ["step_free"], "needs-more": ""}
    at = browser.send(at, browser.page(at), needs)
    expect(at.endswith("/check/"), at)
    receipt = browser.page(browser.send(at, browser.page(at), {}))
    found = REFERENCE.search(receipt)
    expect(found is not None, receipt)
    return found[1] if found else ""


def crowd(site: Server, door: str, *, people: int = PEOPLE, first: int = 0) -> Found:
    """Let so many people register for a date, some of them at a time; return what that cost and gave.

    Each comes from an address of their own: at a door, the tries of one address are counted.

    Raises:
        RuntimeError: somebody came to another page than the one that comes next.

    """
    answers: Counter[int] = Counter()

    def one(number: int) -> str:
        address = f"127.0.{1 + number // 250}.{1 + number % 250}"
        browser = Counting(Wire(site.port, cookies={}, address=address))
        try:
            return register(browser, door, number)
        except (OSError, HTTPException) as error:
            raise RuntimeError(f"Registration {number} was not answered: {error!r}") from error
        finally:
            answers.update(browser.answers)

    before, began = site.spent(), time.monotonic()
    with ThreadPoolExecutor(CLIENTS) as clients:
        references = list(clients.map(one, range(first, first + people)))
    spent, took = site.spent() - before, time.monotonic() - began
    return Found(Cost(rate=people / took, cpu=spent / people), references, answers)
