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
    was, now = (dict(_lines(spoken(dict(each), whole))) for each in (before, after))
    return [
        Difference(where, was.get(where, ""), now.get(where, ""))
        for where in dict.fromkeys([*was, *now])
        if was.get(where) != now.get(where)
    ]


def _lines(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield _("Title"), said["title"]
    yield _("Goal"), said["goal"]
    yield _("Conditions"), said.get("conditions", "")
    yield _("Starts"), said["starts_on"]
    yield _("Ends"), said["ends_on"]
    for each in said["parties"]:
        yield f"{each['role_said']} · {each['name']}", each["representative"] or "–"
    for each in said["money"]:
        row = _joined(each["payer"], each["instrument_said"], each["kind_said"], each)
        yield row, f"{each['won']:,}"
    for each in said["costs"]:
        row = _joined(each["party"], each["category_said"], each["kind_said"], each)
        yield row, f"{each['won']:,}"
    for each in said["instalments"]:
        row = " · ".join([_("Instalment"), str(each["number"]), each["payer"]])
        yield row, f"{each['due_on']} · {each['won']:,}"
    for each in said.get("annexes", ()):
        yield f"{_('Annex')} · {each['what']}", f"{each['name']} · {each['sha256'][:12]}…"


def _joined(whose: str, what: str, kind: str, row: Mapping[str, Any]) -> str:
    year = _("year %(year)s") % {"year": row["year"]} if row["year"] else ""
    return " · ".join(filter(None, [whose, str(what), str(kind), row.get("phase_said", ""), year]))
