import base64
import hashlib
import re
from pathlib import Path

import pytest
import wagtail_localize
from csp.decorators import csp_exempt
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.template import Template
from django.template.context import Context
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

from cms.core.admin.csp import LOCALIZE_SCRIPTS, PolicyMiddleware, mark

INLINE = re.compile(r"<script(?![^>]*(?:src=|json))[^>]*>(.*?)</script>", re.DOTALL)


def policy(path, **headers):
    request = RequestFactory().get(path)
    response = PolicyMiddleware(lambda _request: HttpResponse(headers=headers))(request)
    return dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))


def test_the_public_policy_is_strict():
    found = policy("/ka/")

    assert found["script-src"] == found["style-src"] == found["default-src"] == "'self'"
    assert found["object-src"] == found["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(found)


def test_the_admin_adds_two_hashes_and_inline_styles_only():
    found = policy("/admin/pages/")

    assert found["script-src"].split() == ["'self'", *LOCALIZE_SCRIPTS]
    assert found["style-src"] == "'self' 'unsafe-inline'"
    assert found["frame-ancestors"] == "'self'"
    assert found["default-src"] == "'self'"


def test_a_preview_in_the_admin_may_be_framed_whatever_the_page_says():
    inner = {"Content-Security-Policy": "frame-ancestors 'none'"}

    assert policy("/admin/pages/3/edit/preview/", **inner) == policy("/admin/")
    assert policy("/ka/", **inner) == {"frame-ancestors": "'none'"}


def test_an_exempt_view_keeps_the_policy_it_sets_itself():
    @csp_exempt()
    def view(_request):
        return HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})

    response = PolicyMiddleware(view)(RequestFactory().get("/admin/messages/preview/"))

    assert response["Content-Security-Policy"] == "default-src 'none'"


def test_a_path_that_only_looks_like_the_admin_gets_nothing():
    assert policy("/ka/admin/") == policy("/administration/") == policy("/ka/")


def test_the_hashes_are_those_of_the_installed_wagtail_localize():
    folder = Path(wagtail_localize.__file__).parent / "templates" / "wagtail_localize" / "admin"
    hashes = []
    for name in ("submit_translation.html", "edit_translation.html"):
        (script,) = INLINE.findall((folder / name).read_text())
        shown = Template(script).render(Context())
        digest = base64.b64encode(hashlib.sha256(shown.encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    assert tuple(hashes) == LOCALIZE_SCRIPTS


@pytest.mark.django_db
@pytest.mark.parametrize(
    "widget",
    [
        AdminDateInput,
        AdminTimeInput,
        AdminDateTimeInput,
        AdminPageChooser,
        AdminImageChooser,
        AdminDocumentChooser,
        AdminTaskChooser,
    ],
)
def test_widgets_come_without_inline_script(widget):
    html = widget().render("field", None, {"id": 'id_"<field>'})

    assert "<script" not in html
    assert "data-init=" in html
    assert '"<field>' not in html


def test_a_mark_carries_the_call():
    assert mark('new Chooser("id", {"a": "</script>"});') == (
        '<span hidden data-init="Chooser" '
        'data-args="[&quot;id&quot;, {&quot;a&quot;: &quot;&lt;/script&gt;&quot;}]" data-new></span>'
    )
    assert mark('start("id");') == '<span hidden data-init="start" data-args="[&quot;id&quot;]"></span>'


@pytest.mark.parametrize("script", ["", "a(1); b(2);", "a(document);", "var a = 1;", "a.b(1);"])
def test_any_other_script_is_refused(script):
    with pytest.raises(ImproperlyConfigured):
        mark(script)


def test_the_chooser_needs_an_id():
    with pytest.raises(KeyError):
        AdminPageChooser().render("field", None)


def test_no_other_template_of_the_admin_has_an_inline_script():
    """What we override or hash is all there is; an upgrade that adds one is seen here."""
    found = {
        path.relative_to(folder).as_posix()
        for config in apps.get_app_configs()
        if config.name.startswith(("wagtail", "cms", "search"))
        for folder in [Path(config.path) / "templates"]
        for path in folder.rglob("*.html")
        if INLINE.search(path.read_text())
    }
    assert found == {
        "wagtailadmin/panels/inline_panel.html",
        "wagtailadmin/panels/multiple_chooser_panel.html",
        "wagtailadmin/widgets/date_input.html",
        "wagtailadmin/widgets/datetime_input.html",
        "wagtailadmin/widgets/time_input.html",
        "wagtail_localize/admin/edit_translation.html",
        "wagtail_localize/admin/submit_translation.html",
    }


def test_inline_panels_come_without_script():
    panel = {"formset": {"prefix": "links"}}
    for name in ("inline_panel", "multiple_chooser_panel"):
        html = render_to_string(
            f"wagtailadmin/panels/{name}.html",
            {"self": panel, "options_json": '{"a": "b"}', "chooser_widget_definition": {}},
        )
        assert not INLINE.search(html)
        assert 'data-args="[{&quot;a&quot;: &quot;b&quot;}]" data-new' in html
