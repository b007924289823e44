import pytest
from django.core.exceptions import ImproperlyConfigured

from cms.jobs import registry
from cms.jobs.enums import Lane


def nothing(**_args):
    pass


def test_a_second_handler_of_a_kind_is_refused(handle):
    handle("test.note", nothing)
    with pytest.raises(ImproperlyConfigured, match=r"Two handlers .*'test.note'"):
        registry.handles("test.note", lane=Lane.NOW)(print)


def test_importing_a_module_twice_is_fine(handle):
    handle("test.note", nothing)
    assert registry.handles("test.note", lane=Lane.NOW)(nothing) is nothing


def test_arguments_of_each_older_version_are_brought_up(handle):
    seen = []

    def name_language(args):
        return {"language": args["lang"]}

    def add_unit(args):
        return {**args, "unit_id": None}

    handle("test.note", lambda **args: seen.append(args), upcasters=(name_language, add_unit))
    handler = registry.handler_of("test.note")
    assert handler.version == 3
    handler.run({"lang": "ka"}, version=1)
    handler.run({"language": "ka"}, version=2)
    handler.run({"language": "ka", "unit_id": 4}, version=3)
    assert seen == [
        {"language": "ka", "unit_id": None},
        {"language": "ka", "unit_id": None},
        {"language": "ka", "unit_id": 4},
    ]


def test_what_is_unknown_has_no_handler():
    assert registry.handler_of("test.unheard_of") is None
    assert "test.unheard_of" not in registry.known_kinds()
