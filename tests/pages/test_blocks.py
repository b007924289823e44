"""Blocks of running text, as a visitor sees them."""

import re
from io import BytesIO

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from PIL import Image
from wagtail.documents.models import Document

from cms.core.blocks import body_blocks
from cms.core.templatetags import body as tags
from cms.pages.models import NewsIndexPage, OfficePage, Picture, SectionPage, StandardPage
from tests.pages.factories import draft, make_homes, make_page, shut, translate

pytestmark = pytest.mark.django_db


def page_with(*blocks, parent=None, **fields):
    return make_page(StandardPage, parent=parent or make_homes("en", "ar")["ka"], body=list(blocks), **fields)


def block(kind, value):
    return {"type": kind, "value": value}


def shown(page, language="ka"):
    """Render the stream of a page for a reader of `language`."""
    request = RequestFactory().get(f"/{language}/")
    request.LANGUAGE_CODE = language
    with override(page.language):
        return render_to_string("components/body.html", {"body": page.body, "page": page, "request": request})


def tree(html):
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def links(html):
    return [link.get("href") for link in tree(html).iter("a")]


def picture(title="ხიდი", **fields):
    file = BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(file, "JPEG")
    return Picture.objects.create(title=title, file=ContentFile(file.getvalue(), "bridge.jpg"), **fields)


# --- What could leak or break -----------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [
        block("heading", "<script>alert(1)</script>"),
        block("quote", {"text": "<script>alert(1)</script>", "source": "<b>x</b>"}),
        block("files", {"title": "<script>alert(1)</script>", "files": []}),
    ],
)
def test_what_editors_write_is_escaped(given):
    assert "<script" not in shown(page_with(given))


def test_a_link_to_a_draft_or_to_nothing_is_plain_text():
    home = make_homes()["ka"]
    gone = draft(make_page(SectionPage, parent=home))
    text = f'<p><a linktype="page" id="{gone.pk}">ა</a> <a linktype="page" id="999999">ბ</a> '
    text += '<a linktype="page" id="x">გ</a></p>'
    assert links(shown(page_with(block("text", text), parent=home))) == [None, None, None]


def test_a_link_out_of_the_site_gives_no_hold_on_the_window():
    html = shown(page_with(block("text", '<p><a href="https://example.org/?a=1&amp;b=2">ა</a></p>')))
    link = next(tree(html).iter("a"))
    assert (link.get("href"), link.get("rel")) == ("https://example.org/?a=1&b=2", "external noopener")


def test_a_picture_that_was_deleted_leaves_no_hole():
    photo = picture()
    value = {"picture": {"image": photo.pk, "decorative": False, "alt_text": "ხიდი"}, "caption": "ა"}
    page = page_with(block("picture", value))
    photo.delete()
    assert "<figure" not in shown(StandardPage.objects.get(pk=page.pk))


def test_a_document_that_was_deleted_leaves_no_link():
    paper = Document.objects.create(title="გეგმა", file=ContentFile(b"x", "plan.pdf"))
    page = page_with(block("files", {"title": "", "files": [paper.pk]}))
    paper.delete()
    assert links(shown(StandardPage.objects.get(pk=page.pk))) == []


# --- Links ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "prefix"), [("ka", "/ka/"), ("en", "/en/"), ("ar", "/ar/"), ("it", "/it/")]
)
def test_links_stay_in_the_readers_part_of_the_site(language, prefix):
    home = make_homes("en", "ar")["ka"]
    section = make_page(SectionPage, parent=home, slug="office")
    translate(section, "en")
    page = page_with(block("text", f'<p><a linktype="page" id="{section.pk}">ა</a></p>'), parent=home)
    assert links(shown(page, language)) == [f"{prefix}office/"]


def test_links_of_a_text_cost_two_questions_however_many(django_assert_num_queries):
    home = make_homes("en")["ka"]
    kinds = (SectionPage, NewsIndexPage, StandardPage)
    text = "".join(f'<a linktype="page" id="{make_page(kind, parent=home).pk}">ა</a>' for kind in kinds)
    page = page_with(block("text", f"<p>{text}</p>"), parent=home)
    page = StandardPage.objects.select_related("locale").get(pk=page.pk)
    shown(page)
    with django_assert_num_queries(2):
        assert len(set(links(shown(page)))) == 3


def test_a_link_to_a_page_behind_a_password_stays_a_link():
    home = make_homes()["ka"]
    section = shut(make_page(SectionPage, parent=home, slug="inside"))
    page = page_with(block("text", f'<p><a linktype="page" id="{section.pk}">ა</a></p>'), parent=home)
    assert links(shown(page)) == ["/ka/inside/"]


# --- Blocks -----------------------------------------------------------------------------------


def test_blocks_stand_without_wrappers():
    page = page_with(block("heading", "როდის ვართ"), block("text", "<p>ა</p><p>ბ</p>"))
    assert [element.tag for element in tree(shown(page))] == ["h2", "p", "p"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [("როდის ვართ", "on-rodis-vart"), ("Office hours", "on-office-hours"), ("…", "on-")],
)
def test_a_heading_can_be_linked_to(heading, anchor):
    assert tags.anchor(heading) == anchor
    assert f'<h2 id="{anchor}">{heading}</h2>' in shown(page_with(block("heading", heading)))


