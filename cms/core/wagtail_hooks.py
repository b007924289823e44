"""What every page of Wagtail's admin loads."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def admin_init() -> SafeString:
    """Load the script that starts widgets without inline script."""
    return format_html('<script src="{}"></script>', static("core/admin/admin-init.js"))
