"""Data products as a list, transfers with what can be done, comparisons in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.dataproducts import permissions
from dure.apps.dataproducts.models import DataProduct, Transfer
from dure.apps.dataproducts.reasons import Reason
from dure.apps.dataproducts.stages import TransferStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.listing import Sheet

TONES = {
    TransferStage.ASKED: "warning",
    TransferStage.AGREED: "warning",
    TransferStage.HANDED_OVER: "warning",
    TransferStage.DIFFERS: "danger",
    TransferStage.RECEIVED: "success",
}


def sheet(products: Iterable[DataProduct]) -> Sheet:
    """Products as a workbook."""
    headers = [
        _("Title"), _("Seller"), _("Price (won)"), _("Licence"), _("Status"), _("Entered"),
    ]  # fmt: skip
    rows = [
        [
            product.title,
            str(product.seller),
            product.price,
            product.get_licence_display(),
            product.get_stage_display(),
            localtime(product.created_at),
        ]
        for product in products
    ]
    return {"title": _("Data trade"), "headers": headers, "rows": rows}


def transfers(moves: Iterable[Transfer]) -> list[dict[str, Any]]:
    """Transfers for a table."""
    return [
        {"transfer": transfer, "tone": TONES.get(TransferStage(transfer.stage), "")}
        for transfer in moves
    ]


def moves(reader: Reader, transfer: Transfer, now: datetime) -> dict[str, Any]:
    """What `reader` may do with a transfer now, and which paper is missing."""
    gate = permissions.may_hand_over(reader, transfer, now)
    never = (Reason.STAGE_CLOSED, Reason.NOT_A_MANAGER)
    return {
        "may_answer": bool(permissions.may_answer(reader, transfer)),
        "may_hand_over": bool(gate),
        "missing": gate.reason if gate.reason and gate.reason not in never else None,
        "may_compare": bool(permissions.may_compare(reader, transfer)),
    }


def comparison(transfer: Transfer) -> list[dict[str, Any]]:
    """What the buyer found, file by file."""
    words = {
        "same": (_("As sealed"), "success"),
        "changed": (_("Another content"), "danger"),
        "missing": (_("Not received"), "danger"),
        "added": (_("Not part of the version"), ""),
    }
    return [
        {"name": name, "word": words[kind][0], "tone": words[kind][1]}
        for kind in ("changed", "missing", "same", "added")
        for name in transfer.result.get(kind, [])
    ]
