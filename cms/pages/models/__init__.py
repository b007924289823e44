"""Page types without an object behind them, and what they share."""

from cms.pages.models.body import BodyPage
from cms.pages.models.generation import Generation
from cms.pages.models.home import HomePage
from cms.pages.models.hub import HubPage
from cms.pages.models.legal import AccessibilityPage, PrivacyPage
from cms.pages.models.lists import Audience, Place, Topic
from cms.pages.models.news import NewsIndexPage, NewsPage
from cms.pages.models.office import OfficePage
from cms.pages.models.picture import Picture, PictureRendition
from cms.pages.models.project import ProjectPage
from cms.pages.models.section import SectionPage, StandardPage
from cms.pages.models.service import ServicePage
from cms.pages.models.snippets import Contact, OpeningHours, PublicOrganisation, PublicPerson, SiteNotice
from cms.pages.models.translations import Rewording

__all__ = [
    "AccessibilityPage",
    "Audience",
    "BodyPage",
    "Contact",
    "Generation",
    "HomePage",
    "HubPage",
    "NewsIndexPage",
    "NewsPage",
    "OfficePage",
    "OpeningHours",
    "Picture",
    "PictureRendition",
    "Place",
    "PrivacyPage",
    "ProjectPage",
    "PublicOrganisation",
    "PublicPerson",
    "Rewording",
    "SectionPage",
    "ServicePage",
    "SiteNotice",
    "StandardPage",
    "Topic",
]
