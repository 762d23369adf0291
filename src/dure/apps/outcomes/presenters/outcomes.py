"""Outcomes in words and figures; what is in different currencies is never added."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from dure.apps.catalog.queries import needs_visible_to
from dure.apps.outcomes.kinds import countries
from dure.apps.outcomes.models import Outcome, Twins
from dure.apps.outcomes.stages import OutcomeStage
from dure.apps.people.queries import Reader
from dure.engines.reconciling import Sign
from dure.foundation.ui.listing import Rows, Sheet

TONES = {
    OutcomeStage.CLAIMED: "warning",
    OutcomeStage.DISPUTED: "danger",
    OutcomeStage.CONFIRMED: "success",
}


def tone_of(outcome: Outcome) -> str:
    """The tone of its status."""
    return TONES.get(OutcomeStage(outcome.stage), "neutral")


def money(amount: Decimal | None, currency: str) -> str:
    """An amount in its own currency, exact, as the reader's language writes it."""
    if amount is None:
        return ""
    locale = get_language() or "ko"
    if amount == amount.to_integral_value():
        return str(format_currency(amount, currency, "¤#,##0", locale, currency_digits=False))
    return str(format_currency(amount, currency, locale=locale))


def size_of(outcome: Outcome) -> str:
    """How much or how many it is; empty where it says neither."""
    if outcome.amount is not None:
        return money(outcome.amount, outcome.currency)
    if outcome.count is not None:
        return _("%(count)s people") % {"count": f"{outcome.count:,}"}
    return ""


def rows_of(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Outcomes for a table."""
    return [
        {"outcome": outcome, "size": size_of(outcome), "tone": tone_of(outcome)}
        for outcome in outcomes
    ]


def facts_of(outcome: Outcome) -> list[tuple[str, str]]:
    """What the report says, field by field, called as its kind calls them."""
    kind = outcome.kind_file
    words = dict(kind.words) if kind else {}
    shown = {
        "organisation": str(outcome.organisation),
        "counterpart": outcome.other_side,
        "on": outcome.on.isoformat(),
        "amount": money(outcome.amount, outcome.currency),
        "count": "" if outcome.count is None else f"{outcome.count:,}",
        "number": outcome.number,
        "country": countries().get(outcome.country, outcome.country),
        "since": outcome.since.isoformat() if outcome.since else "",
        "until": outcome.until.isoformat() if outcome.until else "",
    }
    return [(_label(name, words), value) for name, value in shown.items() if value]


def compared(twins: Twins) -> list[tuple[str, str, str]]:
    """Both reports side by side, field by field."""
    first, second = (dict(facts_of(outcome)) for outcome in (twins.first, twins.second))
    names = list(dict.fromkeys([*first, *second]))
    return [(name, first.get(name, "–"), second.get(name, "–")) for name in names]


def sign_names(signs: Iterable[str]) -> list[str]:
    """What speaks for two reports being one, in words."""
    words = {
        Sign.SAME_NUMBER: _("same number"),
        Sign.SAME_DAY: _("same day"),
        Sign.NEAR_DAY: _("a few days apart"),
        Sign.SAME_AMOUNT: _("same amount"),
        Sign.NEAR_AMOUNT: _("nearly the same amount"),
        Sign.AMOUNT_UNSAID: _("one says no amount"),
    }
    return [words[Sign(sign)] for sign in signs]


def figures_of(outcomes: QuerySet[Outcome]) -> list[dict[str, Any]]:
    """How many are confirmed and how many wait; what is confirmed, currency by currency."""
    plain = outcomes.order_by().distinct()
    stages = dict(plain.values_list("stage").annotate(number=Count("pk", distinct=True)))
    confirmed = plain.filter(stage=OutcomeStage.CONFIRMED, amount__isnull=False)
    sums = confirmed.values_list("currency").annotate(total=Sum("amount")).order_by("currency")
    return [
        {"number": f"{stages.get(OutcomeStage.CONFIRMED, 0):,}", "label": _("Confirmed outcomes")},
        {
            "number": f"{stages.get(OutcomeStage.CLAIMED, 0):,}",
            "label": _("Wait to be confirmed"),
        },
        *(
            {
                "number": money(total, currency),
                "label": _("Confirmed, in %(currency)s") % {"currency": currency},
            }
            for currency, total in sums
        ),
    ]


def sheet_for(user: Reader) -> Callable[[Rows], Sheet]:
    """What makes outcomes a sheet for a reader, with the way back as far as it is open to them."""

    def sheet(rows: Rows) -> Sheet:
        outcomes = list(rows)
        needs = {outcome.chain.need_id for outcome in outcomes if hasattr(outcome, "chain")}
        open_needs = set(needs_visible_to(user).filter(pk__in=needs).values_list("pk", flat=True))
        return {
            "title": _("Outcomes"),
            "headers": [
                _("Kind"), pgettext("outcome", "What"), _("Whose outcome"), _("Business registration number"),
                _("Other side"), _("Day"), _("Amount"), _("Currency"), _("Number of people"),
                _("Number of the paper"), _("Country"), _("Status"), _("Confirmed on"),
                _("Programme"), _("Project"), _("Need"),
            ],
            "rows": [_sheet_row(outcome, open_needs) for outcome in outcomes],
        }  # fmt: skip

    return sheet


def _sheet_row(outcome: Outcome, open_needs: set[int]) -> list[Any]:
    chain = getattr(outcome, "chain", None)
    return [
        outcome.kind_name, outcome.title, str(outcome.organisation), outcome.organisation.number,
        outcome.other_side, outcome.on, outcome.amount, outcome.currency, outcome.count, outcome.number,
        countries().get(outcome.country, outcome.country), outcome.get_stage_display(), outcome.confirmed_at,
        str(chain.programme or "") if chain else "",
        chain.project.number if chain and chain.project else "",
        str(chain.need) if chain and chain.need_id in open_needs else "",
    ]  # fmt: skip


def _label(name: str, words: dict[Any, Any]) -> str:
    if name in words:
        return str(words[name])
    return str(getattr(Outcome, name).field.verbose_name)
