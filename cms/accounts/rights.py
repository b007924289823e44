"""What a role may do in Wagtail and Django, as data; `domain.sync_rights` writes it into groups.

Every string is a permission ("app.codename"). A test asks that each of them exists.
"""

from cms.accounts.enums import STAFF_ROLES, Role

STAFF_RIGHTS = frozenset({"wagtailadmin.access_admin"})
"""Every staff role opens the admin; what is in there is asked of the policies."""

SNIPPETS = (
    "audience",
    "contact",
    "openinghours",
    "place",
    "publicorganisation",
    "publicperson",
    "sitenotice",
    "topic",
)
"""What pages share; content that belongs to no unit."""

VERBS = ("add", "change", "delete")

SNIPPET_RIGHTS = frozenset(f"cms_pages.{verb}_{snippet}" for verb in VERBS for snippet in SNIPPETS)

PLACE_RIGHTS = frozenset(f"cms_events.{verb}_{snippet}" for verb in VERBS for snippet in ("venue", "series"))
"""Venues and names of series: written by whoever writes about events, and by whoever runs them."""

FORM_RIGHTS = frozenset({"cms_forms.change_formdefinition", "cms_forms.publish_formdefinition"})
"""Wagtail's doors ask for these; whose forms, and who only translates, is asked of the policy."""

SUBMIT = "wagtail_localize.submit_translation"

RIGHTS: dict[Role, frozenset[str]] = {
    Role.EDITOR: FORM_RIGHTS | SNIPPET_RIGHTS | PLACE_RIGHTS | {SUBMIT},
    Role.ADMIN: FORM_RIGHTS | {SUBMIT},
    Role.OFFICER: FORM_RIGHTS | {SUBMIT},
    Role.EVENT_MANAGER: FORM_RIGHTS | PLACE_RIGHTS | {SUBMIT},
}
"""Rights that a role has whatever its unit."""

TOP_UNIT_RIGHTS: dict[Role, frozenset[str]] = {
    Role.ADMIN: frozenset({"cms_jobs.view_job", "cms_jobs.retry_job", "cms_audit.view_entry"}),
}
"""Rights over things of no unit: only in a main office."""

PAGE_RIGHTS: dict[Role, frozenset[str]] = {
    Role.EDITOR: frozenset({"wagtailcore.add_page", "wagtailcore.change_page", "wagtailcore.publish_page"}),
}
"""Rights on the root page of the unit and of its sub-units, and on everything below."""

COLLECTION_RIGHTS: dict[Role, frozenset[str]] = {
    Role.EDITOR: frozenset(
        {
            "wagtailimages.add_image",
            "wagtailimages.change_image",
            "wagtailimages.choose_image",
            "wagtaildocs.add_document",
            "wagtaildocs.change_document",
            "wagtaildocs.choose_document",
        }
    ),
}
"""Rights on the collection of the unit and of its sub-units."""

ROLES_WITH_GROUPS = STAFF_ROLES
"""The others work in the public front end, where the policy alone is asked."""
