"""Light, dark, text only: the visitor's choice, kept in two cookies without an account."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.codes import Codes
from cms.core.renderer import Form

ONE_YEAR = 365 * 24 * 60 * 60


class Theme(Codes):
    """Colours: as the device says, or one of both."""

    DEVICE = "device", _("As my device is set")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Mode(Codes):
    """Everything, or text only: no drawing, no font, for slow lines and old devices."""

    FULL = "full", _("Everything")
    TEXT = "text", _("Text only, for slow connections")


CHOICES: dict[str, type[Codes]] = {"theme": Theme, "mode": Mode}
"""Name of the cookie → its codes; the first code is the default and needs no cookie."""

KEPT = {name: frozenset(codes.values[1:]) for name, codes in CHOICES.items()}
"""Name of the cookie → what may stand in it. Asked for every page, so made once."""


class DisplayForm(Form):
    """The choice; `next` is the page to go back to."""

    theme = forms.ChoiceField(label=_("Colours"), choices=Theme.options, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("What pages show"), choices=Mode.options, widget=forms.RadioSelect)
    next = forms.Field(required=False, widget=forms.HiddenInput)


def chosen(request: HttpRequest) -> dict[str, str]:
    """Return theme and mode from the cookies, only where they differ from the default."""
    return {name: code for name, codes in KEPT.items() if (code := request.COOKIES.get(name)) in codes}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Show the choice, keep it, and lead back to the page the visitor came from."""
    if request.method != "POST":
        defaults = {name: codes.values[0] for name, codes in CHOICES.items()}
        back = _inside(request, request.GET.get("next", ""))
        form = DisplayForm(initial={**defaults, **chosen(request), "next": back})
        return render(request, "display.html", {"form": form, "back_url": back})
    form = DisplayForm(request.POST)
    back = _inside(request, request.POST.get("next", ""))
    if not form.is_valid():
        return render(request, "display.html", {"form": form, "back_url": back})
    response = redirect(back)
    for name, codes in CHOICES.items():
        code = form.cleaned_data[name]
        if code == codes.values[0]:
            response.delete_cookie(name, samesite="Lax")
        else:
            # Not HttpOnly: the script applies the choice to cached pages.
            response.set_cookie(name, code, max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure())
    return response


def _inside(request: HttpRequest, address: str) -> str:
    """Return an address of this site, never another's; home in the current language without one."""
    inside = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if inside and address.startswith("/") else reverse("wagtail_serve", args=[""])
