"""What stands in the way of a form, and where in the editor it is to be mended."""

from collections.abc import Iterable
from dataclasses import dataclass

Where = tuple[str | int, ...]
"""The way through fields and blocks: ("steps", 0, "items", 2, "key"); numbers count from nought."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, in words for editors; a warning does not keep the form from going live."""

    text: str
    where: Where = ()
    warning: bool = False


class DefinitionError(ValueError):
    """A definition that cannot go live."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = [problem for problem in problems if not problem.warning]
        places = (f"{'.'.join(map(str, problem.where))}: {problem.text}" for problem in self.problems)
        super().__init__("\n".join(places))
