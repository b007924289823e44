import html5lib
import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from cms.core.fields import DateField
from cms.core.renderer import Form
from cms.core.widgets import Parts


class Probe(Form):
    name = forms.CharField(label="Your name")
    email = forms.EmailField(
        label="E-mail",
        help_text="We send the code there.",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "placeholder": "you@example.org"}),
    )
    story = forms.CharField(label="Your story", max_length=300, widget=forms.Textarea, required=False)
    who = forms.MultipleChoiceField(
        label="Who is it for?",
        choices=[("new", "Newly arrived"), ("back", "Returned")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Several are possible.",
    )
    start = DateField(label="When does it begin?")
    terms = forms.BooleanField(label="I have read the notice")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class Foreign(forms.Form):
    """Stands for a form of another package, with Django's own renderer."""

    login = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"placeholder": "E-mail address"}))


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def parsed(markup):
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parseFragment(str(markup))
    assert parser.errors == []
    return tree


def rendered(template, **context):
    return parsed(Template("{% load look %}" + template).render(Context(context)))


def control(tree, name):
    return next(item for item in tree.iter() if item.get("name") == name)


def by_id(tree, id_):
    found = [item for item in tree.iter() if item.get("id") == id_]
    assert len(found) == 1, id_
    return found[0]


def words(element):
    return " ".join("".join(element.itertext()).split())


def filled(**changes):
    data = {
        "name": "Nino", "email": "nino@example.org", "who": ["new"], "terms": "on",
        "start_day": "1", "start_month": "3", "start_year": "2027",
    }  # fmt: skip
    return data | changes


def test_every_description_that_a_control_names_is_there():
    tree = rendered("{% fields form %}", form=Probe({}))
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    named = " ".join(item.get("aria-describedby") or "" for item in tree.iter()).split()
    assert sorted(set(ids)) == sorted(ids)
    assert set(named) <= set(ids)
    assert "id_email_hint" in named
    assert "id_email_error" in named


def test_label_hint_error_control_stand_in_this_order():
    tree = rendered("{% field form.email %}", form=Probe({}))
    field = tree[0]
    assert field.get("class") == "field wrong"
    assert [child.tag + "." + (child.get("class") or "") for child in field] == [
        "label.",
        "p.hint",
        "p.error",
        "input.input",
    ]
    assert control(tree, "email").get("aria-describedby") == "id_email_hint id_email_error"
    assert control(tree, "email").get("aria-invalid") == "true"


def test_a_control_keeps_its_autocomplete_and_loses_its_placeholder():
    email = control(rendered("{% field form.email %}", form=Probe()), "email")
    assert email.attrib == {
        "type": "email",
        "name": "email",
        "id": "id_email",
        "class": "input",
        "dir": "ltr",
        "maxlength": "320",
        "autocomplete": "email",
        "aria-describedby": "id_email_hint",
    }


def test_only_what_may_stay_empty_is_marked():
    tree = rendered("{% fields form %}", form=Probe())
    assert [words(label) for label in tree.iter("label") if "(optional)" in words(label)] == [
        "Your story (optional)"
    ]


def test_a_long_text_says_how_long_it_may_be():
    tree = rendered("{% field form.story %}", form=Probe())
    assert words(by_id(tree, "id_story_count")) == "At most 300 characters"
    assert control(tree, "story").get("aria-describedby") == "id_story_count"


def test_choices_are_a_group_with_a_legend_and_descriptions():
    tree = rendered("{% field form.who %}", form=Probe({"who": ["new", "nonsense"]}))
    group = tree[0]
    assert group.tag == "fieldset"
    assert group.get("aria-describedby") == "id_who_hint id_who_error"
    assert words(group.find("legend")) == "Who is it for?"
    assert [words(row) for row in group.iter("label")] == ["Newly arrived", "Returned"]
    assert [box.get("checked") is not None for box in group.iter("input")] == [True, False]


def test_hidden_fields_come_first_and_bare():
    tree = rendered("{% fields form %}", form=Probe())
    assert tree[0].attrib == {"type": "hidden", "name": "token", "id": "id_token"}


def test_the_summary_leads_to_the_first_control_of_each_wrong_field():
    tree = rendered(
        "{% error_summary form %}", form=Probe(filled(email="x", who=[], start_day="40", terms=""))
    )
    summary = tree[0]
    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    assert [(link.get("href"), words(link)) for link in summary.iter("a")] == [
        ("#id_email", "Enter a valid email address."),
        ("#id_who_0", "Please answer: Who is it for?"),
        ("#id_start_day", "This date does not exist: check day, month and year"),
        ("#id_terms", "Please tick: I have read the notice"),
    ]


def test_links_of_the_summary_find_their_controls():
    form = Probe({})
    tree = rendered("{% error_summary form %}{% fields form %}", form=form)
    for link in tree.iter("a"):
        assert by_id(tree, link.get("href").removeprefix("#")).tag in {"input", "textarea"}


