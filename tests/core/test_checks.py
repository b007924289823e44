import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings as real
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Page

from cms import checks

REAL_SITE = {
    "SECRET_KEY": "kSf8a2Lq0Zt5Xw9Rb3Yn7Vc1Md6Pj4Gh_aEoIuTsLkJhGfDsAqW",
    "SITE_URL": "https://khidi.example",
    "SMTP_URL": "smtp+tls://office:word@mail.khidi.example:587",
    "DATABASE_URL": "sqlite:////nonexistent/khidi.sqlite3",
}


def run(*arguments, **variables):
    """Run Python or a command with production settings and nothing else in the environment."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        **REAL_SITE,
        **variables,
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=real.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )


def test_production_is_clean():
    found = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is missing or shorter"),
        ({"SITE_URL": "http://khidi.example"}, "SITE_URL must be"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
    ],
)
def test_a_bad_setting_is_said_in_one_line(variables, said):
    found = run("manage.py", "check", **variables)

    assert found.returncode == 1
    assert found.stderr.startswith("Khidi cannot start: ")
    assert said in found.stderr
    assert found.stderr.count("\n") == 1


def test_cookies_are_strict_and_the_proxy_is_named():
    show = (
        "from django.conf import settings as s; import django; django.setup();"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        "s.SESSION_COOKIE_DOMAIN, s.SESSION_COOKIE_PATH, s.SECURE_PROXY_SSL_HEADER, s.ALLOWED_HOSTS)"
    )
    found = run("-c", show, PROXY_SSL_HEADER="X-Forwarded-Proto")

    assert found.stdout.strip() == (
        "__Host-session __Host-csrf True True None / ('HTTP_X_FORWARDED_PROTO', 'https') ['khidi.example']"
    )


SLIPPED_IN = (
    "import sys, types; import cms.settings.production as base;"
    "derived = types.ModuleType('derived'); vars(derived).update(vars(base));"
    "derived.INSTALLED_APPS = ['cms.demo', *base.INSTALLED_APPS]; derived.DEMO = {demo};"
    "sys.modules['derived'] = derived; import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'derived';"
    "import django; django.setup()"
)


@pytest.mark.parametrize("demo", [True, False])
def test_no_process_starts_with_production_settings_and_the_demonstration(demo):
    found = run("-c", SLIPPED_IN.format(demo=demo))

    assert found.returncode == 1
    assert "cms.demo lets anybody in" in found.stderr


@pytest.mark.parametrize(
    ("production", "demo", "installed", "refused"),
    [
        (True, True, True, True),
        (True, False, True, True),
        (True, True, False, True),
        (False, False, True, True),
        (True, False, False, False),
        (False, True, True, False),
        (False, False, False, False),
    ],
)
def test_where_the_demonstration_may_be(settings, monkeypatch, production, demo, installed, refused):
    settings.PRODUCTION, settings.DEMO = production, demo
    monkeypatch.setattr(apps, "is_installed", lambda _name: installed)

    assert [message.id for message in checks.check_demo(None)] == (["khidi.E001"] if refused else [])
    if refused:
        with pytest.raises(ImproperlyConfigured):
            checks.refuse_demo()
    else:
        checks.refuse_demo()


# --- House rules -------------------------------------------------------------------------------


def test_our_rooms_keep_the_rules():
    assert checks.check_rooms(None) == []


def room(*found, name="cms.news", label="cms_news"):
    return SimpleNamespace(name=name, label=label, get_models=lambda: found)


def named(rooms):
    return [message.id for message in checks.check_rooms(rooms)]


def test_a_label_without_prefix_is_refused():
    assert named([room(label="news")]) == ["khidi.E002"]
    assert named([room(name="wagtail.users", label="wagtailusers")]) == []


def fake(name, *bases, module="cms.news.models", fields=(), **attributes):
    """Make a class that looks like a model of a room, without registering one."""
    meta = SimpleNamespace(local_fields=fields)
    return type(name, bases or (object,), {"__module__": module, "_meta": meta, **attributes})


class Anywhere:
    """Stands in for Page, whose metaclass would register a model."""


def test_a_page_that_fits_anywhere_is_refused(monkeypatch):
    monkeypatch.setattr(checks, "Page", Anywhere)
    mixin = fake("Mixin", parent_page_types=[], module="cms.core.pages")

    assert named([room(fake("Loose", Anywhere))]) == ["khidi.E003"]
    assert named([room(fake("Bound", Anywhere, parent_page_types=[]))]) == []
    assert named([room(fake("Inherits", mixin, Anywhere))]) == []
    assert "parent_page_types" not in vars(Page) or Page.__module__.startswith("wagtail")


def test_a_stream_field_with_its_blocks_in_migrations_is_refused():
    stream, text = StreamField([], name="body"), models.TextField(name="lead")

    assert named([room(fake("Story", fields=[stream, text]))]) == ["khidi.E004"]
