"""Two at once, and a process that dies in between: nothing is half done, nobody is told twice."""

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings

from dure.apps.notices.models import Notice
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Decision, Panel
from dure.apps.selection.stages import PanelStage, SelectionStage
from tests.apps.ledger.test_races import at_once
from tests.apps.selection.cast import LATER
from tests.cast import make_cast
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = LATER + timedelta(days=30)

CHILD = """
import os, signal, sys
from dure.config.startup import with_django
with_django()
from datetime import datetime
from django.db import transaction
from dure.apps.people.models import User
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Decision, Selection
selection = Selection.objects.get()
by = User.objects.get(pk=sys.argv[2])
at = datetime.fromisoformat(sys.argv[1])
if sys.argv[3] == "inside":
    with transaction.atomic():
        operations.decide(selection=selection, by=by, at=at)
        os.kill(os.getpid(), signal.SIGKILL)
operations.decide(selection=selection, by=by, at=at)
os.kill(os.getpid(), signal.SIGKILL)
"""


def decide_and_die(by, where):
    died = subprocess.run(
        [sys.executable, "-c", CHILD, LATER.isoformat(), str(by.pk), where],
        env={**os.environ, "DATABASE_URL": database_url(), "DURE_KEYS": settings.DURE_KEYS},
        check=False, capture_output=True,
    )  # fmt: skip
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()


def results_told():
    return Notice.objects.filter(kind="SELECTION_RESULT").count()


def test_a_process_that_dies_while_deciding_has_decided_nothing_and_told_nobody():
    cast = make_cast()
    selection = cast.closed_selection()
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)

    decide_and_die(cast["officer2"], "inside")
    half = (Decision.objects.count(), results_told())
    operations.decide(selection=selection, by=cast["officer2"], at=LATER)

    selection.refresh_from_db()
    assert half == (0, 0)
    assert Decision.objects.count() == 3
    assert selection.stage == SelectionStage.DECIDED


def test_after_a_process_died_having_decided_nobody_is_told_twice():
    cast = make_cast()
    selection = cast.closed_selection()
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)

    decide_and_die(cast["officer2"], "after")
    told_before = results_told()
    outcomes = at_once(
        lambda: operations.decide(selection=selection, by=cast["officer2"], at=LATER)
    )

    assert Decision.objects.count() == 3
    assert outcomes == ["STAGE_CLOSED"]
    assert results_told() == told_before > 0


def test_of_two_who_decide_one_does_and_every_applicant_is_told_once():
    cast = make_cast()
    selection = cast.closed_selection()
    operations.propose(selection=selection, changes={}, by=cast["officer"], at=LATER)

    outcomes = at_once(
        *(
            lambda who=who: operations.decide(selection=selection, by=cast[who], at=LATER)
            for who in ("officer2", "administrator")
        )
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    notices = Notice.objects.filter(kind="SELECTION_RESULT").values_list("recipient", "url")
    assert len(notices) == len(set(notices))


def test_two_chairs_at_once_write_one_text_of_the_minutes():
    cast = make_cast()
    selection = cast.scored_selection()
    panel = selection.panels.get()
    old = panel.members.get(is_chair=True)
    new = panel.members.filter(is_chair=False).first()
    panel = operations.start_consensus(panel=panel, by=old.reviewer.user, at=LATER)

    outcomes = at_once(
        *(
            lambda text=text: operations.write_minutes(
                panel=Panel.objects.get(pk=panel.pk), text=text, seen=panel.version,
                by=old.reviewer.user, at=LATER,
            )
            for text in ("첫 글", "둘째 글")
        )
    )  # fmt: skip
    assert outcomes == ["CHANGED_MEANWHILE", "done"]

    elected = at_once(
        lambda: operations.elect_chair(member=new, by=cast["officer"]),
        lambda: operations.elect_chair(member=old, by=cast["officer2"]),
    )
    assert elected == ["done", "done"]
    assert panel.members.filter(is_chair=True).count() == 1


def test_a_sheet_saved_in_two_tabs_at_once_is_kept_once():
    cast = make_cast()
    item = cast.panelled_selection().items.first()
    user = item.panel.members.first().reviewer.user

    outcomes = at_once(
        *(lambda mark=mark: cast.sheet(item, user, mark, seen=0) for mark in (40, 80))
    )

    assert outcomes == ["STALE", "done"]
    assert item.sheets.count() == 1


def test_a_panel_closes_or_a_conflict_voids_its_minutes_never_both():
    cast = make_cast()
    selection = cast.scored_selection()
    panel, item = selection.panels.get(), selection.items.first()
    chair = panel.members.get(is_chair=True).reviewer.user
    panel = operations.start_consensus(panel=panel, by=chair, at=LATER)
    panel = operations.write_minutes(
        panel=panel, text="합의", seen=panel.version, by=chair, at=LATER
    )
    seats = list(panel.members.all())
    for seat in seats:
        operations.confirm_minutes(panel=panel, seen=panel.version, by=seat.reviewer.user, at=LATER)
    who = next(seat.reviewer.user for seat in seats if seat.reviewer.user != chair)

    outcomes = at_once(
        lambda: operations.close_panel(panel=panel, by=chair, at=LATER),
        lambda: operations.declare_conflict(item=item, reason="자문했다", by=who, at=LATER),
    )

    panel.refresh_from_db()
    assert panel.stage == PanelStage.CONSENSUS
    assert not panel.members.filter(confirmed_at__isnull=False).exists()
    assert outcomes in (["done", "done"], ["NOT_ALL_CONFIRMED", "done"])


def test_of_two_who_take_a_place_back_one_does_and_it_is_told_once():
    cast = make_cast()
    selection = cast.shaky_selection()
    item = selection.items.get(application__organisation=cast.supplier)
    reviewer = queries.readers_of(item)[0].reviewer
    operations.pin_conflict(
        item=item, reviewer=reviewer, reason="가족", by=cast["officer"], at=AFTER
    )
    decision = item.application.decision
    answers = {decision.pk: operations.Answer(is_kept=False, reason="가족이 평가함")}

    proposed = at_once(
        *(
            lambda who=who: operations.propose_renewal(
                selection=selection, reason="이해관계", answers=answers, by=cast[who], at=AFTER
            )
            for who in ("officer", "officer2")
        )
    )
    decided = at_once(
        *(
            lambda who=who: operations.decide_renewal(selection=selection, by=cast[who], at=AFTER)
            for who in ("officer", "officer2", "administrator")
        )
    )

    assert proposed == ["PROPOSED_ALREADY", "done"]
    # One proposed it; of the two others the first decides, and who proposed it cannot.
    assert decided.count("done") == 1
    recipients = Notice.objects.filter(kind="SELECTION_REVOKED").values_list("recipient", flat=True)
    assert len(recipients) == len(set(recipients)) > 0
