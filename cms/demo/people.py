"""The invented people of the demonstration, one a role. Every address ends in khidi.example."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.accounts.enums import STAFF_ROLES, Role


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who can be tried, in which language they are written to, and what they do for which unit."""

    code: str
    name: str
    language: str
    what: Promise
    unit: str = ""
    role: Role | None = None

    @property
    def email(self) -> str:
        """Return the address the person signs in with."""
        return f"{self.code.replace('_', '.')}@khidi.example"

    @property
    def label(self) -> Promise | str:
        """Return the name of the role."""
        if self.role:
            return self.role.label
        return {"applicant": _("Applicant"), "citizen": _("Citizen")}[self.code]

    @property
    def is_staff(self) -> bool:
        """Tell whether the person works in the admin."""
        return self.role in STAFF_ROLES


PEOPLE = (
    DemoPerson("citizen", "سلمى النهري", "ar", _("Reads the pages and asks for advice.")),
    DemoPerson("applicant", "Luca Bellandri", "it", _("Applies for a grant for an association.")),
    DemoPerson(
        "helper",
        "ლევან მთისელი",
        "ka",
        _("Sits in a service hub and fills in forms together with people."),
        "bazari",
        Role.HELPER,
    ),
    DemoPerson(
        "editor",
        "Giulia Montesari",
        "it",
        _("Writes, translates and publishes pages."),
        "office",
        Role.EDITOR,
    ),
    DemoPerson(
        "officer",
        "ნინო ოქროველი",
        "ka",
        _("Checks what comes in and answers applicants."),
        "office",
        Role.OFFICER,
    ),
    DemoPerson(
        "approver",
        "Jonas Wiesenthaler",
        "de",
        _("Decides what an officer has prepared."),
        "office",
        Role.APPROVER,
    ),
    DemoPerson(
        "reviewer",
        "Amelia Hartwood",
        "en",
        _("Scores applications from outside the office."),
        "office",
        Role.REVIEWER,
    ),
    DemoPerson(
        "event_manager",
        "Katrin Sommerau",
        "de",
        _("Plans workshops and looks after registrations."),
        "office",
        Role.EVENT_MANAGER,
    ),
    DemoPerson(
        "admin",
        "თამარ ველიაშვილი",
        "ka",
        _("Looks after people, units, messages and background work."),
        "office",
        Role.ADMIN,
    ),
)

BY_CODE = {person.code: person for person in PEOPLE}
