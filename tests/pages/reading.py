"""How tests read a page."""

import html5lib


def tree(response):
    """Return the page as a tree; it was answered with 200."""
    assert response.status_code == 200, response.status_code
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def article(response):
    """Return what a page says, without what stands around it."""
    return next(tree(response).iter("article"))


def text_of(element):
    """Return the text of an element, its white space as one."""
    return " ".join("".join(element.itertext()).split(" ")).replace("\n", " ").strip()


def ids_are_unique(element):
    """Refuse an id that stands twice, and a label that leads nowhere."""
    ids = [item.get("id") for item in element.iter() if item.get("id")]
    assert len(ids) == len(set(ids)), ids
    named = {item.get("aria-labelledby") for item in element.iter()} - {None}
    assert named <= set(ids), named - set(ids)
