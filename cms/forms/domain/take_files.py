"""Take the files that came with a step: the good ones are kept, whatever else is wrong."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import ngettext

from cms.core.formats.numbers import number
from cms.core.text.listed import listed
from cms.forms.domain.errors import FormsError
from cms.forms.domain.files import add_files
from cms.forms.journey import Journey
from cms.forms.questions import Question
from cms.forms.uploads.receive import Received, check

Good = dict[str, list[Received]]
Wrong = dict[str, list[ValidationError]]
"""By question: files that fit, and what is the matter with the others."""


def take_files(
    *, journey: Journey, step: str, data: Mapping[str, Any], uploads: MultiValueDict[str, UploadedFile[Any]]
) -> Wrong:
    """Keep the files that fit, and return by question what is wrong with the others.

    Args:
        journey: of the submission; it knows the new files afterwards.
        step: the key of a visible step.
        data: what was posted with them: it decides which questions are asked.
        uploads: files by posted name.

    """
    good, wrong = check_files(journey=journey, step=step, data=data, uploads=uploads)
    for question, files in good.items():
        try:
            add_files(journey=journey, question=question, files=files)
        except FormsError as error:
            wrong.setdefault(question, []).append(ValidationError(error.text, code=error.code))
    return wrong


def check_files(
    *, journey: Journey, step: str, data: Mapping[str, Any], uploads: MultiValueDict[str, UploadedFile[Any]]
) -> tuple[Good, Wrong]:
    """Look at every file, and at the room that is left; nothing is kept yet."""
    good: Good = {}
    wrong: Wrong = {}
    for question in journey.form(step, data).items if uploads else ():
        chosen = uploads.getlist(f"{step}-{question.key}") if question.type == "files" else []
        most = question.spec.get("count") or 1
        room = max(0, most - len(journey.surroundings.files.get(question.key, ()))) if chosen else 0
        fine, errors = _checked(question, chosen)
        if fine[room:]:
            errors.append(_no_room(fine[room:], most))
        good |= {question.key: fine[:room]} if fine[:room] else {}
        wrong |= {question.key: errors} if errors else {}
    return good, wrong


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
    names = listed(f"“\u2068{file.name}\u2069”" for file in left)
    message = ngettext(
        "Only %(most)s file is possible here. Not taken: %(names)s. Remove one first.",
        "Only %(most)s files are possible here. Not taken: %(names)s. Remove one first.",
        most,
    )
    return ValidationError(message % {"most": number(most), "names": names}, code="too_many")
