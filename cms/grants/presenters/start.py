"""The page on which an application begins."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.accounts.policy import Person
from cms.core.formats import numbers
from cms.core.languages import address_in
from cms.forms.enums import Door
from cms.forms.journey import language_of
from cms.forms.kinds import PlainState
from cms.grants import queries
from cms.grants.enums import ApplicationState
from cms.grants.kinds import ApplicationKind
from cms.grants.models import Application, Call
from cms.grants.policy import may_help
from cms.grants.presenters.call import CallFacts, facts


@dataclass(frozen=True, slots=True)
class Begun:
    """An application that this person, or this browser, has begun or sent."""

    label: str
    url: str
    state: PlainState
    saved_at: datetime
    draft: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """What stands there."""

    facts: CallFacts
    title: str
    language: str
    """The language of the title; empty where it has none."""
    form_language: str
    """That of the form's own words."""
    intro: str
    privacy: str
    limit: str
    drafts: list[Begun]
    sent: list[Begun]
    page_url: str = ""
    sign_in_url: str = ""
    help_url: str = ""

    @property
    def startable(self) -> bool:
        """Tell whether a button begins one now."""
        return self.facts.startable and not self.sign_in_url


def start_page(call: Call, *, user: Person, held: frozenset[str], language: str) -> StartPage:
    """Return the page for this person, in `language`; nothing is begun by it."""
    version = call.form.current
    form_language = language_of(version, language) if version else ""
    texts = version.texts.get(form_language, {}) if version else {}
    begun = [_begun(application, call) for application in queries.mine(call, user, held)]
    return StartPage(
        facts=facts(call, language=language, minutes=version.structure.get("minutes") if version else None),
        title=call.title,
        language=call.title_language,
        form_language=form_language,
        intro=texts.get("intro", ""),
        privacy=texts.get("privacy", ""),
        limit=_limit(call),
        drafts=[one for one in begun if one.draft],
        sent=[one for one in begun if not one.draft],
        page_url=_page_url(call, language),
        sign_in_url=_sign_in_url(call) if call.form.door == Door.ACCOUNT and user.is_anonymous else "",
        help_url=reverse("grants:help", args=[call.code]) if may_help(user, call) else "",
    )


def _begun(application: Application, call: Call) -> Begun:
    submission = application.submission
    application.call = call  # Known already; the state of a draft asks for it.
    submission.application = application
    draft = application.state == ApplicationState.DRAFT
    name = "forms:tasks" if draft else "forms:status"
    return Begun(
        label=submission.title or submission.reference or _("Your application"),
        url=reverse(name, args=[submission.token]),
        state=ApplicationKind().plain_state(submission),
        saved_at=submission.saved_at,
        draft=draft,
    )


def _page_url(call: Call, language: str) -> str:
    page = queries.page_of(call, language)
    own = (page.get_url() if page else "") or ""
    return own if page is None or page.language == language else address_in(language, own)


def _sign_in_url(call: Call) -> str:
    back = {REDIRECT_FIELD_NAME: reverse("grants:start", args=[call.code])}
    return f"{reverse('account_login')}?{urlencode(back)}"


def _limit(call: Call) -> str:
    number = call.per_organisation
    if number is None:
        return ""
    return ngettext(
        "One organisation may send one application.",
        "One organisation may send %(number)s applications.",
        number,
    ) % {"number": numbers.number(number)}
