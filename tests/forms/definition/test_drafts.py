"""Drafts and a form that changes under them: the questions stay, the words follow."""

import pytest
from django.utils.translation import override

from cms.core import clock
from cms.forms.journey import Journey
from cms.forms.models import FormDefinition, FormVersion
from cms.forms.questions import Surroundings
from tests.forms.definition.building import item, make_definition, publish, submit, translate, usual
from tests.forms.factories import make_call, make_draft

pytestmark = pytest.mark.django_db


def asked(draft):
    """Return key → words of what a draft asks."""
    with override(draft.language):
        journey = Journey(draft, surroundings=Surroundings(today=clock.today()))
        return {each.key: (each.label, each.help) for step in journey.steps for each in step.items}


def republish(definition, change):
    steps = usual()
    change(steps)
    definition = FormDefinition.objects.get(pk=definition.pk)
    definition.steps = steps
    return publish(definition)


def test_a_draft_keeps_its_questions_and_follows_mended_words_and_translations():
    definition = make_definition()
    first = publish(definition)
    definition.form.refresh_from_db()
    call = make_call(form=definition.form)
    draft, italian = make_draft(call, version=first), make_draft(call, version=first, language="it")

    def mended(steps):
        steps[1]["value"]["items"][0]["value"]["help"] = "At most 5 pages."

    republish(definition, mended)
    translate(submit(FormDefinition.objects.get(pk=definition.pk), "it")["it"])
    assert asked(draft)["title"] == ("title?", "At most 5 pages.")
    assert asked(italian)["title"] == ("it title?", "it At most 5 pages.")

    def extended(steps):
        steps[0]["value"]["items"].append(item("phone", "phone", pii="personal"))
        steps[1]["value"]["items"][0]["value"]["help"] = "At most 3 pages."

    newest = republish(definition, extended)
    assert "phone" not in asked(draft)
    assert asked(draft)["title"] == ("title?", "At most 5 pages.")
    assert "phone" in asked(make_draft(call, version=newest))
    assert FormVersion.objects.count() == 4
