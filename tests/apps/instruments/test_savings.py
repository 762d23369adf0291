"""Three save the same each month; lists are taken in whole; who leaves early gets what the rules say."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.base import ContentFile

from dure.apps.instruments import operations, queries
from dure.apps.instruments.kinds import Payer, SchemeKind
from dure.apps.instruments.models import Movement
from dure.apps.instruments.reasons import CollectionProblem, Reason
from dure.apps.instruments.stages import StakeStage
from dure.apps.jobs.operations import Progress
from dure.apps.ledger.adapter import faults
from dure.apps.ledger.models import Appropriation
from dure.apps.ledger.queries import budgets
from dure.engines import funding
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
HEAD = ["가입번호", "납입자", "납입월", "금액(원)", "납입일"]
PAYERS = {"근로자": Payer.WORKER, "기업": Payer.FIRM, "정부": Payer.GOVERNMENT}


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def take(cast, scheme, *rows, at=NOON):
    job = operations.ask_to_take(
        scheme=scheme, file=ContentFile(sheet(*rows).read(), "2026-11.xlsx"), by=cast["officer"]
    )
    return operations.take_list(
        scheme=scheme,
        path=Path(job.arguments["path"]),
        by=cast["officer"],
        at=at,
        progress=Unheard(job),
    )


class Unheard(Progress):
    """Says nothing while it runs: another connection does not see what a test has not committed."""

    def step(self, step, total=0):
        pass

    def advance(self, count=1):
        pass


def months_of(stake, count, payers=PAYERS):
    """The rows of the first months, each paid on its day."""
    parts = funding.monthly(stake.amount, stake.months)
    days = funding.month_days(stake.starts_on, stake.months)
    return [
        [stake.number, payer, f"{day:%Y-%m}", part, f"{day:%Y-%m-%d}"]
        for day, part in list(zip(days, parts, strict=True))[:count]
        for payer in payers
    ]


@pytest.fixture
def stake(cast):
    made = cast.saver()
    for year in (2026, 2027, 2028, 2029):
        cast.appropriation(slug="young-worker-savings", year=year, amount=100_000_000)
    return made


def test_a_month_of_three_payers_is_taken_in_and_the_state_pays_out_of_its_budget(cast, stake):
    result = take(cast, stake.scheme, *months_of(stake, 3))

    assert (result.new, result.same, result.problems) == (9, 0, [])
    paid = queries.paid_by_payer(stake)
    assert len(set(paid.values())) == 1
    budget = Appropriation.objects.get(year=2026)
    assert budgets([budget])[budget.pk].paid == paid["government"] > 0
    assert list(faults()) == []


def test_a_list_handed_in_twice_is_entered_once(cast, stake):
    take(cast, stake.scheme, *months_of(stake, 2))

    again = take(cast, stake.scheme, *months_of(stake, 3))

    assert (again.new, again.same) == (3, 6)
    assert Movement.objects.count() == 9


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({0: "9-99999"}, CollectionProblem.NO_SAVER),
        ({2: "2026년"}, CollectionProblem.NOT_A_MONTH),
        ({2: "2030-01"}, CollectionProblem.MONTH_OUTSIDE),
        ({3: 1}, CollectionProblem.PART_DIFFERS),
        ({4: "2027-01-01"}, CollectionProblem.PAID_LATER),
        ({4: "내일"}, CollectionProblem.NO_PAID_DAY),
    ],
)
def test_one_broken_cell_keeps_the_whole_list_out(cast, stake, change, problem):
    rows = months_of(stake, 2)
    for place, value in change.items():
        rows[-1][place] = value

    result = take(cast, stake.scheme, *rows)

    assert [row.kind for row in result.problems] == [problem]
    assert result.problems[0].row == len(rows) + 1
    assert Movement.objects.count() == 0


def test_a_month_twice_in_a_list_names_the_other_row(cast, stake):
    rows = months_of(stake, 1)

    result = take(cast, stake.scheme, *rows, rows[0])

    assert [problem.kind for problem in result.problems] == [CollectionProblem.MONTH_TWICE]


def test_arrears_are_known_on_any_day(cast, stake):
    rows = [row for row in months_of(stake, 3) if row[1] != "기업"]
    take(cast, stake.scheme, *rows)

    first, second = funding.monthly(6_000_000, 36)[:2]

    def late(day):
        return queries.arrears_of([stake], day).get(stake.pk, {})

    assert late(date(2026, 1, 25)) == {}  # a Sunday: it is due on the Monday
    assert late(date(2026, 1, 26)) == {"firm": first}
    assert late(date(2026, 3, 24)) == {"firm": first + second}


def test_eighteen_million_are_paid_out_at_the_end_and_not_before(cast, stake):
    end = datetime(2029, 1, 25, 3, tzinfo=UTC)
    take(cast, stake.scheme, *months_of(stake, 36), at=end)
    values = {"stake": stake, "by": cast["officer"]}
    with pytest.raises(Refused) as refusal:
        operations.mature(**values, on=date(2029, 1, 24), at=end)
    assert refusal.value.reason == Reason.NOT_YET

    done = operations.mature(**values, on=date(2029, 1, 25), at=end)

    figures = queries.figures_of([done])[done.pk]
    assert (done.stage, figures.given, figures.held, figures.due) == (
        StakeStage.COMPLETED, 18_000_000, 0, 0,
    )  # fmt: skip
    assert list(faults()) == []


def test_nothing_is_paid_out_at_the_end_while_payments_are_missing(cast, stake):
    end = datetime(2029, 2, 1, 3, tzinfo=UTC)
    take(cast, stake.scheme, *months_of(stake, 36)[:-1], at=end)

    with pytest.raises(Refused) as refusal:
        operations.mature(stake=stake, on=end.date(), by=cast["officer"], at=end)

    assert refusal.value.reason == Reason.IN_ARREARS


@pytest.mark.parametrize(
    ("leaving", "months", "kept"),
    [("saver", 6, (1, 0, 0)), ("saver", 12, (1, 0, 1 / 3)), ("firm", 6, (1, 1, 0.5))],
)
def test_who_leaves_early_gets_what_the_rules_say(cast, stake, leaving, months, kept):
    on = date(2026, 1, 25) + timedelta(days=31 * months)
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    take(cast, stake.scheme, *months_of(stake, months), at=at)
    paid = queries.paid_by_payer(stake)

    done = operations.leave(stake=stake, leaving=leaving, on=on, by=cast["officer"], at=at)

    expected = sum(
        int(paid[payer] * share)
        for payer, share in zip(("worker", "firm", "government"), kept, strict=True)
    )
    figures = queries.figures_of([done])[done.pk]
    assert abs(figures.given - expected) <= 1
    assert figures.given + figures.returned == sum(paid.values())
    assert (figures.due, figures.held, figures.free) == (0, 0, 0)
    assert list(faults()) == []
    late = take(cast, stake.scheme, *months_of(stake, months + 1), at=at)
    assert {problem.kind for problem in late.problems} == {CollectionProblem.SAVING_OVER}


def test_a_large_firm_pays_the_firms_part_in_the_win_win_form(cast):
    stake = cast.saver(sponsor=cast.buyer)

    assert list(queries.stakes_visible_to(cast["manager"])) == [stake]
    assert list(queries.stakes_visible_to(cast["rival"])) == []


def test_other_kinds_of_schemes_take_no_savers(cast):
    with pytest.raises(Refused) as refusal:
        cast.saver(scheme=cast.scheme(SchemeKind.FUND))

    assert refusal.value.reason == Reason.WRONG_KIND
