"""Forms, versions, calls and drafts; a structure is written down as a dict of questions.

form = make_form(step("project", short_text("title", role="title"), money("amount", condition=...)))
draft = make_draft(make_call(form=form), owner=person)
fill(draft, title="Tables for all", amount="800")
"""

import hashlib
import json
from datetime import datetime
from uuid import uuid4

from cms.accounts.models import Organisation
from cms.core import clock
from cms.forms.enums import Door
from cms.forms.models import Form, FormVersion, StepData, Submission, Upload
from cms.forms.questions import make as make_question
from cms.grants.enums import CallState
from cms.grants.models import Application, Call
from tests.accounts.factories import UnitFactory

LANGUAGES = ("ka", "it", "de", "en", "ar")

# --- Structures -------------------------------------------------------------------------------


def question(type_, key, **more):
    """Return an item of a step; `path` is derived from the key, so that texts are found."""
    return {"type": type_, "key": key, "path": f"items.{key}", "required": True, "condition": None, **more}


def short_text(key, **more):
    return question("short_text", key, max_characters=200, **more)


def long_text(key, **more):
    return question("long_text", key, max_characters=2000, max_words=None, **more)


def yes_no(key, **more):
    return question("yes_no", key, **more)


def money(key, **more):
    return question("money", key, **{"currency": "EUR", "minimum": None, "maximum": None, **more})


def choice(key, *codes, **more):
    return question("single_choice", key, choices=list(codes), at_most=None, **more)


def choices(key, *codes, **more):
    return question("multiple_choice", key, **{"choices": list(codes), "at_most": None, **more})


def people(key="people", **more):
    return question("people", key, **{"at_most": 5, "role": "attendees", "pii": "personal", **more})


def files(key, **more):
    return question("files", key, **{"types": ["pdf", "jpg", "png"], "count": 2, "size": 10, **more})


def information(name, **more):
    return {"type": "information", "path": f"items.{name}", "condition": None, **more}


def step(key, *items, condition=None):
    """Return a step of a structure."""
    return {"key": key, "path": f"steps.{key}", "condition": condition, "items": list(items)}


def equals(key, value):
    """Return the condition that an answer is this value."""
    return {"op": "eq", "key": key, "value": value}


def usual_steps():
    """Return four steps as calls have them: a condition, a file, and something nobody else may read."""
    return [
        step(
            "applicant",
            question("organisation", "organisation", required=False, role="organisation"),
            short_text("person", role="person_name", pii="personal"),
            question("email", "email", role="email", pii="personal"),
            question("phone", "phone", role="phone", pii="personal", required=False),
        ),
        step(
            "project",
            short_text("title", role="title"),
            long_text("summary", role="summary"),
            yes_no("partners"),
            long_text("which", condition=equals("partners", value=True)),
            question("date", "starts", role="starts", earliest=None, latest=None, required=False),
        ),
        step(
            "budget",
            money("amount", role="amount_requested"),
            long_text("health", pii="special", required=False),
            files("plan", required=False),
        ),
        step("declarations", question("declaration", "true")),
    ]


USUAL = {
    "person": "ნინო ქავთარაძე",
    "email": "nino@example.org",
    "phone": "+995 322 12 34 56",
    "title": "სამეზობლო მაგიდა",
    "summary": "Cooking together.",
    "partners": "no",
    "amount": "800",
    "true": "on",
}
"""What somebody types into the usual steps, so that they can be sent."""


