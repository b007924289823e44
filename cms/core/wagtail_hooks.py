"""What every page of Wagtail's admin loads."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_init() -> SafeString:
    """Load the script that starts widgets without inline script."""
    return format_html('<script src="{}"></script>', static("core/admin/admin-init.js"))


@hooks.register("insert_global_admin_css")
def admin_style() -> SafeString:
    """Load what Wagtail's own style gets wrong for our languages."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin/admin.css"))
