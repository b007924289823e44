"""Who may do what to forms and submissions; asked by views, admin, exports and search alike."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail_localize.models import Translation

from cms.accounts.enums import Role
from cms.accounts.models import RoleAssignment, Unit, User
from cms.accounts.policy import Person, allow, can, has_role, roles_with, units_where
from cms.forms import kinds
from cms.forms.enums import SENT_PHASES
from cms.forms.models import Form, FormDefinition, Submission

DEFINE = allow("forms.define", Role.ADMIN, Role.OFFICER, Role.EVENT_MANAGER)
"""Build and publish forms."""

TRANSLATE = allow("forms.translate", Role.ADMIN, Role.OFFICER, Role.EVENT_MANAGER, Role.EDITOR)
"""Write the words of forms in other languages."""

HELP = allow("forms.help", Role.HELPER)
"""Fill in a form for somebody else."""


def visible_to(user: Person) -> QuerySet[Submission]:
    """Return what `user` may read as staff: sent, of a kind and in a unit of theirs. Never a draft."""
    mine = Q(pk__in=())
    for kind in kinds.every():
        if can(user, kind.view):
            mine |= Q(kind=kind.code, unit__in=units_where(user, kind.view))
    return Submission.objects.filter(mine, phase__in=sorted(SENT_PHASES))


def may_read(user: Person, submission: Submission) -> bool:
    """Tell whether `user` may read it as staff."""
    return submission.phase in SENT_PHASES and can(user, kinds.of(submission).view, submission)


def may_work_on(user: Person, submission: Submission) -> bool:
    """Tell whether `user` may change it: assign, ask, write, pass on."""
    return submission.phase in SENT_PHASES and can(user, kinds.of(submission).work, submission)


def may_read_special(user: Person, submission: Submission) -> bool:
    """Tell whether `user` may read its answers of a special category."""
    return may_read(user, submission) and can(user, kinds.of(submission).special, submission)


def may_be_assigned(user: Person, submission: Submission) -> bool:
    """Tell whether the work can be given to `user`."""
    return can(user, kinds.of(submission).work, submission)


def assignable(submissions: Iterable[Submission]) -> QuerySet[User]:
    """Return the people to whom some of these can be given, by name; `may_be_assigned` asks for each."""
    where: dict[str, set[int]] = {}
    for submission in submissions:
        where.setdefault(submission.kind, set()).add(submission.unit_id)
    held = Q(pk__in=())
    for kind, units in where.items():
        roles = sorted(roles_with(kinds.get(kind).work))
        held |= Q(role__in=roles) & (Q(unit__in=units) | Q(unit__children__in=units))
    people = RoleAssignment.objects.filter(held).values("user")
    return User.objects.filter(is_active=True, pk__in=people).order_by("name", "email")


def forms_visible_to(user: Person) -> QuerySet[Form]:
    """Return the forms that `user` may change."""
    return Form.objects.filter(unit__in=units_where(user, DEFINE))


def definitions_visible_to(user: Person) -> QuerySet[FormDefinition]:
    """Return the texts of forms that `user` may write: translators only what is translated."""
    definitions: QuerySet[FormDefinition] = FormDefinition.objects.all()
    into = Translation.objects.filter(
        source__object=OuterRef("translation_key"), target_locale=OuterRef("locale"), enabled=True
    )
    translated = Q(Exists(into), form__unit__in=units_where(user, TRANSLATE))
    return definitions.filter(translated | Q(form__unit__in=units_where(user, DEFINE)))


def own(user: Person, *, helping: bool = True) -> QuerySet[Submission]:
    """Return what `user` has filled in for themselves and, while `helping`, as a helper for others."""
    if user.is_anonymous:
        return Submission.objects.none()
    mine = Q(owner_id=user.pk)
    return Submission.objects.filter(mine | Q(pk__in=helped_by(user).values("pk")) if helping else mine)


def helped_by(user: Person) -> QuerySet[Submission]:
    """Return what `user` fills in for others.

    They hold a role that helps in the unit for which they help, and it is in nobody's account yet.
    """
    helping = Q(helper_unit__in=units_where(user, HELP))
    for kind in kinds.every():
        if kind.desk and can(user, kind.work):
            helping |= Q(kind=kind.code, helper_unit__in=units_where(user, kind.work))
    return Submission.objects.filter(helping, owner=None, helper_id=user.pk)


def helps_with(user: Person, submission: Submission) -> bool:
    """Tell the same of one submission."""
    if submission.owner_id is not None or submission.helper_id != user.pk or submission.helper_unit is None:
        return False
    return may_help_for(user, submission.helper_unit, kinds.of(submission))


def may_help_for(user: Person, unit: Unit, kind: kinds.Kind) -> bool:
    """Tell whether `user` fills in this kind for others for a unit: as a helper, or at its desk."""
    return can(user, HELP, unit) or (kind.desk and can(user, kind.work, unit))


def may_fill_in(user: Person, submission: Submission, *, held: frozenset[str] = frozenset()) -> bool:
    """Tell whether this person, or this browser, may go on with it.

    `held` are the tokens to which this browser has come by a link or a claim code.
    """
    if str(submission.token) in held:
        return True
    if user.is_anonymous or not user.is_active:
        return False
    return submission.owner_id == user.pk or helps_with(user, submission)


def is_helper(user: Person) -> bool:
    """Tell whether `user` may fill in forms for others."""
    return not user.is_anonymous and has_role(user, Role.HELPER)


def works_at_a_desk(user: Person) -> bool:
    """Tell whether `user` fills in some kind for people who come to its desk."""
    return not user.is_anonymous and any(kind.desk and can(user, kind.work) for kind in kinds.every())
