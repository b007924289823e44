"""What stands beside the answers: who it is, who helped, what the kind adds."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cms.accounts.enums import OrganisationKind
from cms.accounts.models import Organisation
from cms.core.countries import country_name
from cms.core.formats import dates
from cms.core.languages import own_name
from cms.core.text.case import capfirst
from cms.core.text.listed import listed
from cms.forms import kinds
from cms.forms.models import Submission


class Fact(NamedTuple):
    """A line of a panel; `href` leads to a page, a mail program or a telephone."""

    label: Any
    value: Any
    href: str = ""
    direction: str = ""


class Box(NamedTuple):
    """A panel: a heading and its lines."""

    title: Any
    facts: Sequence[Fact]


def boxes(submission: Submission) -> list[Box]:
    """Return the panels of a submission that have anything to say."""
    found = [
        *_of_kind(submission),
        Box(_("Who sent it"), _kept(_person(submission))),
        *([_organisation(submission.organisation)] if submission.organisation else []),
        *([_helper(submission)] if submission.helper_unit else []),
    ]
    return [box for box in found if box.facts]


def _of_kind(submission: Submission) -> Iterable[Box]:
    for panel in kinds.of(submission).panels(submission):
        yield Box(panel.title, [Fact(capfirst(label), value) for label, value in panel.facts])


def _kept(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.value]


def _person(submission: Submission) -> list[Fact]:
    owner = submission.owner
    email = submission.email or (owner.email if owner else "")
    account = str(owner) if owner and str(owner) not in {submission.person_name, email} else ""
    return [
        Fact(_("Name"), submission.person_name),
        Fact(_("E-mail address"), email, f"mailto:{email}", "ltr"),
        Fact(_("Telephone"), submission.phone, _tel(submission.phone), "ltr"),
        Fact(_("Writes in"), own_name(submission.language)),
        Fact(_("Filled in by"), account),
    ]


def _organisation(organisation: Organisation) -> Box:
    number = f"{organisation.get_registry_display()}: {organisation.registry_number}"
    place = listed((organisation.region, country_name(organisation.country)))
    facts = [
        Fact(_("Name"), organisation.name),
        Fact(_("Kind"), organisation.get_kind_display()),
        Fact(_("Registered"), number if organisation.registry_number else ""),
        Fact(_("Who answers for the group"), organisation.responsible),
        Fact(
            _("Host organisation"), organisation.host if organisation.kind == OrganisationKind.GROUP else ""
        ),
        Fact(_("Place"), place),
        Fact(_("E-mail address"), organisation.email, f"mailto:{organisation.email}", "ltr"),
        Fact(_("Telephone"), organisation.phone, _tel(organisation.phone), "ltr"),
        Fact(_("Website"), organisation.website, direction="ltr"),
    ]
    return Box(_("Organisation"), _kept(facts))


def _helper(submission: Submission) -> Box:
    agreed = submission.consent_at
    facts = [
        Fact(_("Helper"), submission.helper or _("Somebody who has left")),
        Fact(_("Unit"), submission.helper_unit),
        Fact(_("Agreed to be helped"), dates.day(agreed) if agreed else ""),
    ]
    return Box(_("Filled in with help"), _kept(facts))


def _tel(number: str) -> str:
    return f"tel:{''.join(number.split())}"
