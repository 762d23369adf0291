"""Figures: measured or reported, confirmed by a second person, corrected by revisions with reasons."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from dure.apps.catalog import operations as catalog
from dure.apps.indicators import adapter, operations, queries
from dure.apps.indicators.kinds import Origin
from dure.apps.indicators.models import Figure, Revision
from dure.apps.indicators.presenters.single import too_small
from dure.apps.indicators.reasons import Reason
from dure.apps.indicators.stages import RevisionStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)


def measure(cast, reason="", as_of=TODAY, at=NOON):
    return operations.draft_measured(
        indicator=cast.indicator("needs"), period="2026", as_of=as_of, reason=reason,
        by=cast.analyst(), at=at,
    )  # fmt: skip


def refused(reason, run):
    with pytest.raises(Refused) as refusal:
        run()
    assert refusal.value.reason == reason


def test_the_figures_of_a_file_are_history_reported_and_published(cast):
    [history] = queries.published_in(cast.small_plan())

    assert (history.value, history.origin, history.figure.period) == (40, Origin.HISTORY, "2024")
    assert history.evidence == "A test"


def test_the_same_file_changes_nothing_and_another_one_is_refused(cast):
    from tests.apps.indicators.cast import PLAN

    cast.small_plan()
    assert operations.load(PLAN.encode(), at=NOON)[1] is False
    with pytest.raises(operations.AnotherFile, match="in use"):
        operations.load(PLAN.replace("= 40", "= 41").encode(), at=NOON)


def test_a_figure_is_measured_with_its_records_and_parts(cast):
    first, second = cast.need(field="SMARTFAC"), cast.need(title="다른 수요", field="AI")

    revision = measure(cast)

    assert revision.value == 2
    assert adapter.behind_of(revision) == [str(first.pk), str(second.pk)]
    assert {row[0]: row[1] for row in revision.cells["field"]} == {"SMARTFAC": "1", "AI": "1"}


def test_a_figure_of_a_past_day_stays_whatever_happens_later(cast):
    need = cast.need()
    cast.published_figure(measure(cast))
    catalog.withdraw(entry=need, by=cast["manager"], at=timezone.now())
    indicator_file = adapter.said_of(cast.indicator("needs"))

    assert adapter.measured_on(indicator_file, "2026", TODAY).value == 1
    assert adapter.measured_on(indicator_file, "2026", localdate()).value == 0
    assert adapter.disagreements(queries.published_in(cast.small_plan())) == []


def test_a_published_figure_that_no_longer_agrees_is_named_with_its_records(cast):
    need = cast.need()
    published = cast.published_figure(measure(cast))
    Revision.objects.filter(pk=published.pk).update(
        value=2, behind=[*published.behind, ["99", "2026-11-01", "1"]]
    )

    [disagreement] = adapter.disagreements(queries.published_in(cast.small_plan()))

    assert (disagreement.right, disagreement.gone, disagreement.come) == (1, ("99",), ())
    assert str(need.pk) not in disagreement.gone


def test_who_drafted_does_not_confirm(cast):
    revision = cast.drafted_figure()
    for stage in (RevisionStage.CONFIRMED, RevisionStage.PUBLISHED):
        with pytest.raises(Refused):
            operations.move(revision=revision, stage=stage, by=cast["officer"], at=NOON)
    with (
        pytest.raises(IntegrityError, match="figure_confirmed_by_a_second_person"),
        transaction.atomic(),
    ):
        Revision.objects.filter(pk=revision.pk).update(
            stage="CONFIRMED", confirmed_by=cast["officer"], confirmed_at=NOON
        )


def test_of_two_who_confirm_at_once_the_second_is_told_that_it_is_done(cast):
    seen_by_both = cast.drafted_figure()
    operations.move(revision=seen_by_both, stage="CONFIRMED", by=cast["officer2"], at=NOON)
    refused(
        Reason.STAGE_CLOSED,
        lambda: operations.move(
            revision=seen_by_both, stage="CONFIRMED", by=cast.analyst(), at=NOON
        ),
    )


def test_what_lies_before_the_first_measured_year_is_reported(cast):
    from dure.foundation import promotion_plans
    from tests.apps.indicators.cast import PLAN

    indicator_file = promotion_plans.read(f"{PLAN}since = '2025'\n".encode()).indicator("needs")
    assert [adapter.is_measured(indicator_file, period) for period in ("2024", "2025", "2026-03", "x")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_published_figure_changes_by_a_revision_that_says_why(cast):
    cast.published_figure()
    refused(Reason.REASON_MISSING, lambda: cast.drafted_figure(value=61))
    correction = operations.draft_reported(
        indicator=cast.indicator("factories"), period="2025", value=Decimal(61),
        evidence="정정 공문", reason="한 곳이 빠졌어요.", by=cast["officer"], at=NOON,
    )  # fmt: skip
    # Until it is published the earlier one stands.
    assert {revision.value for revision in queries.published_in(cast.small_plan())} == {40, 60}
    cast.published_figure(correction)

    assert {revision.value for revision in queries.published_in(cast.small_plan())} == {40, 61}
    figure = Figure.objects.get(period="2025")
    assert [revision.value for revision in queries.revisions_of(figure, cast["member"])] == [61, 60]


def test_one_draft_at_a_time_and_nothing_twice(cast):
    cast.drafted_figure()
    refused(Reason.IN_WORK, lambda: cast.drafted_figure(value=61))
    cast.published_figure(Revision.objects.get(stage="DRAFT"))
    refused(Reason.UNCHANGED, cast.drafted_figure)


def test_what_the_platform_knows_is_not_typed(cast):
    def type_it():
        operations.draft_reported(
            indicator=cast.indicator("needs"), period="2026", value=Decimal(9),
            evidence="x", reason="", by=cast["officer"], at=NOON,
        )  # fmt: skip

    refused(Reason.MEASURED, type_it)
    refused(Reason.TOO_EARLY, lambda: measure(cast, as_of=TODAY + timedelta(1)))


def test_a_body_that_is_asked_reports_and_is_named_while_silent(cast):
    indicator = cast.indicator("factories")
    figure = operations.ask(
        indicator=indicator, period="2026", of=cast.buyer, due_on=TODAY, by=cast["officer"], at=NOON
    )

    def report(who):
        return operations.draft_reported(
            indicator=indicator, period="2026", value=Decimal(70), evidence="대장",
            reason="", by=cast[who], at=NOON,
        )  # fmt: skip

    assert list(queries.unanswered(TODAY)) == []
    assert list(queries.unanswered(TODAY + timedelta(1))) == [figure]
    assert list(queries.asked_of(cast["manager"])) == [figure]
    refused(Reason.NOT_ASKED, lambda: report("supplier"))
    assert report("manager").origin == Origin.REPORTED
    assert list(queries.unanswered(TODAY + timedelta(1))) == []


def test_a_year_is_measured_at_once_and_again_without_effect(cast):
    cast.need()
    plan = cast.small_plan()

    def year():
        return operations.measure_year(
            plan=plan, year=2026, as_of=TODAY, reason="", by=cast.analyst(), at=NOON
        )

    assert year() == operations.figures.Year(drafted=1)
    assert year() == operations.figures.Year(in_work=1)
    cast.published_figure(Revision.objects.get(stage="DRAFT"))
    assert year() == operations.figures.Year(unchanged=1)


def test_small_groups_are_hidden_and_cannot_be_found_by_subtraction():
    cells = [["SEOUL", "30", 30], ["BUSAN", "12", 12], ["JEJU", "2", 2]]
    assert too_small(cells) == {"JEJU", "BUSAN"}
    assert too_small([["SEOUL", "30", 30], ["JEJU", "2", 2], ["ULSAN", "1", 1]]) == {
        "JEJU",
        "ULSAN",
    }
    assert too_small([["SEOUL", "30", 30]]) == set()
