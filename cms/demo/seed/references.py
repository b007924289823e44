"""Where the names in the texts lead: to keys of rows, or, for a check, to nothing but a yes."""

from typing import Any

from django.db import models

from cms.accounts.models import Unit
from cms.demo.seed.content import Content
from cms.demo.seed.people import UNITS
from cms.demo.seed.pictures import picture
from cms.events.models import Event, Series, Venue
from cms.forms.models import Form, FormDefinition
from cms.grants.models import Call
from cms.pages.models import (
    Audience,
    Contact,
    OpeningHours,
    Place,
    PublicOrganisation,
    PublicPerson,
    SiteNotice,
    Topic,
)

MODELS: dict[str, type[models.Model]] = {
    "topic": Topic,
    "audience": Audience,
    "place": Place,
    "person": PublicPerson,
    "organisation": PublicOrganisation,
    "contact": Contact,
    "hours": OpeningHours,
    "notice": SiteNotice,
    "venue": Venue,
    "series": Series,
    "definition": FormDefinition,
}
"""Kind of snippet in the texts → model."""

KIND_OF = {model: kind for kind, model in MODELS.items()}


class Known:
    """Names that the texts know themselves; their keys are no keys of rows."""

    def __init__(self, content: Content) -> None:
        self._snippets = {(item.kind, item.code, one) for item in content.snippets for one in item.languages}
        self._pages = {item.code for item in content.pages}
        self._named = {
            Unit: {unit[0] for unit in UNITS},
            Form: {item.code for item in content.forms},
            Call: {call["code"] for call in content.calls},
            Event: {event["code"] for event in content.events},
        }

    def snippet(self, model: type[models.Model], code: str, language: str) -> int:
        """Return 1 for a snippet that there is in this language."""
        kind = KIND_OF[model]
        if (kind, code, language) not in self._snippets:
            raise LookupError(f"no {kind} named {code} in {language}")
        return 1

    def page(self, slug: str) -> int:
        """Return 1 for a page."""
        if slug not in self._pages:
            raise LookupError(f"no page {slug}")
        return 1

    def named(self, model: type[models.Model], code: str) -> int:
        """Return 1 for a unit, a form, a call or an event."""
        if code not in self._named[model]:
            raise LookupError(f"no {model._meta.model_name} {code}")
        return 1

    def picture(self, name: str) -> int:  # noqa: ARG002 - any name can be drawn
        """Return 1: whatever is named is drawn."""
        return 1


def _codes(model: Any) -> Any:
    return model.objects.values_list("code", "pk")


class Stored:
    """Keys of rows that are there, or have just been made."""

    def __init__(self) -> None:
        self._keys: dict[tuple[Any, ...], Any] = {}
        for model in (Unit, Form, Call, Event):
            self._keys |= {(model, code): key for code, key in _codes(model)}

    def keep(self, key: Any, *name: Any) -> None:
        """Remember the key of a row: ("page", slug), (model, code) or (model, code, language)."""
        self._keys[name] = key

    def snippet(self, model: type[models.Model], code: str, language: str) -> Any:
        """Return the key of a snippet."""
        return self._keys[model, code, language]

    def page(self, slug: str) -> Any:
        """Return the key of a page in the language of the source."""
        return self._keys["page", slug]

    def named(self, model: type[models.Model], code: str) -> Any:
        """Return the key of a unit, a form, a call or an event."""
        return self._keys[model, code]

    def picture(self, name: str) -> Any:
        """Return the key of a picture, which is drawn if need be."""
        return picture(name).pk
