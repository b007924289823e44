"""Pages and snippets for tests."""

from itertools import count

from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.pages.models import (
    AccessibilityPage,
    BodyPage,
    HomePage,
    HubPage,
    NewsIndexPage,
    NewsPage,
    OfficePage,
    PrivacyPage,
    ProjectPage,
    SectionPage,
    ServicePage,
    StandardPage,
)

TITLES = {
    "ka": (
        "ერთი ნაპირიდან მეორემდე — ერთად",
        "სიახლეები, შეხვედრები, გრანტები და უფასო რჩევა ხუთ ენაზე: მათთვის, ვინც ახლახან ჩამოვიდა.",
    ),
    "en": (
        "From one bank to the other, together",
        "News, meetings, grants and free advice in five languages.",
    ),
    "it": ("Da una riva all'altra, insieme", "Notizie, incontri, contributi e consigli gratuiti."),
    "de": ("Von einem Ufer zum anderen, gemeinsam", "Neues, Treffen, Förderung und kostenloser Rat."),
    "ar": ("من ضفة إلى ضفة، نعبر معًا", "أخبار ولقاءات ومنح ومشورة مجانية بخمس لغات."),
}
DOORS = {
    "ka": [("შ", "შესვლა", "კოდი ფოსტით მოდის, პაროლი არ არის"), ("ე", "როგორ ჩანს გვერდები", "")],
    "en": [("შ", "Sign in", "A code comes by mail, there is no password"), ("ე", "How pages are shown", "")],
    "it": [
        ("შ", "Accedere", "Un codice arriva per posta"),
        ("ე", "Come si vedono le pagine", ""),
    ],
    "de": [("შ", "Anmelden", "Ein Code kommt per Mail, ohne Passwort"), ("ე", "Wie Seiten aussehen", "")],
    "ar": [("შ", "تسجيل الدخول", "يصلك رمز بالبريد، بلا كلمة مرور"), ("ე", "شكل الصفحات", "")],
}
PATHS = ["account/login/", "display/"]


def make_home(language="ka", translation_of=None):
    """Publish the home page of a language; the Georgian one becomes the site's root."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    title, lead = TITLES[language]
    doors = [
        {"type": "door", "value": {"letter": letter, "title": wish, "text": text, "page": None, "path": path}}
        for (letter, wish, text), path in zip(DOORS[language], PATHS, strict=True)
    ]
    home = HomePage(title=title, slug=f"home-{language}", lead=lead, doors=doors, locale=locale)
    if translation_of:
        home.translation_key = translation_of.translation_key
    Page.objects.get(depth=1).add_child(instance=home)
    if not translation_of:
        Site.objects.update_or_create(is_default_site=True, defaults={"root_page": home})
    return home


def make_homes(*languages):
    """Publish home in Georgian and in the languages given; return them by code."""
    homes = {"ka": make_home("ka")}
    return homes | {code: make_home(code, translation_of=homes["ka"]) for code in languages}


STORIES = {
    NewsIndexPage: ("სიახლეები", "რა მოხდა, რა იგეგმება და ვინ მონაწილეობს."),
    NewsPage: ("რა სჭირდებათ მიგრანტებს აჭარაში", "ორგანიზაციებმა ნახევარი წლის მუშაობა შეაჯამეს."),
    SectionPage: ("ოფისები", "ვინ რისთვის არის პასუხისმგებელი."),
    OfficePage: ("მიგრაციისა და ინტეგრაციის სამსახური", "ქალაქის მერის უშუალო დაქვემდებარებაში."),
    HubPage: ("ცენტრი ძველ ხიდთან", "რჩევა ჩაწერის გარეშე."),
    ServicePage: ("უფასო სამართლებრივი რჩევა", "ვისაც საბუთებთან დაკავშირებით კითხვა აქვს."),
    ProjectPage: ("მდგრადი რეინტეგრაცია", "დაბრუნებულ მიგრანტებს ახალ გზას ვუხსნით."),
    BodyPage: ("საკონსულტაციო საბჭო", "თხუთმეტი ადამიანი ურჩევს ქალაქს."),
    StandardPage: ("ჩვენ შესახებ", "ვინ ვართ და რას ვაკეთებთ."),
    AccessibilityPage: ("ხელმისაწვდომობა", "რა მუშაობს და რა ჯერ არა."),
    PrivacyPage: ("პირადი მონაცემები", "რას ვინახავთ და რატომ."),
}
"""Title and lead of a page that a test does not care about."""

NEEDED = {HubPage: {"address": "ნაპირის ქუჩა 1"}}
"""What a page cannot be without."""

PASSWORD = "drei Brücken"  # noqa: S105 - never used outside tests
"""Of pages that are shut."""

_numbers = count(1)


def make_page(kind, /, *, parent, **fields):
    """Publish a page below another, in its language; what is not given is made up.

    Streams take raw data as forms do, lists of rows their rows:
    `make_page(NewsPage, parent=news, topics=[work], body=[{"type": "text", "value": "<p>…</p>"}])`.
    """
    title, lead = STORIES[kind]
    given = {"title": title, "lead": lead, "slug": f"{kind.__name__.lower()}-{next(_numbers)}"}
    page = kind(locale=parent.locale, **(given | NEEDED.get(kind, {}) | fields))
    return parent.add_child(instance=page)


def translate(source, language, /, **fields):
    """Publish the translation of a page, below its translated parent, or of a snippet; slugs stay.

    Title and lead stay in the source's language unless given.
    """
    locale, _ = Locale.objects.get_or_create(language_code=language)
    copy = source.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    if isinstance(copy, Page):
        copy.save_revision().publish()
        return type(copy).objects.get(pk=copy.pk)
    copy.save()
    return copy


def make_snippet(kind, language="ka", /, **fields):
    """Make a snippet or an entry of a shared list: `make_snippet(Topic, name="შრომა", slug="work")`."""
    locale, _ = Locale.objects.get_or_create(language_code=language)
    return kind.objects.create(locale=locale, **fields)


def draft(page):
    """Take a page from the site."""
    page.unpublish()
    return page


def shut(page, password=PASSWORD):
    """Put a page and what is below it behind a password."""
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=password
    )
    return page
