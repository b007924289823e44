"""An office, a hub and services as visitors meet them, for tests of their pages."""

from itertools import count

from cms.pages.models import (
    Audience,
    Contact,
    HubPage,
    OfficePage,
    OpeningHours,
    Place,
    PublicPerson,
    SectionPage,
    ServicePage,
    Topic,
)
from tests.pages.factories import make_homes, make_page, make_snippet, translate

_numbers = count(1)

TUESDAY_AND_THURSDAY = [
    {"type": "hours", "value": {"day": "4", "opens": "14:00", "closes": "17:00"}},
    {"type": "hours", "value": {"day": "2", "opens": "09:00", "closes": "12:00"}},
    {"type": "hours", "value": {"day": "4", "opens": "09:00", "closes": "12:00"}},
]


def exception(first, last=None, reason="", opens=None, closes=None):
    value = {"first": first, "last": last, "opens": opens, "closes": closes, "reason": reason}
    return {"type": "exception", "value": value}


def make_hours(*exceptions, **fields):
    given = {"label": "მიღება", "times": TUESDAY_AND_THURSDAY, "exceptions": list(exceptions)}
    return make_snippet(OpeningHours, **(given | fields))


def make_contact(**fields):
    given = {
        "label": "ოფისი",
        "email": "office@khidi.example",
        "phone": "+995 555 01 00 11",
        "address": "ნაპირის ქუჩა 1\nზელვარა",
        "note": "ჯერ დარეკეთ.",
    }
    return make_snippet(Contact, **(given | fields))


def make_section(*languages, slug="offices"):
    """Publish home and a section below it, in Georgian and the languages given."""
    homes = make_homes(*languages)
    section = make_page(SectionPage, parent=homes["ka"], slug=slug)
    for language in languages:
        translate(section, language)
    return section


def provision(**fields):
    given = {
        "jurisdiction": "საქსონია",
        "act": "საქსონიის კონსტიტუცია",
        "article": "18",
        "paragraph": "3",
        "link": "https://example.org/act",
        "quotation": "Alle Menschen sind vor dem Gesetz gleich.",
        "language": "de",
    }
    return {"type": "provision", "value": given | fields}


def make_office(section, **fields):
    nino = make_snippet(PublicPerson, name="ნინო ოქროველი")
    given = {
        "slug": "dresden",
        "mandate": "<p>იცავს თანასწორ მოპყრობას.</p>",
        "legal_basis": [provision()],
        "duties": [
            {
                "type": "duty",
                "value": {
                    "text": "ზრუნავს თანაბარ შესაძლებლობებზე",
                    "parts": [{"text": "სამუშაოში", "parts": ["სახელმწიფო", "კერძო"]}],
                },
            }
        ],
        "staff": [
            {
                "type": "member",
                "value": {
                    "person": nino.pk,
                    "function": "ხელმძღვანელი",
                    "phone": "+995 555 01 00 12",
                    "email": "nino@khidi.example",
                },
            }
        ],
        "contact": make_contact(),
        "hours": make_hours(),
        "as_of": "2023-11",
        "responsible": nino,
        "checked_on": "2026-02-20",
    }
    return make_page(OfficePage, parent=section, **(given | fields))


def make_hub(section, **fields):
    given = {
        "slug": "bazari",
        "address": "ბაზრის ქუჩა 5",
        "place": make_snippet(Place, name="ზელვარა", slug="zelvara"),
        "latitude": "41.64228",
        "longitude": "41.63392",
        "directions": "ავტობუსი 3",
        "step_free": "help",
        "access_note": "ზარი კარის მარჯვნივ",
        "languages": ["ka", "ar", "ti"],
        "contact": make_contact(),
        "hours": make_hours(),
        "checked_on": "2026-02-20",
    }
    return make_page(HubPage, parent=section, **(given | fields))


def make_service(section, *where, **fields):
    number = next(_numbers)
    given = {
        "topics": [make_snippet(Topic, name="შრომა", slug=f"work-{number}")],
        "audiences": [make_snippet(Audience, name="ოჯახები", slug=f"families-{number}")],
        "conditions": "დოკუმენტი არ არის საჭირო",
        "cost_note": "ყველასთვის",
        "languages": ["ka", "it"],
        "interpreter": True,
        "where": [{"type": "page", "value": page.pk} for page in where],
        "steps": [{"type": "step", "value": text} for text in ("დარეკეთ", "მოდით")],
        "bring": [{"type": "thing", "value": "წერილი"}],
        "contact": make_contact(),
    }
    return make_page(ServicePage, parent=section, **(given | fields))
