"""Texts of forms in the admin: whose they are, through every door, and what publishing says."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.accounts.domain.sync_rights import sync_rights
from cms.accounts.enums import Role
from cms.forms.admin.definitions import DefinitionViewSet
from cms.forms.models import Form, FormDefinition
from tests.accounts.factories import UnitFactory, person_with
from tests.forms.definition.building import item, make_definition, publish, step, submit, translate, usual
from tests.forms.factories import make_draft
from tests.pages.editing import speak
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db

NAMESPACE = "wagtailsnippets_cms_forms_formdefinition"
TITLE = "Zviadi Private"
FOREIGN = "Fund of others"


def staff(role=Role.OFFICER, unit=None, language="en"):
    """Return the browser of somebody who works in a unit."""
    person = person_with(role, unit or UnitFactory())
    sync_rights(person)
    client = sign_in(Client(), person)
    client.person = person
    return speak(client, language)


def url(name, *args):
    return reverse(f"{NAMESPACE}:{name}", args=args)


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def definition(unit):
    """A published form whose name says that it is nobody else's business."""
    definition = make_definition(unit=unit, name=TITLE)
    definition.title = TITLE
    publish(definition)
    return FormDefinition.objects.get(pk=definition.pk)


def fields_of(definition, *, steps=None):
    """Return the form as the editor sends it."""
    block = FormDefinition._meta.get_field("steps").stream_block
    value = block.to_python(steps) if steps is not None else definition.steps
    return {
        "title": definition.title,
        "minutes": "30",
        "intro": rich(definition.intro),
        "privacy": rich(definition.privacy),
        **posted("steps", block, value),
    }


def rich(html):
    """Return the content of Draftail for one paragraph."""
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter  # noqa: PLC0415 - heavy

    return ContentstateConverter(["bold", "ul", "ol", "link"]).from_database_format(str(html))


def posted(name, block, value):
    """Return what the browser sends for a block."""
    from wagtail import blocks  # noqa: PLC0415 - as above

    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        fields = {f"{name}-count": str(len(children))}
        for place, child in enumerate(children):
            head = f"{name}-{place}"
            fields |= {f"{head}-order": str(place), f"{head}-deleted": "", f"{head}-id": child.id or ""}
            fields |= {f"{head}-type": getattr(child, "block_type", "item")}
            fields |= posted(f"{head}-value", child.block, child.value)
        return fields
    if hasattr(block, "child_blocks"):
        return {
            key: text
            for part, child in block.child_blocks.items()
            for key, text in posted(f"{name}-{part}", child, value[part]).items()
        }
    if isinstance(block, blocks.RichTextBlock):
        return {name: rich(value.source)}
    if isinstance(block, blocks.BooleanBlock):
        return {name: "on"} if value else {}
    return {name: "" if value is None else value}


# --- Whose it is ------------------------------------------------------------------------------


def object_urls(definition):
    """Return every address of the viewset that leads to one text."""
    revision = definition.latest_revision_id
    arguments = {
        "revisions_view": (definition.pk, revision),
        "revisions_revert": (definition.pk, revision),
        "revisions_compare": (definition.pk, "earliest", "latest"),
    }
    patterns = [each for each in DefinitionViewSet().get_urlpatterns() if each.pattern.regex.groups]
    return [url(each.name, *arguments.get(each.name, (definition.pk,))) for each in patterns]


def test_another_unit_finds_nothing_behind_any_address(definition):
    stranger = staff()
    addresses = object_urls(definition)
    assert len(addresses) >= 9
    for address in addresses:
        assert stranger.get(address).status_code == 404, address
        assert stranger.post(address, {}).status_code == 404, address


def test_lists_hold_the_own_alone(definition):
    own = make_definition(unit=UnitFactory(), name=FOREIGN)
    stranger = staff(unit=own.form.unit)
    for name in ("list", "list_results"):
        content = stranger.get(url(name)).content.decode()
        assert FOREIGN in content
        assert TITLE not in content
        assert TITLE not in stranger.get(url(name), {"q": "Zviadi"}).content.decode()


def test_choosers_and_bulk_actions_show_nothing(definition):
    for client in (staff(), staff(Role.ADMIN), staff(unit=definition.form.unit)):
        bulk = reverse("wagtail_bulk_action", args=["cms_forms", "formdefinition", "delete"])
        for query in ({"id": definition.pk}, {"id": "all"}):
            assert client.get(bulk, query).status_code == 404
            assert client.post(f"{bulk}?id={definition.pk}", {}).status_code == 404
        assert client.get("/admin/snippets/choose/cms_forms/formdefinition/").status_code == 404
    assert FormDefinition.objects.count() == 1


