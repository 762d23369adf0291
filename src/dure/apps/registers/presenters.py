"""How recorded facts are shown: on pages and as Excel."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.people.models import Organisation
from dure.apps.registers.models import RecordedFact
from dure.engines.eligibility import Fact
from dure.foundation import programmes
from dure.foundation.facts import facts_about
from dure.foundation.ui.listing import Sheet


def sheet(recorded_facts: Iterable[RecordedFact]) -> Sheet:
    """Recorded facts as a sheet, which can be handed in again."""
    language = get_language()
    return {
        "title": _("Facts from registers"),
        "headers": [
            _("Organisation"), _("Business registration number"), _("Fact"), _("Value"), _("As of"),
            _("Source"), _("Taken in"), _("Withdrawn"), _("Reason"),
        ],
        "rows": [
            [
                str(recorded_fact.organisation), recorded_fact.organisation.number,
                programmes.name("fact", recorded_fact.fact, language), recorded_fact.said, recorded_fact.as_of, recorded_fact.origin,
                recorded_fact.recorded_at, recorded_fact.withdrawn_at, recorded_fact.reason,
            ]
            for recorded_fact in recorded_facts
        ],
    }  # fmt: skip


def known_of(organisation: Organisation, on: date) -> list[dict[str, Any]]:
    """All that the platform knows of an organisation for the rules of programmes, by fact.

    Of several the one comes first that counts: the better source, and of those the later day.
    """
    return [_row(fact) for fact in sorted(facts_about(organisation, on), key=_order)]


def known_sheet(organisation: Organisation, on: date) -> Sheet:
    """The same as a sheet."""
    return {
        "title": _("What is known"),
        "headers": [_("Fact"), _("Value"), _("As of"), _("Source")],
        "rows": [
            [row["fact"], row["value"], row["as_of"], row["source"]]
            for row in known_of(organisation, on)
        ],
        "name": str(organisation),
    }


def _row(fact: Fact) -> dict[str, Any]:
    language = get_language()
    return {
        "fact": programmes.name("fact", fact.name, language),
        "value": programmes.value_said(fact.value, language),
        "as_of": fact.as_of,
        "source": programmes.source_said(fact, language),
    }


def _order(fact: Fact) -> tuple[int, int, int]:
    words, sources = programmes.ids("fact"), programmes.ids("source")
    later = -(fact.as_of or date.min).toordinal()
    return words.index(fact.name), sources.index(fact.source.value), later


def crumbs(label: str) -> list[dict[str, str]]:
    """The way up from a page about recorded facts."""
    return [
        {"label": _("Facts from registers"), "url": reverse("registers:facts")},
        {"label": label},
    ]
