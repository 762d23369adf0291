"""What can my firm apply for, by what the platform knows of it?"""

from datetime import date, timedelta

import pytest

from dure.apps.calls import operations, queries
from dure.apps.people.models import Organisation
from dure.apps.registers.models import RecordedFact
from dure.engines.eligibility import Answer, Clear, Fact, Source
from tests.apps.calls.conftest import announced_call
from tests.conftest import NOON


@pytest.fixture
def calls(cast):
    return {
        "small": announced_call(cast, title="중소기업 공고"),
        "south": announced_call(cast, title="부산 공고", regions=["BUSAN"]),
        "young": announced_call(cast, "startup-growth", closes_at=NOON + timedelta(days=25)),
    }


def known_of(call, firm):
    return queries.check(call, firm, queries.eligibility_day(call))


def answers(calls, firm):
    return {name: known_of(call, firm).answer_so_far for name, call in calls.items()}


def test_size_and_region_decide(calls, cast):
    assert answers(calls, cast.buyer) == dict.fromkeys(calls, Answer.NO)
    supplier = answers(calls, cast.supplier)
    assert supplier["small"] == supplier["south"] == Answer.YES
    assert answers(calls, cast.stranger)["south"] == Answer.NO


def test_a_region_that_is_not_known_is_said_to_be_lacking(calls, cast):
    cast.supplier.region = ""

    known = known_of(calls["south"], cast.supplier)

    assert (known.answer_so_far, known.is_elsewhere) == (Answer.UNKNOWN, None)


@pytest.mark.parametrize(
    ("founded", "answer"),
    # Seven years before the deadline in December 2026: of a firm of 2019 only the day would tell.
    [(2024, Answer.YES), (2020, Answer.YES), (2019, Answer.UNKNOWN), (2018, Answer.NO)],
)
def test_of_the_founding_only_the_year_is_known(calls, cast, founded, answer):
    cast.supplier.founded = founded

    assert known_of(calls["young"], cast.supplier).answer_so_far == answer


def test_general_reasons_of_exclusion_are_asked_later_and_named(calls, cast):
    known = known_of(calls["small"], cast.supplier)

    assert "arrears" in {line.verdict.rule.id for line in known.lacking}
    assert not any(line.is_own for line in known.lacking)


def test_the_page_names_what_is_not_known_and_why_not(calls, cast, as_role):
    page = as_role("supplier").get(f"/calls/{calls['young'].pk}/").content.decode()
    assert "We do not know enough yet" in page
    assert "day of foundation" in page

    page = as_role("manager").get(f"/calls/{calls['small'].pk}/").content.decode()
    assert "You may not apply" in page
    assert "large firm" in page


def test_the_list_leaves_out_what_a_firm_is_barred_from(calls, cast, as_role):
    as_supplier = as_role("supplier")
    page = as_supplier.get("/calls/", {"firm": cast.supplier.pk}).content.decode()
    assert "Technology innovation" in page

    Organisation.objects.filter(pk=cast.supplier.pk).update(region="JEJU")
    listed = as_supplier.get("/calls/", {"firm": cast.supplier.pk}).context["page"].object_list
    assert set(listed) == {calls["small"], calls["young"]}


def test_nobody_asks_for_somebody_elses_firm(calls, cast, as_role):
    answer = as_role("supplier").get("/calls/", {"firm": cast.buyer.pk})

    assert set(answer.context["page"].object_list) == set(calls.values())


def test_eligibility_goes_by_the_day_on_which_a_call_closes(calls, cast):
    cast.supplier.founded = 2019
    call = operations.close_early(call=calls["young"], reason="x", by=cast["officer"], at=NOON)

    assert known_of(call, cast.supplier).answer_so_far == Answer.UNKNOWN


def fact_of(firm, cast, **values):
    values = {"as_of": date(2026, 11, 20), "origin": "국세청 명단"} | values
    return RecordedFact.objects.create(
        organisation=firm, recorded_by=cast["officer"], recorded_at=NOON, **values
    )


def line_of(check, rule):
    return next(line for line in check.lines if line.verdict.rule.id == rule)


def test_arrears_from_a_list_can_be_cured_until_the_first_evaluation(calls, cast):
    fact_of(cast.supplier, cast, fact="arrears", value="yes")
    call = calls["small"]

    asked = queries.check(call, cast.supplier, date(2026, 12, 1))
    line = line_of(asked, "arrears")
    assert (asked.answer_so_far, line.is_curable) == (Answer.YES, True)
    assert "2026-11-20; 등록된 명단, 국세청 명단" in line.fact
    assert "첫 평가" in line.remedy

    at_agreement = queries.check(call, cast.supplier, date(2026, 12, 1), step="agreement")
    line = line_of(at_agreement, "arrears")
    assert (at_agreement.answer, line.is_barred) == (Answer.NO, True)
    assert line.remedy.startswith("첫 평가까지 해소해야 했어요")


def test_what_a_list_says_stands_above_what_is_declared(calls, cast):
    fact_of(cast.supplier, cast, fact="banned", value="yes")
    declared = [Fact("banned", False, as_of=date(2026, 11, 29))]

    check = queries.check(calls["small"], cast.supplier, date(2026, 12, 1), declared=declared)

    assert check.answer is Answer.NO
    assert line_of(check, "banned").verdict.fact.source is Source.IMPORTED


def test_a_fact_counts_from_its_day_on(calls, cast):
    fact_of(cast.supplier, cast, fact="banned", value="yes", as_of=date(2026, 12, 10))
    call = calls["small"]

    assert (
        line_of(queries.check(call, cast.supplier, date(2026, 12, 9)), "banned").verdict.fact
        is None
    )
    assert queries.check(call, cast.supplier, date(2026, 12, 10)).answer is Answer.NO


def test_a_partner_is_asked_in_its_own_role(calls, cast):
    check = queries.check(calls["south"], cast.stranger, date(2026, 12, 1), role="partner")

    assert {line.verdict.whose for line in check.lines} == {"partner"}
    assert check.is_elsewhere is False  # the region is asked of the lead


def test_everything_declared_makes_a_whole_yes(calls, cast):
    call = calls["small"]
    before = queries.check(call, cast.supplier, date(2026, 12, 1))
    declared = []
    for line in before.lacking:
        question = line.verdict.rule.question
        declared.append(Fact(question.fact, False if isinstance(question, Clear) else 0))

    after = queries.check(call, cast.supplier, date(2026, 12, 1), declared=declared)

    assert after.answer is Answer.YES
    assert after.as_json()["answer"] == "yes"


def test_statements_can_be_filed_later_only_where_a_call_closes_by_march(calls, cast):
    fact_of(cast.supplier, cast, fact="no_statements", value="yes")
    call = calls["small"]
    for month, is_curable in ((3, True), (4, False)):
        call.deadline_at = call.deadline_at.replace(year=2027, month=month, day=31 - month // 4)
        check = queries.check(call, cast.supplier, date(2026, 12, 1))
        assert line_of(check, "statements").is_curable is is_curable


def test_the_page_names_what_to_put_right(calls, cast, as_role):
    fact_of(cast.supplier, cast, fact="arrears", value="yes")

    page = as_role("supplier").get(f"/calls/{calls['small'].pk}/").content.decode()

    assert "To put right in time" in page
    assert "imported list, 국세청 명단" in page
