"""By what the queue can be narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from cms.accounts.models import Unit
from cms.accounts.models.user import languages
from cms.accounts.policy import Person, can, units_where
from cms.forms import kinds
from cms.forms.enums import SENT_PHASES, Phase
from cms.forms.models import Submission
from cms.forms.policy import visible_to
from cms.forms.queries.queue import assignees, overdue

ME, NOBODY = "me", "nobody"

PHASES = [(phase.value, phase.label) for phase in Phase if phase in SENT_PHASES]


def readable_kinds(user: Person) -> list[kinds.Kind]:
    """Return the kinds of which `user` reads any."""
    return [kind for kind in kinds.every() if can(user, kind.view)]


def units(user: Person) -> QuerySet[Unit]:
    """Return the units in which `user` reads submissions of any kind."""
    found = Q(pk__in=())
    for kind in readable_kinds(user):
        found |= Q(pk__in=units_where(user, kind.view).values("pk"))
    return Unit.objects.filter(found)


def subjects(user: Person) -> list[tuple[str, str]]:
    """Return calls and events as "kind:code" with their names."""
    return [
        (f"{kind.code}:{code}", label)
        for kind in readable_kinds(user)
        for code, label in kind.subjects(units_where(user, kind.view))
    ]


def with_part(offered: list[tuple[str, str]], asked: str) -> list[tuple[str, str]]:
    """Offer also a part of one of these, such as "registration:ECO26/3", when the address asks for it."""
    whole, _slash, part = asked.partition("/")
    labels = dict(offered)
    if part.isascii() and part.isdigit() and whole in labels:
        _kind, _colon, code = whole.partition(":")
        return [*offered, (asked, f"{code}/{part} · {labels[whole].removeprefix(f'{code} · ')}")]
    return offered


def states(user: Person) -> list[tuple[str, Any]]:
    """Return the states of the kinds as "kind:state"; drafts are not there."""
    return [
        (f"{kind.code}:{state.value}", state.label)
        for kind in readable_kinds(user)
        for state in kind.states
        if kind.phases[state] in SENT_PHASES
    ]


def people(user: Person) -> list[tuple[str, Any]]:
    """Return oneself, nobody, and whoever has some of what `user` reads."""
    held = [(str(person.pk), str(person)) for person in assignees(visible_to(user)) if person.pk != user.pk]
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *held]


def choice(label: Any, choices: Any = (), *, method: str | None = None) -> django_filters.ChoiceFilter:
    """Return a filter shown as rows to choose one of."""
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, empty_label=_("All"), widget=forms.RadioSelect
    )


class QueueFilterSet(WagtailFilterSet):
    """Narrow the queue down; what is on offer depends on who asks."""

    phase = choice(_("Phase"), PHASES)
    kind = choice(_("Kind"), method="of_kind")
    subject = choice(_("Call or event"), method="of_subject")
    state = choice(_("State"), method="in_state")
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=lambda request: units(request.user),
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    language = choice(_("Language"), languages)
    assignee = choice(_("Assigned to"), method="of_person")
    overdue = choice(_("Due"), [("yes", _("Overdue"))], method="that_are_late")

    class Meta:
        model = Submission
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,
        queryset: QuerySet[Submission] | None = None,
        *,
        request: HttpRequest,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, queryset, request=request, prefix=prefix)
        user = request.user
        offered = {
            "kind": [(kind.code, kind.plural) for kind in readable_kinds(user)],
            "subject": with_part(subjects(user), str((data or {}).get("subject", ""))),
            "state": states(user),
            "assignee": people(user),
        }
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    def but(self, queryset: QuerySet[Any], *left_out: str) -> QuerySet[Any]:
        """Narrow by everything but some filters: for counts beside each other."""
        for name, value in self.form.cleaned_data.items() if self.is_valid() else ():
            if name not in left_out:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    def of_kind(self, queryset: QuerySet[Submission], _name: str, value: str) -> QuerySet[Submission]:
        """Keep one kind."""
        return queryset.filter(kind=value)

    def of_subject(self, queryset: QuerySet[Submission], _name: str, value: str) -> QuerySet[Submission]:
        """Keep what was handed in for one call or event."""
        kind, _separator, code = value.partition(":")
        return kinds.get(kind).of_subject(queryset.filter(kind=kind), code)

    def in_state(self, queryset: QuerySet[Submission], _name: str, value: str) -> QuerySet[Submission]:
        """Keep one state of one kind."""
        code, _separator, state = value.partition(":")
        return queryset.filter(**{"kind": code, f"{kinds.get(code).detail}__state": state})

    def of_person(self, queryset: QuerySet[Submission], _name: str, value: str) -> QuerySet[Submission]:
        """Keep what somebody, or nobody, has to do."""
        if value == NOBODY:
            return queryset.filter(assignee=None)
        return queryset.filter(assignee_id=self.request.user.pk if value == ME else int(value))

    def that_are_late(self, queryset: QuerySet[Submission], _name: str, _value: str) -> QuerySet[Submission]:
        """Keep what should have been done by now."""
        return queryset.filter(overdue())
