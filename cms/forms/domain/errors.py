"""What stands in the way, with a code for machines and words for people."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from cms.forms.kinds import Acceptance


class FormsError(Exception):
    """Something that a person may meet; nothing has been changed."""

    code: ClassVar[str]
    words: ClassVar[Any]

    @property
    def text(self) -> str:
        """Return what to tell the person, in the language in use."""
        return str(self.words)


class NotOpenError(FormsError):
    """It cannot be begun or sent at this moment; what was written stays."""

    code = "not_open"
    words = _("This cannot be sent now. What you have written stays here for you to read and copy.")

    def __init__(self, acceptance: Acceptance) -> None:
        super().__init__(self.code)
        self.acceptance = acceptance

    @property
    def text(self) -> str:
        """Return why, and that nothing is lost."""
        return f"{self.acceptance.reason or ''} {self.words}".strip()


class IncompleteError(FormsError):
    """Answers are missing or wrong: `problems` says which, by step ("" for the whole)."""

    code = "incomplete"
    words = _("Some answers are still missing or need a change.")

    def __init__(self, problems: Mapping[str, Sequence[str]]) -> None:
        super().__init__(self.code)
        self.problems = {step: list(texts) for step, texts in problems.items()}


class NotAllowedError(FormsError):
    """Somebody else may do it, or nobody; views answer as if there were nothing."""

    code = "not_allowed"
    words = _("You may not do this.")

    def __init__(self) -> None:
        super().__init__(self.code)


class NotNowError(FormsError):
    """The state does not lead there: somebody else was quicker, or the page is old."""

    code = "not_now"
    words = _("This is not possible any more. Perhaps somebody was quicker: please look again.")

    def __init__(self) -> None:
        super().__init__(self.code)


class BusyError(FormsError):
    """Many people want the same at this moment, and one's turn did not come; nothing is lost."""

    code = "busy"
    words = _("Very many people are sending just now. Nothing is lost: please send it once more.")

    def __init__(self) -> None:
        super().__init__(self.code)


class TooManyFilesError(FormsError):
    """There are as many files as the question takes."""

    code = "too_many_files"
    words = _("No further file can be added here. Remove one first.")

    def __init__(self) -> None:
        super().__init__(self.code)
