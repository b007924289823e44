from copy import deepcopy

from cms.forms.definition.compare import compare
from tests.forms.factories import equals, short_text, step, yes_no

OLD = {"steps": [step("one", short_text("name"), yes_no("partners")), step("two", short_text("title"))]}


def changed(change):
    new = deepcopy(OLD)
    change(new["steps"])
    return compare(OLD, new)


def test_the_same_is_no_difference_whatever_its_paths():
    def imported(steps):
        steps[0]["path"] = "steps.new"
        steps[0]["items"][0]["path"] = "items.new"

    assert not compare(OLD, OLD)
    assert not changed(imported)


def test_what_came_and_what_went_is_named():
    def replaced(steps):
        steps[1]["items"] = [short_text("heading")]

    found = changed(replaced)
    assert (found.added, found.removed, found.changed, found.moved) == (("heading",), ("title",), (), False)


def test_what_is_asked_in_another_way_is_named():
    def shorter(steps):
        steps[1]["items"][0]["max_characters"] = 50

    assert changed(shorter).changed == ("title",)


def test_another_order_is_a_difference():
    assert changed(lambda steps: steps[0]["items"].reverse()).moved
    assert changed(lambda steps: steps.reverse()).moved
    assert changed(lambda steps: steps[1].update(condition=equals("partners", value=True))).moved
