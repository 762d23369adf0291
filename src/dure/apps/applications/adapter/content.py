"""An application as one value: what is previewed, sealed, hashed and, once opened, read.

{
 "schema": "dure/application/1", "number": "2026-000012", "version": 2,
 "call": {"uid", "title"}, "programme": {"id", "version"}, "round": 1 | null,
 "project": {"title", "title_en", "months", "trl_now", "trl_goal"},
 "answers": [{"question", "text"}],                        in the order of the programme's file
 "members": [{
   "id", "role", "organisation": {"id", "name", "name_en", "number", "kind", "region",
     "size"},                                             the word of programme files, or null
   "confirmed_at", "confirmed_by",
   "people": [...], "costs": [...], "money": [...],        rows of adapter.parts, won and per cent
   "commitment": {...}, "declared": {...},
   "documents": [{"document", "name", "size", "sha256", "pages", "scan", "file"}],
 }],
 "origin": {"challenge", "needs", "record", "copied_from"}
}
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dure.apps.applications import queries
from dure.apps.applications.adapter.parts import kind_of, read
from dure.apps.applications.models import Application, Participant
from dure.apps.calls.queries import day_of, programme_of
from dure.foundation.facts import facts_about

SCHEMA = "dure/application/1"
Parts = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The content of an application, and the keys of its files by their uid, which are not in it."""

    content: dict[str, Any]
    file_keys: dict[str, str]


def read_parts(application: Application) -> dict[str, dict[str, Any]]:
    """All parts of a draft by name; ask for the reader's right before."""
    return {part.name: read(part) for part in queries.parts_of(application)}


def snapshot_of(application: Application, version: int) -> Snapshot:
    """The draft as version `version` of it would be submitted."""
    return content_of(application, read_parts(application), version)


def content_of(application: Application, parts: Parts, version: int = 0) -> Snapshot:
    """The parts of a draft put together."""
    programme = programme_of(application.call)
    keys: dict[str, str] = {}
    content = {
        "schema": SCHEMA,
        "number": application.number,
        "version": version,
        "call": {"uid": str(application.call.uid), "title": application.call.title},
        "programme": {"id": programme.id, "version": programme.version},
        "round": application.round.number if application.round else None,
        "project": dict(parts.get("project", {})),
        "answers": [
            {"question": name.partition("/")[2], "text": value.get("text", "")}
            for name, value in sorted(parts.items())
            if kind_of(name) == "answers" and value.get("text")
        ],
        "members": [
            _member(member, parts, keys) for member in queries.members_of(application)
        ],
        "origin": dict(parts.get("origin", {})),
    }  # fmt: skip
    return Snapshot(content, keys)


def _member(participant: Participant, parts: Parts, keys: dict[str, str]) -> dict[str, Any]:
    organisation = participant.organisation
    confirmed = participant.confirmed_at
    return {
        "id": participant.pk,
        "role": participant.role,
        "organisation": {
            "id": organisation.pk,
            "name": organisation.name,
            "name_en": organisation.name_en,
            "number": organisation.number,
            "kind": organisation.kind,
            "region": organisation.region,
            "size": _size(participant),
        },
        "confirmed_at": confirmed.isoformat(timespec="seconds") if confirmed else None,
        "confirmed_by": participant.confirmed_by_id,
        **{
            kind: parts.get(f"{kind}/{participant.pk}", {}).get("rows", [])
            for kind in ("people", "costs", "money")
        },
        "commitment": parts.get(f"commitment/{participant.pk}", {}),
        "declared": parts.get(f"declared/{participant.pk}", {}).get("facts", {}),
        "documents": _documents(participant, parts, keys),
    }


def _size(participant: Participant) -> str | None:
    on = day_of(participant.application.call)
    facts = facts_about(participant.organisation, on)
    return next((str(fact.value) for fact in facts if fact.name == "size"), None)


def _documents(
    participant: Participant, parts: Parts, keys: dict[str, str]
) -> list[dict[str, Any]]:
    rows = []
    for name, value in sorted(parts.items()):
        kind, *about = name.split("/")
        if kind != "documents" or about[-1] != str(participant.pk):
            continue
        for row in value.get("rows", []):
            keys[row["file"]] = row["key"]
            shown = {key: cell for key, cell in row.items() if key != "key"}
            rows.append({"document": about[0], **shown})
    return rows
