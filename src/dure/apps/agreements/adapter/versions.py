"""In what two versions of a text differ, in words: a page says it beside each version."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from dure.apps.agreements.adapter.plan import Whole
from dure.apps.agreements.adapter.text import spoken


class Difference(NamedTuple):
    """What stood in the version before and stands in this one; empty where it is not there."""

    where: str
    was: str
    now: str


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], whole: Whole
) -> list[Difference]:
    """Line by line what two contents of texts differ in, in the language that is on."""
    was, now = (dict(_lines(spoken(dict(content), whole))) for content in (before, after))
    return [
        Difference(where, was.get(where, ""), now.get(where, ""))
        for where in dict.fromkeys([*was, *now])
        if was.get(where) != now.get(where)
    ]


def _lines(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("Title"), values["title"]
    yield _("Goal"), values["goal"]
    yield _("Conditions"), values.get("conditions", "")
    yield _("Starts"), values["starts_on"]
    yield _("Ends"), values["ends_on"]
    yield _("Project leader"), values.get("leader", "")
    for party in values["parties"]:
        yield f"{party['role_said']} · {party['name']}", party["representative"] or "–"
    for row in values["money"]:
        label = _joined(row["payer"], row["instrument_said"], row["kind_said"], row)
        yield label, f"{row['won']:,}"
    for row in values["costs"]:
        label = _joined(row["party"], row["category_said"], row["kind_said"], row)
        yield label, f"{row['won']:,}"
    for instalment in values["instalments"]:
        label = " · ".join([_("Instalment"), str(instalment["number"]), instalment["payer"]])
        yield label, f"{instalment['due_on']} · {instalment['won']:,}"
    for annex in values.get("annexes", ()):
        yield f"{_('Annex')} · {annex['what']}", f"{annex['name']} · {annex['sha256'][:12]}…"


def _joined(whose: str, what: str, kind: str, row: Mapping[str, Any]) -> str:
    year = _("year %(year)s") % {"year": row["year"]} if row["year"] else ""
    return " · ".join(filter(None, [whose, str(what), str(kind), row.get("phase_said", ""), year]))
