"""What pages show, as plain values for templates."""

from cms.pages.presenters.host import Host, host
from cms.pages.presenters.links import PageLink, address, crumbs, foot, link, linked, menu

__all__ = ["Host", "PageLink", "address", "crumbs", "foot", "host", "link", "linked", "menu"]
