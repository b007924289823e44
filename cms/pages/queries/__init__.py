"""Questions of the pages: named querysets; a test counts the questions that costs."""

from cms.pages.queries.lists import notices, rows_for, snippets, tags_of
from cms.pages.queries.news import (
    Occurring,
    alike,
    narrowed,
    news_index,
    occurring,
    stories,
    translated_stories,
)
from cms.pages.queries.references import news_about
from cms.pages.queries.sitemap import pages_for_all
from cms.pages.queries.tree import (
    ancestors,
    any_door,
    at,
    below,
    best,
    children,
    chosen,
    home,
    homes,
    in_language,
    legal_pages,
    published,
    short_titles,
    top_pages,
    whole,
)

__all__ = [
    "Occurring",
    "alike",
    "ancestors",
    "any_door",
    "at",
    "below",
    "best",
    "children",
    "chosen",
    "home",
    "homes",
    "in_language",
    "legal_pages",
    "narrowed",
    "news_about",
    "news_index",
    "notices",
    "occurring",
    "pages_for_all",
    "published",
    "rows_for",
    "short_titles",
    "snippets",
    "stories",
    "tags_of",
    "top_pages",
    "translated_stories",
    "whole",
]
