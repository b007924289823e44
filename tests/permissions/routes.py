"""Every route of the site with an address that reaches it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

DUMMIES = ("1", "x", "live", "00000000-0000-0000-0000-000000000000", "")
"""What stands for an argument nobody has an object for: the first that the route accepts."""


@dataclass(frozen=True, slots=True)
class Route:
    """A route: its name with namespaces, and its patterns from the outside in."""

    name: str
    patterns: tuple[object, ...]

    def address(self, arguments: dict[str, object]) -> str:
        """Return an address of this route, with these arguments and dummies for the others."""
        return "/" + "".join(_piece(pattern, arguments) for pattern in self.patterns)


def _piece(pattern: object, arguments: dict[str, object]) -> str:
    if hasattr(pattern, "language_prefix"):
        return pattern.language_prefix
    for text, names in normalize(pattern.regex.pattern.replace(r"\Z", "$")):
        for dummy in DUMMIES:
            values = {name: arguments.get(name, dummy) for name in names}
            piece = text % values
            if pattern.match(piece):
                return piece
    return ""


def walk(resolver: URLResolver, names: tuple[str, ...] = (), patterns: tuple = ()) -> Iterator[Route]:
    """Yield every route below a resolver; one without a name is called by its address."""
    for entry in resolver.url_patterns:
        here = (*patterns, entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join((*names, entry.name)) if entry.name else ""
            yield Route(name or Route("", here).address({}), here)
        else:
            inner = (*names, entry.namespace) if entry.namespace else names
            yield from walk(entry, inner, here)


def all_routes() -> list[Route]:
    """Return every route of the site."""
    return list(walk(get_resolver()))


def line_of(name: str, lines: dict[str, str]) -> str | None:
    """Return the line for a route name: its own, or the first glob that fits."""
    if name in lines:
        return name
    return next((pattern for pattern in lines if "*" in pattern and fnmatchcase(name, pattern)), None)


def gaps(routes: list[Route], lines: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the names without a line, and the lines without a route."""
    found = {route.name: line_of(route.name, lines) for route in routes}
    without_line = sorted(name for name, line in found.items() if line is None)
    return without_line, sorted(lines.keys() - set(found.values()))
