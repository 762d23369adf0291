"""The sealed record in words: entries, their proofs, how it stands."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.records import queries
from dure.apps.records.kinds import RECORD_KINDS
from dure.apps.records.models import Entry
from dure.foundation import timestamps


def number_of(index: int) -> str:
    """How an entry is cited."""
    return _("Sealed record no. %(number)s") % {"number": f"{index:,}"}


def in_words(entry: Entry) -> dict[str, Any]:
    """An entry for a row: its number (None before the commit), what happened, to what, when."""
    place = getattr(entry, "place", None)
    kind = RECORD_KINDS.get(entry.kind)
    leaf = json.loads(entry.leaf)
    names = (str(leaf["content"].get(key, "")) for key in ("number", "receipt", "agreement"))
    return {
        "entry": entry,
        "number": place.index if place else None,
        "title": number_of(place.index) if place else "",
        "kind": kind.label if kind else entry.kind,
        "name": next(filter(None, names), entry.about),
        "at": entry.created_at,
    }


def files_of(entry: Entry) -> list[dict[str, str]]:
    """Name and hash of each file that an entry speaks of."""
    return list(json.loads(entry.leaf)["files"])


def parties_of(entry: Entry) -> list[dict[str, str]]:
    """Name and number of each organisation, as they were then."""
    return list(json.loads(entry.leaf)["parties"])


def indented(entry: Entry) -> str:
    """What an entry says, to be read."""
    return json.dumps(json.loads(entry.leaf), ensure_ascii=False, indent=2)


def figures() -> list[dict[str, Any]]:
    """How the record stands, in figures."""
    last, size = queries.last_checkpoint(), queries.size()
    signed = last.size if last else 0
    rows = [
        {"number": f"{size:,}", "label": _("Entries")},
        {"number": f"{size - signed:,}", "label": _("Not signed yet")},
    ]
    if timestamps.is_set():
        rows.append(
            {"number": f"{queries.unstamped():,}", "label": _("Checkpoints without a timestamp")}
        )
    return rows


def verdict() -> dict[str, Any] | None:
    """What the last check found, in a word, a colour and a sentence; None before the first."""
    last = queries.last_check()
    if last is None:
        return None
    if not last.fault_count:
        message = _("Every one of %(size)s entries is as it was recorded, in its place.")
        return {"tone": "success", "check": last, "said": message % {"size": f"{last.size:,}"}}
    return {
        "tone": "danger",
        "check": last,
        "said": f"{last.get_fault_kind_display()}: {last.where}",
    }


def as_rows(entries: Iterable[Entry]) -> tuple[list[str], list[list[Any]]]:
    """Entries for a workbook: headers and rows."""
    headers = [_("Number"), _("Recorded act"), _("Thing"), _("Recorded"), _("Hash of the entry")]
    rows = []
    for entry in entries:
        words = in_words(entry)
        rows.append(
            [
                words["number"],
                str(words["kind"]),
                words["name"],
                localtime(entry.created_at),
                bytes(entry.leaf_hash).hex(),
            ]
        )
    return headers, rows
