"""Who comes in a member's place: of the kind that the panel needs, and there until its term."""

from datetime import timedelta

import pytest

from dure.apps.selection import adapter, operations
from dure.apps.selection.models import Reviewer
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(cast):
    """A panel that needs a lawyer, with one of the two there are; the other fits far worse."""
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    lawyers = [reviewer.pk for reviewer in Reviewer.objects.order_by("-pk")[:2]]
    Reviewer.objects.filter(pk__in=lawyers).update(kinds="법률", fields="전혀 다른 분야")
    [panel] = operations.form_panels(
        selection=selection, count=1, members=5, needs={"법률": 1}, due_at=DUE,
        by=cast["officer"], at=LATER,
    )  # fmt: skip
    return panel


def lawyer_of(panel):
    return panel.members.get(reviewer__kinds="법률", stage="ASKED")


def replaced(cast, member):
    return operations.replace_member(member=member, reason="병가", by=cast["officer"], at=LATER)


def test_a_panel_keeps_the_kinds_it_was_formed_with(cast, panel):
    seat = lawyer_of(panel)

    newcomer = replaced(cast, seat)

    assert newcomer.reviewer.kinds == "법률"
    refused(
        Reason.NOBODY_ELSE, operations.replace_member, member=newcomer, reason="병가",
        by=cast["officer"], at=LATER,
    )  # fmt: skip


def test_where_the_kind_is_there_already_the_best_comes(cast, panel):
    other = panel.members.exclude(pk=lawyer_of(panel).pk).first()

    assert replaced(cast, other).reviewer.kinds == ""


@pytest.mark.parametrize(
    ("first", "last"),
    [(LATER, LATER), (DUE, None), (LATER + timedelta(days=2), LATER + timedelta(days=3))],
)
def test_who_is_away_before_the_term_is_over_does_not_come(cast, panel, first, last):
    seat = lawyer_of(panel)
    other = Reviewer.objects.filter(kinds="법률").exclude(pk=seat.reviewer_id).get()
    operations.set_absence(
        reviewer=other, first=first.date(), last=last and last.date(), by=other.user, at=LATER
    )

    assert adapter.newcomer_for(seat, LATER.date()) is None

    after = (DUE + timedelta(days=1)).date()
    operations.set_absence(reviewer=other, first=after, last=None, by=other.user, at=LATER)
    assert adapter.newcomer_for(seat, LATER.date()) == other


def test_who_is_away_at_the_term_is_not_put_on_a_panel(cast):
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    away = set(Reviewer.objects.order_by("pk").values_list("pk", flat=True)[:6])
    Reviewer.objects.filter(pk__in=away).update(absent_from=DUE.date())

    [panel] = operations.form_panels(
        selection=selection, count=1, members=5, due_at=DUE, by=cast["officer"], at=LATER
    )

    assert not away & set(panel.members.values_list("reviewer", flat=True))
