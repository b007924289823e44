"""One message: facts, preview, and what can be done."""

from functools import cached_property
from typing import Any

from csp.decorators import csp_exempt
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.widgets.button import HeaderButton

from cms.core.languages import direction, own_name
from cms.messages import policy
from cms.messages.domain.preview import HiddenError, preview
from cms.messages.html import style_source
from cms.messages.models import Message


class MessageInspect(InspectView):
    """The page of a message or a call task."""

    template_name = "messages/admin/inspect.html"
    preview_url_name = ""

    def get_page_subtitle(self) -> str:
        """Return the title that staff may see."""
        return str(self.object.title)

    def get_language_display_value(self) -> str:
        """Return the language's own name."""
        return own_name(self.object.language)

    def get_about_display_value(self) -> str:
        """Return what it is about, in words."""
        return str(self.object.about or "")

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Leave out what this message does not have."""
        return [field for field in super().get_fields_context() if field["value"] not in (None, "")]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Offer what this person may do now."""
        user, message = self.request.user, self.object
        offers = [
            (policy.can_resend(user, message), "messages:resend", _("Send again"), "mail"),
            (policy.can_bounce(user, message), "messages:bounced", _("It came back"), "warning"),
            (policy.can_call(user, message), "calls:reached", _("Reached"), "check"),
            (policy.can_call(user, message), "calls:missed", _("Not reached"), "history"),
            (policy.can_call(user, message), "calls:given_up", _("Give up"), "cross"),
        ]
        return [
            HeaderButton(label, url=reverse(name, args=(message.pk,)), icon_name=icon)
            for allowed, name, label, icon in offers
            if allowed
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the preview, or nothing for a secret message."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        message: Message = self.object
        context["direction"] = direction(message.language)
        if not message.secret:
            context["preview_url"] = reverse(self.preview_url_name, args=(message.pk,))
        return context


@method_decorator([never_cache, xframe_options_sameorigin, csp_exempt()], name="dispatch")
class PreviewView(BaseObjectMixin, View):
    """The mail as its recipient sees it, in a frame that runs nothing and loads nothing."""

    model = Message
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002 - Django's signature
        """Answer with the mail; a secret one is not there."""
        try:
            response = HttpResponse(preview(message=self.object))
        except HiddenError as error:
            raise Http404 from error
        response["Content-Security-Policy"] = (
            f"default-src 'none'; style-src {style_source()}; frame-ancestors 'self'; sandbox"
        )
        return response
