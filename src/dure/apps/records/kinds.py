"""What is recorded; an app says in its `kinds.py` what of its own.

SIGNED = record_kind("NDA_SIGNED", _("Non-disclosure agreement signed"))
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of act, and how pages call it."""

    code: str
    label: Promise


RECORD_KINDS = Registry[RecordKind]("kind of record")


def record_kind(code: str, label: Promise) -> RecordKind:
    """Make a kind of act that is recorded."""
    return RECORD_KINDS.add(code, RecordKind(code, label))


LOG_OPENED = record_kind("LOG_OPENED", _("The record was opened"))
KEY_ADDED = record_kind("KEY_ADDED", _("A new key of the record was announced"))


class FaultKind(TextChoices):
    """What a check of the whole record finds."""

    GUARD_MISSING = "GUARD_MISSING", _("A trigger that keeps the record is missing or changed")
    ENTRY_CHANGED = "ENTRY_CHANGED", _("An entry is not what was recorded")
    COLUMNS_DIFFER = "COLUMNS_DIFFER", _("An entry is listed as something else than it says")
    ENTRY_GONE = "ENTRY_GONE", _("An entry is gone")
    PLACE_CHANGED = "PLACE_CHANGED", _("The hash at a place is not that of its entry")
    NOT_PLACED = "NOT_PLACED", _("An entry has no place in the record")
    TILE_CHANGED = "TILE_CHANGED", _("A published tile is missing or not what it should be")
    CHECKPOINT_DIFFERS = (
        "CHECKPOINT_DIFFERS",
        _("The entries are not those that a checkpoint was signed on"),
    )
    CHECKPOINT_UNSIGNED = "CHECKPOINT_UNSIGNED", _("A checkpoint has no signature that holds")
    CHECKPOINT_GONE = "CHECKPOINT_GONE", _("A checkpoint that is kept elsewhere is not here")
    RECORD_SHORTER = "RECORD_SHORTER", _("The record is shorter than a checkpoint says")
    TIMESTAMP_WRONG = "TIMESTAMP_WRONG", _("A timestamp is not of its checkpoint")
