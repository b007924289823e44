"""Tell somebody once that a draft is kept, and how to come back to it."""

from datetime import timedelta

from django.db import transaction

from cms.core.absolute import absolute_url
from cms.core.i18n import supported
from cms.forms import kinds
from cms.forms.domain.send_link import Subject, send_link
from cms.forms.enums import Pii, QuestionRole
from cms.forms.journey import Journey
from cms.forms.models import Submission
from cms.forms.queries.queue import about
from cms.jobs.outbox import enqueue
from cms.messages.domain.compose import Recipient, compose
from cms.messages.models import Message

TEMPLATE = "forms/draft_saved"

IN_ONE_GO = timedelta(minutes=20)
"""Whoever fills in a short form and sends it at once needs no mail that says how to come back."""


def tell_later(*, journey: Journey, step: str) -> None:
    """Leave the mail to a job, so that saving stays quick.

    The first save of all is told to whoever has an account; otherwise any save of the step that asks
    for the address may bring it.
    """
    submission = journey.submission
    first = sum(journey.serial(visible.key) for visible in journey.steps) == 1
    if first if submission.owner_id else _asks_for_address(journey, step):
        patience = IN_ONE_GO if kinds.of(submission).short else None
        enqueue("forms.tell_saved", after=patience, submission=submission.pk)


def _asks_for_address(journey: Journey, step: str) -> bool:
    outline = journey.outline.step(step)
    return outline is not None and any(item.role == QuestionRole.EMAIL for item in outline.items)


@transaction.atomic
def tell_saved(*, journey: Journey) -> Message | None:
    """Write the mail as soon as there is an address; without an account it holds a link.

    The address that is answered is kept beside the draft, so that lost links can be asked for. An
    answer of a special category is not. Staff see nothing of it: drafts are nobody's but the writer's.
    """
    submission = journey.submission
    if not submission.is_draft:
        return None
    if submission.owner is None:
        _keep_address(journey)
    if not _address_of(submission) or about(submission).filter(template=TEMPLATE).exists():
        return None
    if submission.owner is None:
        return send_link(submission=submission, email=submission.email, template=TEMPLATE)
    return _tell_owner(submission)


def _address_of(submission: Submission) -> str:
    return submission.owner.email if submission.owner else submission.email


def _keep_address(journey: Journey) -> None:
    answers, submission = journey.answers(), journey.submission
    found = (
        answers.get(question.key)
        for question in journey.outline.questions.values()
        if question.role == QuestionRole.EMAIL and question.pii != Pii.SPECIAL
    )
    address = next((answer for answer in found if isinstance(answer, str)), "")
    if address and address != submission.email:
        submission.email = address
        submission.save(update_fields=["email"])


def _tell_owner(submission: Submission) -> Message:
    """Lead to sign-in: the account guards the draft better than a link."""
    owner = submission.owner
    if owner is None:
        raise ValueError("A draft without an account is reached by a link.")
    language = supported(submission.language)
    return compose(
        template=TEMPLATE,
        recipient=Recipient(name=owner.name, email=owner.email, language=language, user=owner),
        context={
            "subject": Subject(submission),
            "link": absolute_url("forms:tasks", submission.token, language=language),
            "days": 0,
        },
        about=submission,
    )
