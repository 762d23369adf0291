"""The way from the need to the outcome, as a path of links that the reader may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dure.apps.agreements.queries import agreements_visible_to
from dure.apps.applications.queries import applications_visible_to
from dure.apps.calls.queries import calls_visible_to
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.challenges.queries import candidates_visible_to, shown_text
from dure.apps.consultations.queries import records_visible_to
from dure.apps.introductions.queries import introductions_visible_to
from dure.apps.outcomes.models import LINKS, Outcome
from dure.apps.people.queries import Reader
from dure.apps.projects.queries import projects_visible_to


@dataclass(frozen=True, slots=True)
class Step:
    """A link of the path: what it is, its title and page where the reader may open it, its day."""

    what: str
    title: str = ""
    url: str = ""
    on: str = ""
    is_likely: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class _Kind:
    what: Any
    seen: Callable[[Reader], QuerySet[Any]]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    on: Callable[[Any], Any]


def _met(record: Any) -> str:
    return str(record.pair.fair) if record.pair else str(_("after an introduction"))


_KINDS = {
    "need": _Kind(
        gettext_lazy("Need"), needs_visible_to, str, lambda it: it.get_absolute_url(),
        lambda it: it.published_at,
    ),
    "technology": _Kind(
        gettext_lazy("Technology"), technologies_visible_to, str,
        lambda it: it.get_absolute_url(), lambda it: it.published_at,
    ),
    "introduction": _Kind(
        gettext_lazy("Introduction"), introductions_visible_to,
        lambda it: f"{it.sides[0]} – {it.sides[1]}", lambda it: it.get_absolute_url(),
        lambda it: it.introduced_at,
    ),
    "record": _Kind(
        gettext_lazy("Consultation"), records_visible_to, _met,
        lambda it: it.get_absolute_url(), lambda it: it.recorded_at,
    ),
    "candidate": _Kind(
        pgettext_lazy("step", "Challenge"), candidates_visible_to,
        lambda it: str(shown_text(it, is_inside=False).title),
        lambda it: reverse("challenges:candidate", args=[it.pk]), lambda it: None,
    ),
    "call": _Kind(
        pgettext_lazy("step", "Call"), calls_visible_to, str,
        lambda it: reverse("calls:call", args=[it.pk]), lambda it: it.announced_at,
    ),
    "application": _Kind(
        pgettext_lazy("step", "Application"), applications_visible_to, str,
        lambda it: reverse("applications:application", args=[it.pk]), lambda it: None,
    ),
    "agreement": _Kind(
        pgettext_lazy("step", "Agreement"), agreements_visible_to, str,
        lambda it: reverse("agreements:agreement", args=[it.pk]), lambda it: it.agreed_on,
    ),
    "project": _Kind(
        gettext_lazy("Project"), projects_visible_to, str, lambda it: it.get_absolute_url(),
        lambda it: it.agreed_on,
    ),
}  # fmt: skip


def path_of(outcome: Outcome, user: Reader) -> list[Step]:
    """Every link from the need to the outcome; of what is closed to the reader only what it is."""
    chain = getattr(outcome, "chain", None)
    links = {name: getattr(chain, f"{name}_id") for name in LINKS} if chain else {}
    steps = [
        _step(name, pk, user, is_likely=name in chain.likely) for name, pk in links.items() if pk
    ]
    here = Step(
        outcome.kind_name, outcome.title, outcome.get_absolute_url(), outcome.on.isoformat(),
        is_here=True,
    )  # fmt: skip
    return [*steps, here]


def anchor_choices(anchors: list[tuple[str, Model]]) -> list[tuple[str, str]]:
    """What an outcome may have come of, to choose from."""
    shown = [
        (f"{name}-{thing.pk}", f"{_KINDS[name].what}: {_KINDS[name].title(thing)}")
        for name, thing in anchors
    ]
    return [("", str(_("Let the platform find it"))), *shown]


def _step(name: str, pk: int, user: Reader, *, is_likely: bool) -> Step:
    kind = _KINDS[name]
    thing = kind.seen(user).filter(pk=pk).first()
    if thing is None:
        return Step(str(kind.what), is_likely=is_likely)
    on = kind.on(thing)
    return Step(
        str(kind.what), kind.title(thing), kind.url(thing), on.isoformat()[:10] if on else "",
        is_likely,
    )  # fmt: skip
