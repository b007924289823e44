"""What pages show, as plain values for templates."""

from cms.pages.presenters.links import PageLink, address, crumbs, foot, link, linked, menu

__all__ = ["PageLink", "address", "crumbs", "foot", "link", "linked", "menu"]
