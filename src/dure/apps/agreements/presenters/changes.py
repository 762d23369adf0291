"""How changes, obligations and versions of the text are shown."""

from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.agreements import adapter, permissions, queries
from dure.apps.agreements.adapter import ChangeKind, Wish
from dure.apps.agreements.models import INSTRUMENTS, KINDS, Agreement, Change
from dure.apps.agreements.stages import ChangeStage
from dure.apps.people.queries import Reader
from dure.foundation.workdays import term_ends

CHANGE_TONES = {
    ChangeStage.ASKED: "warning",
    ChangeStage.SIGNING: "information",
    ChangeStage.DONE: "success",
    ChangeStage.REFUSED: "danger",
    ChangeStage.WITHDRAWN: "neutral",
    ChangeStage.EXPIRED: "warning",
}


def changes(agreement: Agreement, user: Reader, on: date) -> list[dict[str, Any]]:
    """The changes of an agreement with what becomes of what, and what a reader can do."""
    rows = queries.changes_visible_to(user).filter(agreement=agreement)
    return [_change(change, user, on) for change in rows]


def _change(change: Change, user: Reader, on: date) -> dict[str, Any]:
    is_open = change.stage == ChangeStage.ASKED
    return {
        "change": change,
        "tone": CHANGE_TONES[ChangeStage(change.stage)],
        "lines": _lines(change),
        "approvals": _kinds(change, change.approvals),
        "notices": _kinds(change, change.notices),
        "is_late": is_open and change.answer_by is not None and term_ends(change.answer_by) < on,
        "may_extend": permissions.may_extend_answer(user, change),
        "may_split": is_open and permissions.may_split(user, change) and _is_mixed(change, on),
        "may_answer": permissions.may_answer_change(user, change),
        "may_withdraw": permissions.may_withdraw_change(user, change),
    }


def _is_mixed(change: Change, on: date) -> bool:
    whole = adapter.Whole.of(change.agreement)
    noticed, rest = adapter.halves(whole, Wish.of(change.content), on)
    return bool(noticed and rest)


def _kinds(change: Change, ids: list[str]) -> list[ChangeKind]:
    """What kinds of change it is, by the names of their rules, each with the papers that it needs."""
    kinds = adapter.change_kinds(change.agreement, get_language())
    kinds[adapter.SIGNED] = ChangeKind(_("Money, duty or term"), "")
    unlisted = ChangeKind(_("No list of the programme"), "")
    return [kinds.get(kind, unlisted) for kind in ids]


def _lines(change: Change) -> list[dict[str, Any]]:
    """What becomes of what: label, before and after."""
    names = adapter.category_names(change.agreement, get_language())
    wish, was, rows = Wish.of(change.content), Wish.of(change.before), change.before["rows"]
    lines = [
        {"label": _row(kind, rows.get(f"{kind}/{pk}"), names), "was": before.get(pk), "won": won}
        for kind, after, before in (
            ("money", wish.money, was.money),
            ("costs", wish.costs, was.costs),
        )
        for pk, won in after.items()
    ]
    for cost in wish.more:
        name = names.get(cost["category"], cost["category"])
        lines.append({"label": name, "was": 0, "won": cost["amount"]})
    lines += _annexes(change.agreement, wish, rows)
    if wish.ends_on:
        lines.append({"label": _("Ends"), "before": was.ends_on, "after": wish.ends_on})
    if wish.goal is not None:
        lines.append({"label": _("Goal"), "before": was.goal, "after": wish.goal})
    return [*lines, *_leader(change, wish, was), *_stated(change, wish)]


def _leader(change: Change, wish: Wish, was: Wish) -> list[dict[str, Any]]:
    """Who leads the project before and after, since when nobody does, and for which reason."""
    if not wish.is_of_leader:
        return []
    names = queries.names_of([wish.leader, was.leader])
    lines: list[dict[str, Any]] = [
        {
            "label": _("Project leader"),
            "before": names.get(was.leader, ""),
            "after": names.get(wish.leader, _("nobody")),
        }
    ]
    if wish.left_on:
        label = _("Last day of the project leader so far")
        lines.append({"label": label, "text": wish.left_on.isoformat()})
    if ground := adapter.grounds_of(change.agreement, get_language()).get(wish.ground):
        lines.append({"label": _("Why the project leader changes"), "text": ground})
    return lines


def _stated(change: Change, wish: Wish) -> list[dict[str, Any]]:
    """What the amounts do not show, as it was asked."""
    questions = adapter.questions_of(change.agreement, get_language())
    stated = [questions[fact] for fact in wish.stated if fact in questions]
    return [{"label": _("Also"), "text": text} for text in stated]


def _annexes(agreement: Agreement, wish: Wish, rows: dict[str, Any]) -> list[dict[str, Any]]:
    """Files that come and go, with the beginning of their hash, and whose duty they change."""
    lines = []
    for pk in (*wish.dropped, *wish.annexes):
        what, name, digest = rows.get(f"annexes/{pk}", ("", "", ""))
        named, gone = f"{name} · {digest[:12]}…", pk in wish.dropped
        lines.append({
            "label": f"{_('Annex')} · {what}", "before": named if gone else "",
            "after": _("left out") if gone else named,
        })  # fmt: skip
    if wish.duties:
        parties = agreement.parties.filter(pk__in=wish.duties)
        named = ", ".join(str(party) for party in parties)
        lines.append({"label": _("Whose duties change"), "before": "", "after": named})
    return lines


def _row(kind: str, row: list[Any] | None, names: dict[str, str]) -> str:
    """A row by its codes: whose, what, cash or in kind, in which year."""
    if row is None:
        return ""
    whose, what, form, year = row
    instruments = {str(code): str(label) for code, label in INSTRUMENTS}
    forms = {str(code): str(label) for code, label in KINDS}
    named = (instruments if kind == "money" else names).get(what, what)
    parts = [whose, named, forms.get(form, form)]
    if year:
        parts.append(_("year %(year)s") % {"year": year})
    return " · ".join(parts)


def obligations(agreement: Agreement, user: Reader, on: date) -> list[dict[str, Any]]:
    """What is owed beside money, until when, how it was met or why somebody is exempt."""
    rows = queries.obligations_visible_to(user).filter(agreement=agreement)
    return [
        {
            "obligation": obligation,
            "name": adapter.obligation_name(obligation),
            "is_late": obligation.met_at is None and term_ends(obligation.due_on) < on,
            "may": permissions.may_meet(user, obligation),
            "may_plead": permissions.may_plead(user, obligation),
            "may_answer": permissions.may_answer_plea(user, obligation),
        }
        for obligation in rows
    ]


def versions(agreement: Agreement) -> list[dict[str, Any]]:
    """The versions of the text, the latest first, each with what it says otherwise than the one before."""
    texts = list(agreement.texts.all())
    whole = adapter.Whole.of(agreement)
    return [
        {
            "text": text,
            "differences": adapter.differences(before.content, text.content, whole)
            if before
            else [],
        }
        for text, before in zip_longest(texts, texts[1:])
    ]
