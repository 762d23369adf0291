"""Rows and sheets of everything but meetings."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.catalog.queries import redacted_for
from dure.apps.exchange import permissions, queries
from dure.apps.exchange.models import (
    Abroad,
    Accord,
    Contact,
    HelpRequest,
    Listing,
    Part,
    Partner,
)
from dure.apps.exchange.presenters.meetings import country_names
from dure.apps.exchange.presenters.words import Words
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Sheet


def listing_rows(reader: Reader, listings: Iterable[Listing]) -> list[dict[str, Any]]:
    """Registered technologies as one reads them; details of a teaser stay closed."""
    listings = list(listings)
    words = Words(reader, [f"listing:{listing.pk}" for listing in listings])
    rows = []
    for listing in listings:
        technology = redacted_for(reader, listing.technology)
        key = f"listing:{listing.pk}"
        rows.append(
            {
                "listing": listing,
                "technology": technology,
                "title": words(key, "title", technology.title, known=technology.title_en),
                "body": words(key, "body", technology.body, known=technology.body_en),
            }
        )
    return rows


def partner_rows(reader: Reader, partners: Iterable[Partner]) -> list[dict[str, Any]]:
    """Partner agencies with their countries."""
    partners = list(partners)
    words = Words(reader, [f"partner:{partner.pk}" for partner in partners])
    return [
        {
            "partner": partner,
            "name": words(f"partner:{partner.pk}", "name", partner.name),
            "country": country_names([partner.country]),
        }
        for partner in partners
    ]


def plan_rows(reader: Reader, plans: Iterable[Any]) -> list[dict[str, Any]]:
    """Yearly plans, each with the meetings that were held."""
    plans = list(plans)
    words = Words(reader, [f"plan:{plan.pk}" for plan in plans])
    return [{"plan": plan, "text": words(f"plan:{plan.pk}", "text", plan.text)} for plan in plans]


def abroad_rows(reader: Reader, abroads: Iterable[Abroad]) -> list[dict[str, Any]]:
    """Organisations from abroad, with what they seek."""
    abroads = list(abroads)
    words = Words(reader, [f"abroad:{abroad.pk}" for abroad in abroads])
    return [
        {
            "abroad": abroad,
            "country": country_names([abroad.country]),
            "seeks": words(f"abroad:{abroad.pk}", "seeks", abroad.seeks),
        }
        for abroad in abroads
    ]


def abroad_sheet(abroads: Iterable[Abroad]) -> Sheet:
    """Organisations from abroad as a workbook."""
    headers = [_("Organisation"), _("Country"), _("Number"), _("Time zone"), _("What it seeks")]
    rows = [
        [
            str(abroad),
            country_names([abroad.country]),
            abroad.organisation.other_id,
            abroad.zone,
            abroad.seeks,
        ]
        for abroad in abroads
    ]
    return {"title": _("Organisations from abroad"), "headers": headers, "rows": rows}


def message_rows(reader: Reader, contact: Contact) -> list[dict[str, Any]]:
    """What two wrote to each other, each in the reader's language."""
    messages = list(contact.messages.select_related("organisation", "written_by"))
    words = Words(reader, [f"message:{message.pk}" for message in messages])
    return [
        {"message": message, "text": words(f"message:{message.pk}", "text", message.text)}
        for message in messages
    ]


def request_page(reader: Reader, request: HelpRequest) -> dict[str, Any]:
    """What the page of a request shows and offers."""
    words = Words(reader, [f"request:{request.pk}"])
    return {
        "request_of": request,
        "report": words(f"request:{request.pk}", "report", request.report),
        "buyer_country": country_names([request.buyer_country]) if request.buyer_country else "",
        "may_take": bool(permissions.may_take(reader, request)),
        "may_report": bool(permissions.may_report(reader, request)),
    }


def request_sheet(help_requests: Iterable[HelpRequest]) -> Sheet:
    """Requests as a workbook."""
    headers = [
        _("Number"), pgettext("exchange", "What for"), pgettext("exchange", "Asks"), _("Buyer"), _("Status"), pgettext("exchange", "Owner"), _("Due"),
        pgettext("exchange", "Found"), pgettext("exchange", "Reported"),
    ]  # fmt: skip
    rows = [
        [
            help_request.number, help_request.get_kind_display(), str(help_request.organisation), help_request.buyer,
            help_request.get_stage_display(), str(help_request.owner or ""), help_request.due_on,
            help_request.get_finding_display(), localtime(help_request.reported_at) if help_request.reported_at else None,
        ]
        for help_request in help_requests
    ]  # fmt: skip
    return {"title": pgettext("exchange", "Requests"), "headers": headers, "rows": rows}


def accord_rows(reader: Reader, accords: Iterable[Accord]) -> list[dict[str, Any]]:
    """Memoranda and contracts with their countries."""
    accords = list(accords)
    words = Words(reader, [f"accord:{accord.pk}" for accord in accords])
    return [
        {
            "accord": accord,
            "title": words(f"accord:{accord.pk}", "title", accord.title),
            "country": country_names([accord.country]),
        }
        for accord in accords
    ]


def accord_sheet(accords: Iterable[Accord]) -> Sheet:
    """Memoranda and contracts as a workbook: the amount as agreed, its rate with its day, in won."""
    headers = [
        _("Kind"), _("What it is about"), _("Korean organisation"), _("Organisation from abroad"),
        _("Country"), _("Signed on"), _("Amount"), _("Currency"), _("Won for one unit"),
        _("Day of the rate"), _("In won"), pgettext("exchange", "What became of it"),
    ]  # fmt: skip
    rows = [
        [
            accord.get_kind_display(), accord.title, str(accord.home), str(accord.abroad),
            country_names([accord.country]), accord.on, accord.amount, accord.currency,
            accord.rate.won if accord.rate else None, accord.rate.on if accord.rate else None, accord.won,
            accord.get_became_display(),
        ]
        for accord in accords
    ]  # fmt: skip
    return {"title": _("Memoranda and contracts"), "headers": headers, "rows": rows}


def figures_page(year: int | None) -> dict[str, Any]:
    """What exchange came to in a year, with each figure's way down."""
    rows = queries.by_country(year)
    return {
        "totals": queries.totals(year),
        "rows": [{"name": country_names([row.code]), "country": row} for row in rows],
    }


def figures_sheet(year: int | None) -> Sheet:
    """The figures by country as a workbook."""
    headers = [
        _("Country"), _("Meetings held"), _("Firms from abroad"), _("Memoranda"), _("Contracts"),
        _("Contracted, in won"), _("Became money"), _("Money that came, in won"),
    ]  # fmt: skip
    rows = [
        [
            country_names([country.code]), country.meetings, country.abroad, country.mous, country.contracts,
            country.contracted, country.became_money, country.money,
        ]
        for country in queries.by_country(year)
    ]  # fmt: skip
    return {"title": _("Results by country"), "headers": headers, "rows": rows}


def part_rows(reader: Reader, parts: Iterable[Part]) -> list[dict[str, Any]]:
    """In which meetings an organisation took or takes part."""
    parts = list(parts)
    words = Words(reader, [f"meeting:{part.meeting_id}" for part in parts])
    return [
        {
            "part": part,
            "name": words(f"meeting:{part.meeting_id}", "name", part.meeting.name),
            "day": localtime(part.meeting.starts_at).date(),
        }
        for part in parts
    ]
