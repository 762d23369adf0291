"""Two approvers at the same moment, and one who is killed: every won moves once."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings

from dure.apps.instruments import operations, queries
from dure.apps.instruments.kinds import MovementKind
from dure.apps.instruments.models import Movement, Stake
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Entry
from dure.config.env import ROOT
from tests.apps.instruments.test_funds import LATER, MONEY
from tests.apps.ledger.test_races import at_once
from tests.cast import make_cast
from tests.conftest import NOON
from tests.processes import database_url

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = NOON.date()
OFFICERS = ("officer", "officer2", "administrator")


def fund_with_a_project(cast):
    cast.founded_fund(name="예전 기금", pledges=((1, 0), (1, 0)))
    agreement = cast.signed_agreement(
        slug="co-investment", money=MONEY, roles=("investor", "lead"), budget=10**9
    )
    return cast.founded_fund(project_cap=2_400_000_000), agreement


def test_of_three_who_issue_vouchers_in_line_each_voucher_is_issued_once():
    cast = make_cast()
    stake = cast.asked_voucher()
    cast.appropriation(slug="equipment-voucher", amount=30_000_000)

    outcomes = at_once(
        *(
            lambda who=who: operations.issue_in_line(scheme=stake.scheme, by=cast[who], at=NOON)
            for who in OFFICERS
        )
    )

    assert outcomes == ["done"] * 3  # who comes later finds nobody in line
    assert Entry.objects.filter(kind="VOUCHER").count() == 1
    assert list(faults()) == []


def test_of_two_who_confirm_one_use_of_a_voucher_one_does():
    cast = make_cast()
    stake = cast.issued_voucher()
    use = operations.enter_use(
        stake=stake, institution=cast.rival, amount=5_000_000, on=TODAY, what="시험",
        by=cast["rival"], at=NOON,
    )  # fmt: skip

    outcomes = at_once(
        *(lambda: operations.confirm_use(use=use, by=cast["supplier"], at=NOON) for _ in range(2))
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    assert queries.figures_of([stake])[stake.pk].given == 5_000_000
    assert list(faults()) == []


def test_two_institutions_never_spend_more_than_the_voucher_holds():
    cast = make_cast()
    stake = cast.issued_voucher()

    outcomes = at_once(
        *(
            lambda: operations.enter_use(
                stake=stake, institution=cast.rival, amount=15_000_000, on=TODAY, what="시험",
                by=cast["rival"], at=NOON,
            )
            for _ in range(2)
        )
    )  # fmt: skip

    assert outcomes == ["MORE_THAN_LEFT", "done"]
    assert Movement.objects.filter(kind=MovementKind.SPENT).count() == 1


def test_of_two_who_confirm_one_step_of_a_way_one_does():
    cast = make_cast()
    stake = cast.way()
    step = stake.movements.get(part="guarantee")

    outcomes = at_once(
        *(
            lambda: operations.confirm_step(
                step=step, amount=200_000_000, on=TODAY, by=cast["rival"], at=NOON
            )
            for _ in range(2)
        )
    )

    assert outcomes == ["NOT_NEXT", "done"]
    assert Entry.objects.filter(kind="STEP").count() == 1
    assert list(faults()) == []


def test_of_two_who_commit_and_two_who_draw_one_does():
    cast = make_cast()
    fund, agreement = fund_with_a_project(cast)

    outcomes = at_once(
        *(
            lambda who=who: operations.commit(
                scheme=fund, agreement=agreement, amount=400_000_000, by=cast[who], at=NOON
            )
            for who in OFFICERS[:2]
        )
    )
    assert outcomes == ["PLEDGED_ALREADY", "done"]

    commitment = fund.commitments.get()
    instalment = queries.fund_instalments(commitment).first()
    outcomes = at_once(
        *(
            lambda who=who: operations.draw(
                commitment=commitment, instalment=instalment, on=LATER.date(), by=cast[who],
                at=LATER,
            )
            for who in OFFICERS[:2]
        )
    )  # fmt: skip
    assert outcomes == ["COMMITMENT_SPENT", "done"]
    drawn = Movement.objects.filter(kind=MovementKind.DRAWN)
    assert sum(drawn.values_list("amount", flat=True)) == instalment.amount
    assert list(faults()) == []


COLLECTOR = """
import django, sys
django.setup()
from datetime import date
from dure.apps.instruments import adapter, operations
from dure.apps.instruments.models import Movement, Stake
from dure.apps.people.models import User
from tests.conftest import NOON
by, months = User.objects.get(pk=sys.argv[1]), [date(2026, month, 1) for month in range(1, 11)]
payments = [
    Movement(stake=stake, kind="PAID_IN", part=payer, month=month, on=NOON.date(),
             amount=adapter.part_of(stake, month))
    for stake in Stake.objects.all() for payer in ("WORKER", "FIRM") for month in months
]
print("ready", flush=True)
operations.collect(payments=payments, by=by, at=NOON)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.3])
def test_killed_while_posting_a_monthly_list_it_is_posted_whole_or_not_at_all(seconds):
    cast = make_cast()
    scheme = cast.saver().scheme
    for number in range(20):
        cast.saver(scheme=scheme, number=f"{number}")
    env = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "dure.config.settings",
        "DURE_KEYS": settings.DURE_KEYS,
    }
    collector = subprocess.Popen(
        [sys.executable, "-c", COLLECTOR, str(cast["officer"].pk)],
        env=env, cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert collector.stdout.readline()
    time.sleep(seconds)
    collector.kill()
    collector.wait()
    collector.stdout.close()

    made = Movement.objects.count()
    assert made in (0, Stake.objects.count() * 2 * 10)
    assert Entry.objects.filter(kind="PAID_IN").count() == made
    assert list(faults()) == []
