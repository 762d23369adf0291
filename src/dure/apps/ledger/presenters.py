"""How the ledger is shown: balances, accounts, entries, and budgets with their rate of execution."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dure.apps.ledger import kinds, queries
from dure.apps.ledger.models import Account, Appropriation, Entry, Line
from dure.apps.ledger.queries import BudgetFigures, TrialRow
from dure.foundation.ui.listing import Sheet

WHOLE = 100


def mentions(references: Iterable[str]) -> dict[str, kinds.Mention]:
    """What references are called; one whose word no app brings is called by itself."""
    by_word: dict[str, set[int]] = defaultdict(set)
    named = {}
    for reference in references:
        word, _colon, number = reference.partition(":")
        if word in kinds.REFERENCES and number.isdecimal():
            by_word[word].add(int(number))
        named[reference] = kinds.Mention(reference, "")
    for word, ids in by_word.items():
        for pk, mention in kinds.REFERENCES[word](ids).items():
            named[f"{word}:{pk}"] = mention
    return named


def kind_label(code: str) -> str:
    """What a kind of account is called."""
    kind = kinds.ACCOUNT_KINDS.get(code)
    return str(kind.label) if kind else code


def entry_label(entry: Entry) -> str:
    """What an entry is."""
    return str(kinds.ENTRY_KINDS.get(entry.kind) or entry.kind)


def trial_sheet(rows: Sequence[TrialRow], on: date) -> Sheet:
    """The trial balance as a sheet."""
    head = [_("Kind of account"), _("Currency"), _("Debit"), _("Credit"), _("Balance")]
    lines = [
        [kind_label(row.code), row.currency, row.debit, row.credit, row.balance] for row in rows
    ]
    return {"title": f"{_('Trial balance')} {on.isoformat()}", "headers": head, "rows": lines}


def trial_rows(rows: Iterable[TrialRow]) -> list[dict[str, Any]]:
    """The trial balance with labels and a way to the accounts of each kind."""
    return [
        {
            "row": row,
            "label": kind_label(row.code),
            "url": f"{reverse('ledger:accounts')}?kind={row.code}",
        }
        for row in rows
    ]


def account_rows(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    """Accounts with what they belong to."""
    accounts = list(accounts)
    named = mentions(account.subject for account in accounts)
    return [
        {
            "account": account,
            "label": account_label(account, named[account.subject]),
            "kind": kind_label(account.kind),
            "balance": queries.own_side(account.kind) * account.balance,
        }
        for account in accounts
    ]


def account_label(account: Account, subject: kinds.Mention | None = None) -> str:
    """What an account is called: of what it is, and its part."""
    subject = subject or mentions([account.subject])[account.subject]
    return " · ".join(filter(None, [subject.label, part_label(account.part)]))


def part_label(part: str) -> str:
    """What tells accounts of one kind apart; a reference, or words as they stand."""
    return mentions([part])[part].label if ":" in part else part


def account_sheet(accounts: Iterable[Account]) -> Sheet:
    """Accounts as a sheet."""
    lines = [
        [row["label"], row["kind"], row["account"].currency, row["balance"]]
        for row in account_rows(accounts)
    ]
    head = [_("Of"), _("Kind of account"), _("Currency"), _("Balance")]
    return {"title": _("Accounts"), "headers": head, "rows": lines}


def line_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """Lines of an account: what was posted, on which side, and what was there after it."""
    lines = list(lines)
    named = mentions(line.entry.cause for line in lines)
    return [
        {
            "line": line,
            "entry": entry_label(line.entry),
            "cause": named[line.entry.cause],
            "debit": max(line.amount, 0),
            "credit": max(-line.amount, 0),
        }
        for line in lines
    ]


def line_sheet(account: Account, lines: Iterable[Line]) -> Sheet:
    """The lines of an account as a sheet."""
    head = [_("Day"), _("Entry"), _("What"), _("Cause"), _("Debit"), _("Credit"), _("Balance")]
    rows = [
        [
            row["line"].day,
            row["line"].entry_id,
            row["entry"],
            row["cause"].label,
            row["debit"],
            row["credit"],
            row["line"].running,
        ]
        for row in line_rows(lines)
    ]
    return {"title": account_label(account), "headers": head, "rows": rows}


def journal_rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries with what they were for and how much they moved."""
    entries = list(entries)
    named, debits = mentions(entry.cause for entry in entries), queries.debits_of(entries)
    return [
        {
            "entry": entry,
            "label": entry_label(entry),
            "cause": named[entry.cause],
            "moved": [
                {"amount": amount, "currency": "" if currency == "KRW" else currency}
                for currency, amount in sorted(debits[entry.pk].items())
            ],
        }
        for entry in entries
    ]


