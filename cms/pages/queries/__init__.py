"""Questions of the pages: named querysets; a test counts the questions that costs."""

from cms.pages.queries.tree import ancestors, at, below, homes, in_language, legal_pages, top_pages

__all__ = ["ancestors", "at", "below", "homes", "in_language", "legal_pages", "top_pages"]
