"""Deals in words: rows, what comes next, the figures."""

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.deals import permissions, queries
from dure.apps.deals.kinds import kind_of, rules
from dure.apps.deals.models import Deal
from dure.apps.matches.operations import search_technologies
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import step
from dure.foundation.verdict import Refused

TONES = {"FAILED": "danger", "CONTRACTED": "success", "COMPLETED": "success", "FILED": "warning"}
FOUND = 8


def sheet(reader: Reader, deals: Iterable[Deal]) -> Sheet:
    """The deals as a workbook; terms only for those who are inside."""
    headers = [
        _("Number"), _("What is sought"), _("Asks"), _("Found by"), _("Status"), _("Offers"),
        _("Contract"), _("Amount"), _("Filed"), _("Why not"),
    ]  # fmt: skip
    rows = [
        [
            deal.document_number,
            deal.title,
            str(deal.asking),
            str(deal.finder),
            str(deal.step),
            *(
                [str(deal.supply or ""), str(deal.kind_of or ""), deal.amount]
                if permissions.may_read_terms(reader, deal)
                else ["", "", None]
            ),
            localtime(deal.created_at),
            str(deal.failure_of or ""),
        ]
        for deal in deals
    ]
    return {"title": _("Technology deals"), "headers": headers, "rows": rows}


def path_of(deal: Deal) -> list[dict[str, Any]]:
    """The steps of a deal: those behind it, where it stands, those to come."""
    line = [known_step for known_step in rules().steps if known_step.code != "FAILED"]
    codes = [known_step.code for known_step in line]
    if deal.stage == "FAILED":
        return [step(str(line[0]), "done"), step(str(deal.step), "now")]
    place = codes.index(deal.stage)
    states = ["done" if n < place else "now" if n == place else "next" for n in range(len(line))]
    return [step(str(known_step), state) for known_step, state in zip(line, states, strict=True)]


def page_of(reader: Reader, deal: Deal) -> dict[str, Any]:
    """What the page of a deal shows and offers to this reader."""
    payments = queries.payments_visible_to(reader).filter(deal=deal)
    proposals = queries.proposals_visible_to(reader).filter(deal=deal)
    return {
        "deal": deal,
        "tone": TONES.get(deal.stage, ""),
        "stages": path_of(deal),
        "wish": kind_of(deal.wish),
        "proposals": [
            {"proposal": proposal, "may_take": bool(permissions.may_take(reader, proposal))}
            for proposal in proposals
        ],
        "payments": [
            {"payment": payment, "may_enter": bool(permissions.may_enter_payment(reader, payment))}
            for payment in payments
        ],
        "signatures": deal.signatures.select_related("side", "signed_by").order_by("signed_at"),
        "may_judge": bool(permissions.may_judge(reader, deal)),
        "may_propose": bool(permissions.may_propose(reader, deal)),
        "may_negotiate": bool(permissions.may_move(reader, deal, "NEGOTIATING")),
        "may_set_terms": bool(permissions.may_set_terms(reader, deal)),
        "may_sign": bool(permissions.may_sign(reader, deal)),
        "may_fail": bool(permissions.may_move(reader, deal, "FAILED")),
        "sees_terms": bool(permissions.may_read_terms(reader, deal)),
    }


def suggested(reader: Reader, deal: Deal) -> list[dict[str, Any]]:
    """What the matching finds for a request, entrusted technologies first; nothing while it is renewed."""
    try:
        hits = search_technologies(text=f"{deal.title}\n{deal.text}", user=reader, limit=FOUND)
    except Refused:
        return []
    technologies = [hit.entry for hit in hits if hit.entry.organisation_id != deal.asking_id]
    entrusted = queries.entrusted_among(technologies)
    rows = [
        {"technology": technology, "is_entrusted": technology.pk in entrusted}
        for technology in technologies
    ]
    return sorted(rows, key=lambda row: not row["is_entrusted"])


def figures_sheet(figures: Iterable[queries.Figures]) -> Sheet:
    """The figures as a workbook."""
    headers = [
        _("Found by"), _("Region"), _("Found as"), _("Filed"), _("Judged fit"), _("Matched"),
        _("Closed"), _("Amount"), _("Did not come about"), _("Why not"),
    ]  # fmt: skip
    rows = [
        [
            figure.finder, figure.region, figure.found_by, figure.filed, figure.judged, figure.matched,
            figure.closed, figure.amount, figure.failed, figure.why_not_in_words(),
        ]
        for figure in figures
    ]  # fmt: skip
    return {"title": _("Technology deals by who found them"), "headers": headers, "rows": rows}
