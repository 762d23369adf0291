"""Reviewers of single applications before they are assigned: what is asked, and what clashes."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from dure.apps.selection import adapter, queries
from dure.apps.selection.models import Selection
from dure.apps.selection.stages import ItemStage
from dure.engines import assigning

SHOWN = 12


def asked_for(selection: Selection) -> str:
    """What the programme asks: how many applications, how many reviews of each, at most how many."""
    reviewing = queries.reviewing_of(selection)
    if reviewing is None:
        return ""
    count = selection.items.filter(stage=ItemStage.ADMITTED).count()
    sentences = [
        _("%(n)s applications, each scored by %(reviews)s reviewers on their own.")
        % {"n": count, "reviews": reviewing.reviews}
    ]
    if reviewing.most is not None:
        sentences.append(_("Nobody scores more than %(most)s.") % {"most": reviewing.most})
    sentences += [
        _("At least %(n)s of each application: %(kind)s.") % {"n": number, "kind": kind}
        for kind, number in reviewing.needs.items()
    ]
    return " ".join(sentences)


def clash(selection: Selection, on: date, until: date) -> list[str]:
    """A smallest set of limits that clash, in words; none where an assignment exists."""
    clash = assigning.explain(adapter.instance_of_each(selection, on, until))
    if clash is None:
        return []
    names = {
        str(reviewer.pk): str(reviewer) for reviewer in queries.reviewers_to_look_at(selection)
    }
    numbers = {str(item.pk): item.application.number for item in selection.items.all()}
    sentences = [_said(limit, names, numbers) for limit in clash.limits[:SHOWN]]
    if len(clash.limits) > SHOWN:
        sentences.append(_("… and %(n)s more limits.") % {"n": len(clash.limits) - SHOWN})
    return [*sentences, _("%(n)s reviewers can be asked in all.") % {"n": clash.reviewers}]


def _said(limit: assigning.Limit, names: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    about = {
        "who": names.get(limit.reviewer, ""), "what": numbers.get(limit.application, ""),
        "n": limit.number, "kind": limit.of,
    }  # fmt: skip
    match limit.kind:
        case assigning.Kind.REVIEWS:
            return _("%(what)s needs %(n)s reviewers.") % about
        case assigning.Kind.NEED:
            return _("%(what)s needs %(n)s of the kind %(kind)s.") % about
        case assigning.Kind.MAX:
            return _("%(who)s can read %(n)s more at most.") % about
        case assigning.Kind.CONFLICT:
            return _("%(who)s is in conflict with %(what)s.") % about
        case _:
            return str(limit)
