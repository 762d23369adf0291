"""Amounts, the parts of targets, and the way back."""

from decimal import Decimal

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dure.apps.indicators.models import Plan
from dure.foundation import promotion_plans
from dure.foundation.ui.templatetags.ui import won

_PERCENT = 100


def as_text(value: Decimal | None, unit: str) -> str:
    """A figure with its unit in the reader's language; won in round words."""
    if unit == "won" and value is not None and value == value.to_integral():
        return strip_tags(won(int(value)))
    return promotion_plans.amount(value, unit, get_language())


def reached(value: Decimal | None, target: Decimal | None) -> int | None:
    """The part of a target that was reached, in whole percent; None where there is none."""
    if value is None or not target:
        return None
    return int(_PERCENT * value / target)


def crumbs(plan: Plan | None, *more: tuple[str, str]) -> list[dict[str, str]]:
    """The way from the list of plans to a page."""
    line = [{"label": _("Plans and indicators"), "url": reverse("indicators:plans")}]
    if plan:
        line.append({"label": str(plan), "url": plan.get_absolute_url()})
    return line + [{"label": label, "url": url} for label, url in more]
