"""Codes of the pages."""

from django.utils.translation import gettext_lazy as _

from cms.core.codes import Codes


class NewsCategory(Codes):
    """What kind of news an item is."""

    NEWS = "news", _("News")
    WORKSHOP = "workshop", _("Workshop")
    REPORT = "report", _("Report of a meeting")
    OFFICE = "office", _("From the office")
    ELSEWHERE = "elsewhere", _("From other cities")


class PartyRole(Codes):
    """What an organisation does in a story or project."""

    ORGANISER = "organiser", _("Organiser")
    IMPLEMENTER = "implementer", _("Implementing partner")
    FUNDER = "funder", _("Funder")
    PARTNER = "partner", _("Partner")
    BENEFICIARY = "beneficiary", _("Beneficiary")
    GUEST = "guest", _("Guest")


class OrganisationKind(Codes):
    """What an organisation is."""

    PUBLIC = "public", _("Public body")
    MUNICIPALITY = "municipality", _("Municipality")
    INTERNATIONAL = "international", _("International organisation")
    CIVIC = "civic", _("Association or foundation")
    OTHER = "other", _("Other organisation")


class PlaceKind(Codes):
    """How large a place is; a municipality lies in a region, a region in a country."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("District")


class StepFree(Codes):
    """Whether somebody in a wheelchair gets in."""

    YES = "yes", _("Step-free")
    HELP = "help", _("Step-free with our help: ring before you come")
    NO = "no", _("Not step-free")


class Cost(Codes):
    """What a service costs."""

    FREE = "free", _("Free")
    SOMETIMES = "sometimes", _("Free for some people")
    PAID = "paid", _("Costs something")


class ServiceState(Codes):
    """Whether a service can be had."""

    AVAILABLE = "available", _("Available")
    PAUSED = "paused", _("Paused for a while")
    PLANNED = "planned", _("Planned")
    ENDED = "ended", _("Ended")


class ProjectState(Codes):
    """Where a project stands."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")


class BodyKind(Codes):
    """What kind of body advises or decides."""

    COUNCIL = "council", _("Advisory council")
    ROUND_TABLE = "round_table", _("Round table")
    COMMITTEE = "committee", _("Committee")
    NETWORK = "network", _("Network")


class Conformance(Codes):
    """How far a site meets the standard, in the terms of the EU's model accessibility statement."""

    FULL = "full", _("Fully conforming")
    PARTIAL = "partial", _("Partly conforming")
    NONE = "none", _("Not conforming")


class Weekday(Codes):
    """Days of the week, Monday first; the code is ISO 8601's number."""

    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class ListingLayout(Codes):
    """How a list on the home page looks."""

    ENTRIES = "entries", _("Lines")
    ARCHES = "arches", _("Arches, on a band")


class TranslationState(Codes):
    """How a translation, or one sentence of it, stands to the source; the most urgent first."""

    STALE = "stale", _("Out of date")
    MISSING = "missing", _("Not translated")
    ABSENT = "absent", _("No translation yet")
    MACHINE = "machine", _("Translated by machine")
    APART = "apart", _("On its own")
    COMPLETE = "complete", _("Up to date")