def digest(value):
    """Return a SHA-256 of JSON, as versions have it."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def texts_of(structure, **mended):
    """Return words for every path in every language: "title (ka)"; `mended` are further ones by path."""
    texts = {}
    for language in LANGUAGES:
        words = texts[language] = {"title": f"Form ({language})", "intro": "", "privacy": "<p>Kept.</p>"}
        for part in structure["steps"]:
            words[f"{part['path']}.title"] = f"{part['key']} ({language})"
            words[f"{part['path']}.short"] = part["key"]
            words[f"{part['path']}.intro"] = ""
            for item in part["items"]:
                name = item.get("key", "information")
                words[f"{item['path']}.label"] = f"{name} ({language})"
                words[f"{item['path']}.help"] = ""
                for code in item.get("choices", ()):
                    words[f"{item['path']}.choice.{code}"] = f"{code} ({language})"
        words |= mended.get(language, {})
    return texts


# --- Forms and calls --------------------------------------------------------------------------


def make_version(form, *steps, texts=None, **mended):
    """Return a published version of these steps and make it the one in use."""
    structure = {"schema": 1, "steps": list(steps) or usual_steps()}
    texts = texts or texts_of(structure, **mended)
    number = form.versions.count() + 1
    form.current = FormVersion.objects.create(
        form=form,
        number=number,
        structure=structure,
        texts=texts,
        structure_sha256=digest(structure),
        texts_sha256=digest(texts),
    )
    form.save()
    return form.current


def make_form(*steps, **fields):
    """Return a form with a version of these steps, or of the usual ones."""
    fields = {"code": f"form-{uuid4().hex[:8]}", "kind": "application", "door": Door.ACCOUNT, **fields}
    fields.setdefault("name", fields["code"])
    unit = fields.pop("unit", None) or UnitFactory()
    form = Form.objects.create(unit=unit, **fields)
    make_version(form, *steps)
    return form


def make_call(*steps, form=None, **fields):
    """Return a call that is open until 30 November 2026, 18:00 in Tbilisi."""
    form = form or make_form(*steps, **({"unit": fields["unit"]} if "unit" in fields else {}))
    fields = {
        "code": f"C{uuid4().hex[:6].upper()}",
        "name": "Fund for communities",
        "unit": form.unit,
        "state": CallState.LIVE,
        "opens_wall": datetime(2026, 1, 1, 9, 0),  # noqa: DTZ001 - a wall time
        "closes_wall": datetime(2026, 11, 30, 18, 0),  # noqa: DTZ001 - a wall time
        **fields,
    }
    return Call.objects.create(form=form, **fields)


def make_organisation(owner=None, **fields):
    """Return an organisation, and make `owner` its owner."""
    fields = {"kind": "registered", "name": "Neighbours", "country": "GE", **fields}
    organisation = Organisation.objects.create(**fields)
    if owner:
        organisation.members.create(user=owner, role="owner")
    return organisation


# --- Submissions ------------------------------------------------------------------------------


def make_draft(call=None, *, version=None, **fields):
    """Return a draft for a call, with nothing in it yet."""
    call = call or make_call()
    fields = {"key": uuid4(), "kind": "application", "unit": call.unit, "language": "ka", **fields}
    submission = Submission.objects.create(version=version or call.form.current, **fields)
    Application.objects.create(submission=submission, call=call)
    return submission


def fill(submission, *, complete=True, **typed):
    """Write what was typed into the steps where its questions stand: `fill(draft, **USUAL)`.

    A date is written as (day, month, year), several choices as a list. Returns the submission.
    """
    from cms.forms import vault  # noqa: PLC0415 - only where something is sealed

    for part in submission.version.structure["steps"]:
        data, sealed = {}, {}
        keys = [item["key"] for item in part["items"] if "key" in item]
        for item in part["items"]:
            value = typed.get(item.get("key"))
            if value is None:
                continue
            names = make_question(item, {}).names
            texts = list(value) if len(names) > 1 else [value] if isinstance(value, str) else list(value)
            pairs = (
                zip(names, ([text] for text in texts), strict=True) if len(names) > 1 else [(names[0], texts)]
            )
            (sealed if item.get("pii") == "special" else data).update(pairs)
        if data or sealed:
            StepData.objects.update_or_create(
                submission=submission,
                step=part["key"],
                defaults={
                    "data": data,
                    "sealed": vault.seal(sealed),
                    "shown": keys,
                    "complete": complete,
                },
            )
    return submission


def make_filled(call=None, **fields):
    """Return a draft of the usual steps that can be sent."""
    typed = {**USUAL, **fields.pop("typed", {})}
    return fill(make_draft(call, **fields), **typed)


def make_upload(submission, question_key="plan", **fields):
    """Return a file of a draft; there is none behind it on the disk."""
    fields = {"name": "plan.pdf", "type": "pdf", "size": 1234, "sha256": "0" * 64, **fields}
    return Upload.objects.create(submission=submission, question=question_key, file="uploads/x", **fields)


def send(submission, *, by=None, arrived=None):
    """Send it as its owner does; return the frozen version."""
    from cms.forms.domain.submit import submit  # noqa: PLC0415 - tests of what lies below do not need it

    return submit(submission=submission, arrived=arrived or clock.now(), by=by or submission.owner)


def make_sent(call=None, **fields):
    """Return a submission of the usual steps that was sent."""
    submission = make_filled(call, **fields)
    send(submission)
    submission.refresh_from_db()
    return submission