def test_nobody_deletes_adds_or_unpublishes(definition):
    officer = staff(unit=definition.form.unit)
    for address in (url("delete", definition.pk), url("add")):
        assert officer.get(address).status_code in {302, 403, 404}
        assert officer.post(address, {}).status_code in {302, 403, 404}
    assert officer.get(f"{url('list')}unpublish/{definition.pk}/").status_code == 404
    page = officer.get(url("edit", definition.pk)).content.decode()
    assert "unpublish" not in page
    definition.refresh_from_db()
    assert definition.live


def doors_of(translation):
    """Return wagtail-localize's addresses of a translation."""
    segment = translation.source.stringsegment_set.first().pk
    named = "wagtail_localize:"
    return [
        reverse(f"{named}edit_string_translation", args=[translation.pk, segment]),
        reverse(f"{named}download_pofile", args=[translation.pk]),
        reverse(f"{named}upload_pofile", args=[translation.pk]),
        reverse(f"{named}machine_translate", args=[translation.pk]),
        reverse(f"{named}preview_translation", args=[translation.pk]),
        reverse(f"{named}stop_translation", args=[translation.pk]),
        reverse(f"{named}update_translations", args=[translation.source_id]),
        reverse(
            f"{named}submit_snippet_translation",
            args=["cms_forms", "formdefinition", translation.source.get_source_instance().pk],
        ),
        reverse(
            f"{named}snippets_api_detail",
            args=["cms_forms", "formdefinition", translation.get_target_instance().pk],
        ),
        reverse("translations:detail", args=[translation.pk]),
    ]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.ADMIN])
def test_the_doors_of_translations_are_closed_to_other_units(definition, role):
    translation = submit(definition, "it")["it"]
    stranger = staff(role)
    for address in doors_of(translation):
        assert stranger.get(address).status_code in {404, 405}, address
        assert stranger.post(address, {"value": "x"}).status_code in {404, 405}, address
        assert stranger.put(address, {"value": "x"}).status_code in {404, 405}, address
    assert not StringTranslation.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.EDITOR, Role.ADMIN])
def test_reports_tell_nothing_of_other_units(definition, role):
    submit(definition, "it")
    stranger = staff(role)
    for address in (
        reverse("wagtail_localize:translations_report"),
        reverse("wagtail_localize:translations_report_results"),
        reverse("wagtail_localize:snippets_api_listing", args=["cms_forms", "formdefinition"]),
        reverse("translations:index"),
    ):
        assert TITLE not in stranger.get(address).content.decode(), address


def test_editors_write_translations_and_not_the_questions(definition):
    translation = submit(definition, "it")["it"]
    editor = staff(Role.EDITOR, definition.form.unit)
    italian = translation.get_target_instance()
    assert editor.get(url("edit", definition.pk)).status_code == 404
    assert editor.post(url("edit", definition.pk), fields_of(definition)).status_code == 404
    assert editor.get(url("edit", italian.pk)).status_code == 200
    listed = [row.pk for row in editor.get(url("list")).context["object_list"]]
    assert listed == [italian.pk]
    assert editor.get(reverse("translations:index")).status_code == 200
    translate(translation, go_live=False)
    answer = editor.post(url("edit", italian.pk), {"action": "publish"})
    assert answer.status_code == 302
    italian.refresh_from_db()
    assert italian.live


def test_officers_send_their_forms_to_translators(definition):
    officer = staff(unit=definition.form.unit)
    address = reverse(
        "wagtail_localize:submit_snippet_translation", args=["cms_forms", "formdefinition", definition.pk]
    )
    locale, _created = Locale.objects.get_or_create(language_code="it")
    assert officer.get(address).status_code == 200
    assert officer.post(address, {"locales": [locale.pk]}).status_code == 302
    italian = FormDefinition.objects.get(locale=locale)
    assert not italian.live
    assert officer.get(url("edit", italian.pk)).status_code == 200


@pytest.mark.parametrize("role", [Role.APPROVER, Role.REVIEWER, Role.HELPER])
def test_other_roles_have_no_business_here(definition, role):
    person = staff(role, definition.form.unit)
    assert person.get(url("list")).status_code in {302, 403, 404}
    assert person.get(url("edit", definition.pk)).status_code == 404


# --- Listing, editing, publishing -------------------------------------------------------------


