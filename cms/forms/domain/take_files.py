"""Take the files that came with a step: the good ones are kept, whatever else is wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext

from cms.core.formats.numbers import number
from cms.forms.domain.errors import FormsError
from cms.forms.domain.files import add_files
from cms.forms.journey import Journey
from cms.forms.questions import Question
from cms.forms.uploads.receive import Received, check


def take_files(
    *, journey: Journey, step: str, data: Mapping[str, Any], uploads: MultiValueDict[str, UploadedFile[Any]]
) -> dict[str, list[ValidationError]]:
    """Keep the files that fit, and return by question what is wrong with the others.

    Args:
        journey: of the submission; it knows the new files afterwards.
        step: the key of a visible step.
        data: what was posted with them: it decides which questions are asked.
        uploads: files by posted name.

    """
    if not uploads:
        return {}
    wrong: dict[str, list[ValidationError]] = {}
    for question in journey.form(step, data).items:
        chosen = uploads.getlist(f"{step}-{question.key}") if question.type == "files" else []
        if chosen and (errors := _take(journey, question, chosen)):
            wrong[question.key] = errors
    return wrong


def _take(journey: Journey, question: Question, chosen: list[UploadedFile[Any]]) -> list[ValidationError]:
    """Keep what fits into the room that is left; name what does not."""
    most = question.spec.get("count") or 1
    room = max(0, most - len(journey.surroundings.files.get(question.key, ())))
    good, wrong = _checked(question, chosen)
    if good[room:]:
        wrong.append(_no_room(good[room:], most))
    if not good[:room]:
        return wrong
    try:
        add_files(journey=journey, question=question.key, files=good[:room])
    except FormsError as error:
        wrong.append(ValidationError(error.text, code=error.code))
    return wrong


def _checked(
    question: Question, chosen: Iterable[UploadedFile[Any]]
) -> tuple[list[Received], list[ValidationError]]:
    good: list[Received] = []
    wrong: list[ValidationError] = []
    for upload in chosen:
        try:
            good.append(check(upload, types=question.spec["types"], size_mb=question.spec["size"]))
        except ValidationError as error:
            wrong.append(error)
    return good, wrong


def _no_room(left: list[Received], most: int) -> ValidationError:
    names = ", ".join(f"“\u2068{file.name}\u2069”" for file in left)
    message = ngettext(
        "Only %(most)s file is possible here. Not taken: %(names)s. Remove one first.",
        "Only %(most)s files are possible here. Not taken: %(names)s. Remove one first.",
        most,
    )
    return ValidationError(message % {"most": number(most), "names": names}, code="too_many")
