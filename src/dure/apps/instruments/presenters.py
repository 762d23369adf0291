"""How funds, savings, vouchers and steps are shown."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.instruments import adapter, permissions, queries
from dure.apps.instruments.kinds import Payer, SchemeKind
from dure.apps.instruments.models import Commitment, Movement, Scheme, Stake
from dure.apps.instruments.queries import Figures
from dure.apps.instruments.stages import MovementStage, StakeStage
from dure.apps.people.queries import Reader
from dure.foundation.programmes import name
from dure.foundation.ui.listing import Sheet
from dure.foundation.ui.moves import step

TONES = {
    StakeStage.ASKED: "warning",
    StakeStage.RUNNING: "information",
    StakeStage.REFUSED: "danger",
    StakeStage.COMPLETED: "success",
    StakeStage.LEFT: "neutral",
    StakeStage.LAPSED: "neutral",
}
MOVEMENT_TONES = {
    MovementStage.ENTERED: "warning",
    MovementStage.CONFIRMED: "success",
    MovementStage.REFUSED: "danger",
}


def crumbs(*way: tuple[str, str]) -> list[dict[str, str]]:
    """The way up from a page."""
    top = (_("Funds, savings and vouchers"), reverse("instruments:schemes"))
    return [{"label": label, "url": url} for label, url in (top, *way)]


def scheme_rows(schemes: Iterable[Scheme], reader: Reader) -> list[dict[str, Any]]:
    """Schemes with the figures of those stakes that the reader sees."""
    return [
        {
            "scheme": scheme,
            "stakes": (own := queries.stakes_visible_to(reader).filter(scheme=scheme)).count(),
            "figures": queries.total(queries.figures_of(own).values()),
        }
        for scheme in schemes
    ]


def headline(kind: str, figures: Figures) -> list[tuple[str, int]]:
    """The sums of a scheme or stake that matter for its kind, in won."""
    if kind == SchemeKind.FUND:
        return [
            (_("Pledged"), figures.pledged),
            (_("Paid in"), figures.paid_in),
            (_("Committed to projects"), figures.committed),
            (_("Paid to projects"), figures.given),
            (_("Pledged and free"), figures.free),
        ]
    if kind == SchemeKind.SAVINGS:
        return [
            (_("Saved so far"), figures.held),
            (_("Still to be paid in"), figures.due),
            (_("Paid out"), figures.given),
            (_("Returned to payers"), figures.returned),
        ]
    if kind == SchemeKind.VOUCHER:
        return [
            (_("Issued"), figures.pledged),
            (_("Used"), figures.given),
            (_("Left"), figures.free),
        ]
    return [(_("Given by institutions"), figures.given)]


def stake_rows(stakes: Iterable[Stake], on: date) -> list[dict[str, Any]]:
    """Stakes with their sums at the end of a day."""
    shown = list(stakes)
    figures, late = queries.figures_of(shown, on), queries.arrears_of(shown, on)
    return [
        {
            "stake": stake,
            "tone": TONES[StakeStage(stake.stage)],
            "sums": headline(stake.scheme.kind, figures[stake.pk]),
            "late": sum(late.get(stake.pk, {}).values()),
        }
        for stake in shown
    ]


def stake_sheet(scheme: Scheme, on: date, stakes: Iterable[Stake]) -> Sheet:
    """Stakes of a scheme as a sheet."""
    rows = stake_rows(stakes, on)
    sums = [f"{label} ({_('won')})" for label, _won in headline(scheme.kind, Figures())]
    head = [_("Number"), _("Name"), _("Organisation"), _("Status"), _("From"), _("To"), *sums]
    return {
        "title": str(scheme),
        "headers": [*head, _("In arrears (won)")],
        "rows": [
            [
                row["stake"].number, row["stake"].name, str(row["stake"].organisation),
                row["stake"].get_stage_display(), row["stake"].starts_on, row["stake"].ends_on,
                *(won for _label, won in row["sums"]), row["late"],
            ]
            for row in rows
        ],
    }  # fmt: skip


def movement_rows(movements: Iterable[Movement], reader: Reader) -> list[dict[str, Any]]:
    """Movements as lines, with who paid or confirmed and what can be done."""
    return [
        {
            "movement": movement,
            "what": _what(movement),
            "tone": MOVEMENT_TONES[MovementStage(movement.stage)],
            "may_answer": bool(permissions.may_answer_use(reader, movement)),
        }
        for movement in movements
    ]


def payer_rows(stake: Stake, on: date) -> list[dict[str, Any]]:
    """What each payer of savings gives: in all, so far, and what is late."""
    paid = queries.paid_by_payer(stake, on)
    late = queries.arrears_of([stake], on).get(stake.pk, {})
    return [
        {
            "label": Payer(payer).label,
            "who": _payer(stake, payer),
            "paid": paid[payer],
            "left": stake.amount - paid[payer],
            "late": late.get(payer, 0),
        }
        for payer in Payer.values
    ]


def steps(stake: Stake, reader: Reader) -> list[dict[str, Any]]:
    """The steps of a way, whose they are, and which of them the reader can confirm now."""
    programme, _terms = adapter.way_of(stake)
    movements = {
        movement.part: movement for movement in stake.movements.select_related("organisation")
    }
    done = queries.steps_done(stake)
    following = next((stage.id for stage in programme.stages if stage.id not in done), None)
    language = get_language()
    return [
        {
            "step": movements[stage.id],
            "label": stage.name.in_language(language),
            "who": movements[stage.id].organisation
            or (name("body", stage.gate.by, language) if stage.gate else _("Programme office")),
            "is_done": stage.id in done,
            "may": stage.id == following
            and bool(permissions.may_confirm_step(reader, stake, movements[stage.id].organisation)),
        }
        for stage in programme.stages
        if stage.id in movements
    ]


def path(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a way is."""
    states = ["done" if row["is_done"] else "next" for row in rows]
    if "next" in states:
        states[states.index("next")] = "now"
    return [
        step(row["label"], state, row["step"].on if state == "done" else None)
        for row, state in zip(rows, states, strict=True)
    ]


def commitment_rows(commitments: Iterable[Commitment]) -> list[dict[str, Any]]:
    """What a fund gives to projects, and how much of it is paid."""
    return [
        {
            "commitment": commitment,
            "left": left,
            "paid": commitment.amount - left if not commitment.released_on else None,
        }
        for commitment in commitments
        for left in [sum(queries.left_of(commitment).values())]
    ]


def _what(movement: Movement) -> str:
    parts = [
        Payer(movement.part).label if movement.part in Payer.values else "",
        f"{movement.month:%Y-%m}" if movement.month else "",
        str(movement.commitment.agreement) if movement.commitment else "",
        str(movement.organisation) if movement.organisation else "",
        movement.what,
    ]
    return " · ".join(str(part) for part in parts if part)


def _payer(stake: Stake, payer: str) -> str:
    if payer == Payer.WORKER:
        return stake.name
    if payer == Payer.FIRM:
        return str(stake.sponsor or stake.organisation)
    return ""