def test_the_list_costs_the_same_for_three_rows_and_for_sixty(unit):
    from django.db import connection  # noqa: PLC0415 - only here
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - only here

    officer = staff(unit=unit)
    counts = []
    for more in (3, 57):
        for _ in range(more):
            make_definition(unit=unit)
        officer.get(url("list"))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert officer.get(url("list")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_publishing_in_the_editor_makes_a_version(definition):
    officer = staff(unit=definition.form.unit)
    steps = usual()
    steps[0]["value"]["items"].append(item("phone", "phone", pii="personal"))
    answer = officer.post(
        url("edit", definition.pk), {**fields_of(definition, steps=steps), "action-publish": "1"}, follow=True
    )
    form = Form.objects.get()
    assert form.current.number == 2, errors(answer)
    assert form.current.created_by == officer.person
    text = answer.content.decode()
    assert "Version 2 is in use. New: phone." in text


def test_a_draft_may_have_any_fault_and_changes_nothing_for_people(definition):
    officer = staff(unit=definition.form.unit)
    steps = [step("one", item("email", "name", role="phone"))]
    answer = officer.post(url("edit", definition.pk), fields_of(definition, steps=steps))
    assert answer.status_code == 302, errors(answer)
    assert Form.objects.get().current.number == 1


def errors(answer):
    """Return what is wrong with the form that came back."""
    form = (answer.context or {}).get("form")
    return form and [
        error.as_json_data() if hasattr(error, "as_json_data") else error
        for errors in form.errors.as_data().values()
        for error in errors
    ]


def test_a_fault_is_shown_at_its_field_and_nothing_goes_live(definition):
    officer = staff(unit=definition.form.unit)
    steps = usual()
    steps[1]["value"]["items"][3]["value"]["condition"]["conditions"][0]["key"] = "partner"
    steps[0]["value"]["items"][1]["value"]["care"]["role"] = "phone"
    answer = officer.post(
        url("edit", definition.pk), {**fields_of(definition, steps=steps), "action-publish": "1"}
    )
    assert answer.status_code == 200
    (found,) = answer.context["form"].errors.as_data()["steps"]
    data = found.as_json_data()["blockErrors"]
    care = data[0]["blockErrors"]["items"]["blockErrors"][1]["blockErrors"]["care"]
    assert "cannot be" in str(care["blockErrors"]["role"])
    condition = data[1]["blockErrors"]["items"]["blockErrors"][3]["blockErrors"]["condition"]
    assert "no question" in str(
        condition["blockErrors"]["conditions"]["blockErrors"][0]["blockErrors"]["key"]
    )
    assert Form.objects.get().current.number == 1


def test_privacy_is_asked_for_beside_its_field(definition):
    officer = staff(unit=definition.form.unit)
    data = {**fields_of(definition), "privacy": rich("<p></p>"), "action-publish": "1"}
    answer = officer.post(url("edit", definition.pk), data)
    assert "privacy" in answer.context["form"].errors


def test_forty_questions_open_save_and_publish(unit):
    steps = [
        step(f"s{n}", *(item("short_text", f"q{n}_{m}", label="Question") for m in range(5)))
        for n in range(8)
    ]
    definition = make_definition(*steps, unit=unit)
    definition.save()
    definition.save_revision()
    officer = staff(unit=unit)
    assert officer.get(url("edit", definition.pk)).status_code == 200
    data = fields_of(definition)
    assert len(data) > 600
    answer = officer.post(url("edit", definition.pk), data)
    assert answer.status_code == 302, errors(answer)
    answer = officer.post(url("edit", definition.pk), {**data, "action-publish": "1"})
    assert answer.status_code == 302, errors(answer)
    assert sum(len(part["items"]) for part in Form.objects.get().current.structure["steps"]) == 40


def test_the_editor_says_what_people_in_the_middle_of_it_will_see(definition):
    officer = staff(unit=definition.form.unit)
    first = definition.form.current
    page = officer.get(url("edit", definition.pk)).content.decode()
    assert "Nobody is filling it in now." in page
    make_draft_of(first, definition.form)
    page = officer.get(url("edit", definition.pk)).content.decode()
    assert "1 person is filling it in now." in page
    steps = usual()
    del steps[1]["value"]["items"][3]
    answer = officer.post(
        url("edit", definition.pk), {**fields_of(definition, steps=steps), "action-publish": "1"}, follow=True
    )
    assert "Gone: which. 1 draft that was begun before keeps its questions." in answer.content.decode()


def make_draft_of(version, form):
    from tests.forms.factories import make_call  # noqa: PLC0415 - only here

    form.refresh_from_db()
    return make_draft(make_call(form=form), version=version)


@pytest.mark.parametrize("language", ["ka", "it", "de"])
def test_the_editor_opens_in_every_language(definition, language):
    officer = staff(unit=definition.form.unit, language=language)
    with override(language):
        assert officer.get(url("edit", definition.pk)).status_code == 200
        assert officer.get(url("list")).status_code == 200


@pytest.mark.parametrize("address", ["", "results/", "?export=csv"])
def test_the_history_of_the_site_names_no_text_of_others(unit, definition, address):
    own, others = (
        read(staff(unit=where).get(f"/admin/reports/site-history/{address}")) for where in (unit, None)
    )
    assert TITLE.encode() in own
    assert TITLE.encode() not in others


def read(response):
    return b"".join(response.streaming_content) if response.streaming else response.content
