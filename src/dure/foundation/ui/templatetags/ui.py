"""Tags and filters of the components: `{% load ui %}`."""

from typing import Any
from uuid import uuid4

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.template import Context, Engine
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from dure.engines.matching import language_of
from dure.foundation.ui import charts, listing
from dure.foundation.ui.glossary import Explained, explanation
from dure.foundation.ui.panels import panels_at

register = template.Library()

register.filter("bars", charts.bars)
register.filter("shares", charts.shares)
register.filter("funnel_steps", charts.funnel)
register.filter("plan_actual", charts.plan_actual)
register.filter("region_tiles", charts.tiles)

STEPS_KO = ((10**8, "억"), (10**4, "만"))
LONGEST_WORD = 30
STEPS_EN = ((10**9, "billion"), (10**6, "million"))


@register.simple_tag(takes_context=True)
def sorting(context: Context, key: str) -> listing.Sorting:
    """State and address of the sortable column `key` in the current request."""
    request = context.get("request")
    return listing.sorting(request.GET if request else QueryDict(), key)


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, thing: Any) -> str:
    """What the apps above add to this page about `thing`; see `ui.panels`."""
    engine, shown = Engine.get_default(), []
    for template_name, values in panels_at(place, thing, context["request"].user):
        with context.push(**values):
            shown.append(engine.get_template(template_name).render(context))
    return mark_safe("".join(shown))  # noqa: S308 -- templates escape what they are given


@register.simple_tag
def fresh_id(prefix: str) -> str:
    """An id no other element has, not even in a fragment loaded later."""
    return f"{prefix}-{uuid4().hex[:8]}"


@register.simple_tag
def term(name: str) -> Explained:
    """The term `name` of the glossary in the reader's language."""
    return explanation(name, get_language())


@register.filter
def whole_words(text: str) -> str:
    """Text for paper whose lines break between words alone; the renderer knows no keep-all."""
    words = (
        format_html('<span class="word">{}</span>', word) if len(word) <= LONGEST_WORD else word
        for word in text.split()
    )
    return format_html_join(" ", "{}", ((word,) for word in words))


@register.filter
def term_of(field: BoundField) -> str:
    """The term of the glossary that a form explains beside `field`: its `explained` by field."""
    explained: dict[str, str] = getattr(field.form, "explained", {})
    return explained.get(field.name, "")


@register.filter
def won(amount: int | None) -> str:
    """Won as people say it (12억 5,000만 원), the exact amount on hover and on paper."""
    if amount is None:
        return "–"
    exact = f"{amount:,}"
    if get_language() == "ko":
        return format_html(
            '<data value="{}" title="{}원">{} 원</data>', amount, exact, _spoken_ko(amount)
        )
    return format_html('<data value="{}" title="₩{}">₩{}</data>', amount, exact, _spoken_en(amount))


def _spoken_ko(amount: int) -> str:
    sign, rest, words = ("-" if amount < 0 else ""), abs(amount), []
    if rest < 10**4:
        return f"{amount:,}"
    for size, name in STEPS_KO:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count:,}{name}")
    return sign + " ".join(words)


def _spoken_en(amount: int) -> str:
    for size, name in STEPS_EN:
        if abs(amount) >= size:
            return f"{amount / size:.2f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{amount:,}"


@register.filter
def elided(page: Any) -> Any:
    """Page numbers around `page` with gaps, as Django's paginator elides them."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.filter
def readiness_steps(level: Any) -> list[dict[str, Any]]:
    """The nine segments of a readiness meter, each with its place and whether it is reached."""
    reached = int(level or 0)
    return [{"x": 100 / 9 * step, "on": step < reached} for step in range(9)]


@register.filter
def listed(value: Any) -> list[Any]:
    """A single value as a list, for components that take several."""
    return [value]


@register.filter
def grouped(number: Any) -> str:
    """A count with thousands marked, in every language."""
    return f"{int(number):,}"


@register.filter
def unlocalized(number: Any) -> str:
    """A number for an attribute of HTML or SVG, whatever the language writes."""
    return str(number)


@register.filter
def language(text: Any) -> str:
    """For `lang`: the language of what people wrote; where it shows none, the reader's own."""
    return language_of(str(text)) or get_language() or "ko"
