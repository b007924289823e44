"""What every page of Wagtail's admin loads, and how links of rich text are written."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import DismissibleMenuItem, MenuItem
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.core.links import OutsideLinkHandler


@hooks.register("insert_global_admin_js")
def admin_init() -> SafeString:
    """Load the script that starts widgets without inline script."""
    return format_html('<script src="{}"></script>', static("core/admin/admin-init.js"))


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """Load what Wagtail's own style gets wrong for our languages."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin/admin.css"))


@hooks.register("register_rich_text_features", order=100)  # After Wagtail's own.
def links_of_texts(features: FeatureRegistry) -> None:
    """Let links of texts tell other sites nothing."""
    features.register_link_type(OutsideLinkHandler)


@hooks.register("construct_help_menu")
def only_help_of_ours(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out Wagtail's advertisements: a badge that counts them, and links to another host."""
    items[:] = [item for item in items if not isinstance(item, DismissibleMenuItem)]