def test_the_summary_says_the_same_words_as_the_field():
    tree = rendered("{% error_summary form %}{% fields form %}", form=Probe({}))
    in_summary = [words(link) for link in tree.iter("a")]
    at_fields = [words(item) for item in tree.iter("p") if item.get("class") == "error"]
    assert sorted(in_summary) == sorted(at_fields)


def test_errors_without_a_field_are_told_but_are_no_links():
    form = Probe(filled())
    form.add_error(None, "The call has closed")
    tree = rendered("{% error_summary form %}", form=form)
    assert [words(item) for item in tree.iter("li")] == ["The call has closed"]
    assert list(tree.iter("a")) == []


@pytest.mark.parametrize("form", [Probe(), Probe(filled()), None])
def test_no_summary_without_errors(form):
    assert list(rendered("{% error_summary form %}", form=form)) == []


def test_a_form_of_another_package_looks_like_ours():
    tree = rendered("{% error_summary form %}{% fields form %}", form=Foreign({"login": "x"}))
    login = control(tree, "login")
    assert login.get("class") == "input"
    assert login.get("placeholder") is None
    assert login.get("aria-describedby") == "id_login_error"
    assert words(by_id(tree, "id_login_error")) == "Enter a valid email address."
    assert next(tree.iter("a")).get("href") == "#id_login"


def test_our_form_prints_itself_with_summary_and_fields():
    tree = parsed(Probe({}))
    assert tree[0].get("class") == "summary"
    assert control(tree, "name").get("class") == "input"


def test_what_was_typed_is_escaped():
    form = Probe(filled(name='"><script>alert(1)</script>', start_day='"><b>'))
    tree = rendered("{% error_summary form %}{% fields form %}", form=form)
    assert list(tree.iter("script")) == []
    assert list(tree.iter("b")) == []
    assert control(tree, "name").get("value") == '"><script>alert(1)</script>'


# --- A date in three boxes --------------------------------------------------------------------


class Birthday(Form):
    born = DateField(label="Born", required=False, widget=DateField.widget(attrs={"autocomplete": "bday"}))


def born(day="", month="", year=""):
    return Birthday({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("1", "3", "2027"), "2027-03-01"),
        (("01", "03", "2027"), "2027-03-01"),
        ((" 29 ", "2", "2028"), "2028-02-29"),
        (("٢٩", "٢", "٢٠٢٨"), "2028-02-29"),
    ],
)
def test_a_date_is_understood(typed, expected):
    form = born(*typed)
    assert form.is_valid()
    assert form.cleaned_data["born"].isoformat() == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("29", "2", "2027"), "invalid"),
        (("0", "1", "2027"), "invalid"),
        (("1", "13", "2027"), "invalid"),
        (("1", "1", "0000"), "invalid"),
        (("-1", "1", "2027"), "invalid"),
        (("1", "1", "1_0_0"), "invalid"),
        (("²", "1", "2027"), "invalid"),
        (("1", "1", "9" * 10_000), "invalid"),
        (("1", "1", "27"), "year"),
        (("1", "1", ""), "incomplete"),
        (("", "", "2027"), "incomplete"),
        (("1\ufffd", "1", "2027"), "invalid"),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_and_kept(typed, code):
    form = born(*typed)
    assert [error.code for error in form.errors["born"].as_data()] == [code]
    assert form["born"].value() == Parts(*typed)
    boxes = parsed(form["born"].as_field_group()).iter("input")
    assert all(box.get("aria-invalid") == "true" for box in boxes)


def test_a_nul_is_no_digit_and_does_not_come_back():
    form = born("1\x00", "1", "2027")
    assert not form.is_valid()
    assert control(parsed(form["born"].as_field_group()), "born_day").get("value") == "1\ufffd"


def test_three_empty_boxes_are_no_answer():
    form = born()
    assert form.is_valid()
    assert form.cleaned_data["born"] is None
    assert not form.has_changed()


def test_each_box_has_its_label_and_its_part_of_the_birthday():
    tree = rendered("{% field form.born %}", form=Birthday(initial={"born": DateField().clean("2001-02-03")}))
    boxes = list(tree.iter("input"))
    assert [(box.get("id"), box.get("value"), box.get("autocomplete")) for box in boxes] == [
        ("id_born_day", "3", "bday-day"),
        ("id_born_month", "2", "bday-month"),
        ("id_born_year", "2001", "bday-year"),
    ]
    assert {label.get("for") for label in tree.iter("label")} == {box.get("id") for box in boxes}
    assert {box.get("inputmode") for box in boxes} == {"numeric"}


def test_an_unchanged_date_counts_as_unchanged():
    data = {"born_day": "3", "born_month": "02", "born_year": "2001"}
    initial = {"born": DateField().clean("2001-02-03")}
    assert not Birthday(data, initial=initial).has_changed()
    assert Birthday(data | {"born_day": "4"}, initial=initial).has_changed()
