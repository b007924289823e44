"""One question of each type, as a version keeps it, and its texts."""

from datetime import date

from cms.core.renderer import Form
from cms.forms.questions import FileInfo, Surroundings, make

PLAN = FileInfo("t1", "plan.pdf", 1_258_291, "pdf")

AROUND = Surroundings(today=date(2026, 11, 22), organisations=(("5", "ხიდი გაერთიანება"), ("7", "Ponte <b>")))

LIMITS = {
    "short_text": {"max_characters": 80},
    "long_text": {"max_characters": 2000, "max_words": 300},
    "number": {"minimum": "0", "maximum": "100", "places": 1},
    "money": {"currency": "EUR", "minimum": "5000", "maximum": "40000"},
    "date": {"earliest": "2027-01-01", "latest": "2028-12-31"},
    "yes_no": {},
    "single_choice": {"choices": ["new", "back"]},
    "multiple_choice": {"choices": ["new", "back", "kids"], "at_most": 2},
    "email": {},
    "phone": {},
    "country": {},
    "language": {},
    "organisation": {},
    "people": {"at_most": 3, "role": "attendees"},
    "files": {"types": ["pdf", "jpg"], "count": 3, "size": 10},
    "declaration": {},
    "information": {},
}

TEXTS = {
    "q.label": "Label <i>",
    "q.help": "Help & more",
    "q.text": "<p>Details <strong>here</strong></p>",
    "q.unit": "people",
    "q.choice.new": "Newly arrived",
    "q.choice.new.help": "in the first <two> years",
    "q.choice.back": "Returned",
    "q.choice.kids": "Children",
}


def question(kind, **more):
    key = {} if kind == "information" else {"key": "q", "required": True}
    return make({"type": kind, "path": "q", **key, **LIMITS[kind], **more}, TEXTS)


def form(*questions, around=AROUND):
    """Return a form class that asks these questions."""
    fields = {item.key: item.field(around) for item in questions}
    return type("Step", (Form,), {name: field for name, field in fields.items() if field})