def test_a_picture_comes_in_sizes_with_its_words_and_its_maker():
    photo = picture(credit="ნინო")
    value = {"picture": {"image": photo.pk, "decorative": False, "alt_text": "ძველი ხიდი"}, "caption": "ა"}
    figure = next(tree(shown(page_with(block("picture", value)))).iter("figure"))
    image = next(figure.iter("img"))
    assert image.get("alt") == "ძველი ხიდი"
    assert re.findall(r"(\d+)w", image.get("srcset")) == ["480", "960", "1440"]
    assert (image.get("loading"), bool(image.get("sizes")), bool(image.get("width"))) == ("lazy", True, True)
    assert "ნინო" in "".join(next(figure.iter("figcaption")).itertext())


def test_a_decorative_picture_says_nothing():
    value = {"picture": {"image": picture().pk, "decorative": True, "alt_text": ""}, "caption": ""}
    html = shown(page_with(block("picture", value)))
    assert (next(tree(html).iter("img")).get("alt"), "figcaption" in html) == ("", False)


def test_a_quotation_names_who_said_it():
    html = shown(page_with(block("quote", {"text": "ა\n\nბ", "source": "ნინო"})))
    figure = next(tree(html).iter("figure"))
    assert [len(list(next(figure.iter("blockquote")).iter("p"))), next(figure.iter("figcaption")).text] == [
        2,
        "ნინო",
    ]


@pytest.mark.parametrize(("urgent", "classes"), [(True, "notice warn"), (False, "notice")])
def test_an_urgent_notice_says_so_in_words_too(urgent, classes):
    html = shown(page_with(block("notice", {"text": "<p>ა</p>", "urgent": urgent})))
    assert next(tree(html).iter("div")).get("class") == classes
    assert ("<strong>" in html) is urgent


def test_a_passage_keeps_language_and_direction():
    html = shown(page_with(block("passage", {"language": "ar", "text": "<p>مرحبا</p>"})))
    passage = next(tree(html).iter("div"))
    assert (passage.get("lang"), passage.get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("a.pdf", 320_400, "PDF, 320 KB"),
        ("a.docx", 5, "Word, 1 KB"),
        ("a.odt", 2_449_000, "OpenDocument, 2.4 MB"),
    ],
)
def test_a_document_says_what_it_is_and_how_large(name, size, said):
    paper = Document.objects.create(title="გეგმა", file=ContentFile(b"x", name), file_size=size)
    page = page_with(block("files", {"title": "ა", "files": [paper.pk]}))
    assert links(shown(page)) == [paper.url]
    with override("en"):
        assert tags.kind_and_size(paper).replace("\xa0", " ") == said
    with override("ar"):
        assert tags.kind_and_size(paper).startswith('<bdi dir="ltr">')


def test_a_document_without_its_file_is_named_all_the_same():
    paper = Document.objects.create(title="გეგმა", file=ContentFile(b"x", "a.pdf"), file_size=1)
    Document.objects.filter(pk=paper.pk).update(file_size=None)
    paper = Document.objects.get(pk=paper.pk)
    paper.file.storage.delete(paper.file.name)
    assert tags.kind_and_size(paper) == "PDF"


def test_addresses_and_numbers_run_from_left_to_right_and_can_be_touched():
    assert tags.phone("+995 555 (12)-34-56") == (
        '<a class="nowrap" href="tel:+995555123456"><bdi dir="ltr">+995 555 (12)-34-56</bdi></a>'
    )
    assert tags.email("a@example.org") == (
        '<a href="mailto:a@example.org"><bdi dir="ltr">a<wbr>@example.org</bdi></a>'
    )
    assert "<script" not in tags.email('"<script>"@example.org') + tags.phone("<script>1")


def test_office_pages_show_their_stream_too():
    home = make_homes()["ka"]
    office = make_page(OfficePage, parent=make_page(SectionPage, parent=home), body=[block("heading", "ა")])
    assert "<h2" in shown(office)


# --- Previews for editors ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["heading", "text", "quote", "notice", "passage"])
def test_editors_see_what_a_block_looks_like_before_they_choose_it(rf, name):
    block = dict(body_blocks())[name]
    block.set_name(name)
    assert block.is_previewable
    value = block.get_preview_value()
    context = block.get_preview_context(value) | {"bound_block": block.bind(value), "block_def": block}
    html = render_to_string(block.get_preview_template(value, context), context, rf.get("/en/"))
    page = html5lib.parse(html, namespaceHTMLElements=False)
    assert len(next(page.iter("main"))) > 0
    links = {link.get("rel"): link.get("href").rpartition("/")[2] for link in page.iter("link")}
    assert links == {"icon": "mark.svg", "stylesheet": "look.css"}
    assert list(page.iter("script")) == []