def journal_sheet(entries: QuerySet[Entry]) -> Sheet:
    """A journal as a sheet: a row for each line of each entry."""
    head = [_("Day"), _("Entry"), _("What"), _("Cause"), _("Account"), _("Kind of account")]
    head += [_("Currency"), _("Debit"), _("Credit")]
    whole = list(entries.prefetch_related("lines__account"))
    named = mentions(
        reference
        for entry in whole
        for reference in (entry.cause, *(line.account.subject for line in entry.lines.all()))
    )
    rows = [
        [
            *(entry.day, entry.pk, entry_label(entry), named[entry.cause].label),
            account_label(line.account, named[line.account.subject]),
            *(kind_label(line.account.kind), line.account.currency),
            *(max(line.amount, 0), max(-line.amount, 0)),
        ]
        for entry in whole
        for line in sorted(entry.lines.all(), key=lambda line: (-line.amount, line.pk))
    ]
    return {"title": _("Journal"), "headers": head, "rows": rows}


def sides(entry: Entry) -> list[dict[str, Any]]:
    """The lines of an entry, debit first."""
    lines = list(entry.lines.select_related("account").order_by("-amount", "pk"))
    named = mentions(line.account.subject for line in lines)
    return [
        {
            "account": line.account,
            "label": account_label(line.account, named[line.account.subject]),
            "kind": kind_label(line.account.kind),
            "debit": max(line.amount, 0),
            "credit": max(-line.amount, 0),
        }
        for line in lines
    ]


def percent(figures: BudgetFigures) -> str:
    """The rate of execution to a tenth of a percent, rounded down: it says 100 only when all is paid."""
    rate = figures.execution_rate
    return "–" if rate is None else f"{int(rate * WHOLE * 10) / 10:.1f}%"


def budget_rows(appropriations: Iterable[Appropriation]) -> list[dict[str, Any]]:
    """Budgets with where their money stands."""
    appropriations = list(appropriations)
    figures = queries.budgets(appropriations)
    return [
        {
            "appropriation": appropriation,
            "figures": figures[appropriation.pk],
            "percent": percent(figures[appropriation.pk]),
        }
        for appropriation in appropriations
    ]


def budget_sheet(appropriations: Iterable[Appropriation]) -> Sheet:
    """Budgets as a sheet."""
    head = [_("Programme"), _("Year"), *_figure_labels(), _("Rate of execution (%)")]
    rows = [
        [
            str(row["appropriation"].programme),
            row["appropriation"].year,
            *_figures(row["figures"]),
            _rate(row["figures"]),
        ]
        for row in budget_rows(appropriations)
    ]
    return {"title": _("Budgets"), "headers": head, "rows": rows}


def month_rows(months: Iterable[tuple[date, BudgetFigures]]) -> list[dict[str, Any]]:
    """A budget month by month, as rows of a table and of a chart."""
    return [
        {
            "label": date_format(end, "Y-m"),
            "figures": figures,
            "value": int((figures.execution_rate or 0) * WHOLE * 10) / 10,
            "text": percent(figures),
        }
        for end, figures in months
    ]


def month_sheet(
    appropriation: Appropriation, months: Iterable[tuple[date, BudgetFigures]]
) -> Sheet:
    """A budget month by month as a sheet."""
    head = [_("Month"), *_figure_labels(), _("Rate of execution (%)")]
    rows = [
        [date_format(end, "Y-m"), *_figures(figures), _rate(figures)] for end, figures in months
    ]
    return {"title": str(appropriation), "headers": head, "rows": rows}


def _figure_labels() -> list[str]:
    shown = (kinds.APPROPRIATED, kinds.FREE, kinds.RESERVED, kinds.COMMITTED, kinds.PAID)
    return [str(kind.label) for kind in shown]


def _figures(figures: BudgetFigures) -> list[int]:
    return [
        *(figures.appropriated, figures.free, figures.reserved),
        *(figures.committed, figures.paid),
    ]


def _rate(figures: BudgetFigures) -> float | None:
    rate = figures.execution_rate
    return None if rate is None else float(rate * WHOLE)


def entry_facts(entry: Entry) -> list[tuple[str, str]]:
    """What an entry says beside its lines."""
    by = str(entry.created_by) if entry.created_by else _("The platform")
    return [
        (_("Day"), entry.day.isoformat()),
        (_("Posted"), f"{localtime(entry.created_at):%Y-%m-%d %H:%M} · {by}"),
        (_("Note"), entry.note or "–"),
    ]


def crumbs(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the ledger to a page: labels and addresses, the last without one."""
    way = [{"label": _("Ledger"), "url": reverse("ledger:trial")}]
    way += [{"label": label, "url": url} for label, url in steps]
    way[-1].pop("url")
    return way
