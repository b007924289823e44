"""Definitions as editors build them, and their translations."""

from uuid import NAMESPACE_URL, uuid5

from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from cms.forms.domain.create_form import create_form
from cms.forms.domain.publish_form import publish_form
from cms.forms.models import Form
from tests.accounts.factories import UnitFactory


def ident(*names):
    """Return the id of a block: the same names, the same id."""
    return str(uuid5(NAMESPACE_URL, "/".join(names)))


def only_if(*conditions, match="all"):
    """Return conditions as the editor keeps them: `only_if(("partners", "eq", "yes"))`."""
    rows = [{"key": key, "operator": op, "value": value} for key, op, value in conditions]
    return {"match": match, "conditions": rows}


ALWAYS = only_if()


def item(kind, key, *, label="", condition=ALWAYS, block="", **fields):
    """Return a question; `role` and the like go into its care."""
    care = {"role": "", "pii": "none", "blind": "show", "public": False, "export": ""}
    care |= {name: fields.pop(name) for name in care if name in fields}
    value = {"key": key, "label": label or f"{key}?", "help": "", "required": True, "condition": condition}
    value |= {"care": care, **fields}
    if kind == "declaration":
        del value["care"], value["help"]
        value.setdefault("text", "")
    return {"type": kind, "id": block or ident("item", key), "value": value}


def information(name, text="<p>Read this.</p>", condition=ALWAYS):
    value = {"label": name, "text": text, "condition": condition}
    return {"type": "information", "id": ident("item", name), "value": value}


def pick(kind, key, *codes, **fields):
    """Return a choice between codes."""
    choices = [
        {
            "type": "item",
            "id": ident("choice", key, code, str(place)),
            "value": {"code": code, "label": code, "help": ""},
        }
        for place, code in enumerate(codes)
    ]
    return item(kind, key, choices=choices, **fields)


def step(key, *items, condition=ALWAYS, block=""):
    value = {"key": key, "title": f"Step {key}", "short": key, "intro": "", "condition": condition}
    return {"type": "step", "id": block or ident("step", key), "value": {**value, "items": list(items)}}


def usual():
    """Return two steps with a question that some people see."""
    return [
        step(
            "applicant",
            item("short_text", "name", role="person_name", pii="personal"),
            item("email", "email"),
        ),
        step(
            "project",
            item("short_text", "title", role="title", help="At most 10 pages."),
            pick("single_choice", "theme", "language", "work"),
            item("yes_no", "partners"),
            item("long_text", "which", condition=only_if(("partners", "eq", "yes"))),
        ),
    ]


def make_definition(*steps, language="ka", unit=None, **fields):
    """Return the draft of a definition."""
    fields = {"code": f"form-{Form.objects.count()}", "kind": "application", **fields}
    form = create_form(
        name=fields.pop("name", "Fund"), unit=unit or UnitFactory(), by=None, language=language, **fields
    )
    definition = form.definitions.get()
    definition.title = "Fund for communities"
    definition.intro = "<p>Have your budget at hand.</p>"
    definition.privacy = "<p>Two people read your answers.</p>"
    definition.steps = list(steps) or usual()
    return definition


def publish(definition, by=None):
    """Publish and return the version in use."""
    return publish_form(definition=definition, by=by)


def submit(definition, *languages):
    """Send a definition to translators; return the translations by language, drafts as yet."""
    source, _created = TranslationSource.update_or_create_from_instance(definition)
    made = {}
    for language in languages:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        made[language] = Translation.objects.get_or_create(source=source, target_locale=locale)[0]
        made[language].save_target(publish=False)
    return made


def translate(translation, *, but=(), go_live=True):
    """Translate every sentence by writing the language before it, save `but`; publish."""
    for segment in translation.source.stringsegment_set.select_related("string"):
        if segment.string.data not in but:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={"data": f"{translation.target_locale.language_code} {segment.string.data}"},
            )
    with TestCase.captureOnCommitCallbacks(execute=True):
        translation.save_target(publish=go_live)
