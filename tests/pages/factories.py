"""Pages for tests."""

from wagtail.models import Locale, Page, Site

from cms.pages.models import HomePage

TITLES = {
    "ka": (
        "ერთი ნაპირიდან მეორემდე — ერთად",
        "სიახლეები, შეხვედრები, გრანტები და უფასო რჩევა ხუთ ენაზე: მათთვის, ვინც ახლახან ჩამოვიდა.",
    ),
    "en": (
        "From one bank to the other, together",
        "News, meetings, grants and free advice in five languages.",
    ),
    "ar": ("من ضفة إلى ضفة، نعبر معًا", "أخبار ولقاءات ومنح ومشورة مجانية بخمس لغات."),
}
DOORS = {
    "ka": [("შ", "შესვლა", "კოდი ფოსტით მოდის, პაროლი არ არის"), ("ე", "როგორ ჩანს გვერდები", "")],
    "en": [("შ", "Sign in", "A code comes by mail, there is no password"), ("ე", "How pages are shown", "")],
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
