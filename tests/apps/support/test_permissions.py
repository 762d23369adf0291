"""Who may do what with requests for support, role by role: permissions.csv."""

from pathlib import Path

import pytest

from dure.apps.support import operations, permissions, queries
from dure.apps.support.kinds import pools, services
from dure.apps.support.stages import CandidateStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

TODAY = NOON.date()


@pytest.fixture
def cases(cast):
    cast.group_of_supplier()
    cast.support_body()
    cast.support_body("mediation")
    asked, owned = cast.support_request(), cast.owned_request()
    case = cast.owned_request("mediation")
    staff = cast.owned_request("research-staff")
    helped = cast.support_step(cast.owned_request("legal-help"), "working")
    closed = cast.support_step(
        cast.support_request("expert"), "withdrawn", by="supplier", outcome="withdrawn"
    )
    operations.report(request=helped, text="자문", by=cast["matcher"], at=NOON)
    candidate = operations.propose(
        request=owned, profile=cast.partner_profile(), by=cast["matcher"], at=NOON
    )
    programme = operations.hold_programme(
        pool=pools()["materials"], title="교류", on=TODAY, by=cast["officer"], at=NOON
    )
    operations.invite(profiles=[candidate.profile], on=TODAY, by=cast["officer"], at=NOON)
    operations.find_task(
        programme=programme, title="과제", text="", organisation=cast.supplier,
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    known, may = services(), permissions
    return {
        "may_run": may.may_run,
        "may_keep_pools": may.may_keep_pools,
        "may_read_pools": may.may_read_pools,
        "may_answer_requests": may.may_answer_requests,
        "may_be_partner": may.may_be_partner,
        "may_set_open": lambda user: may.may_set_open(user, candidate.profile),
        "may_see_figures": may.may_see_figures,
        "may_search_profiles": may.may_search_profiles,
        "may_ask: an expert for the supplier": lambda user: may.may_ask(
            user, known["expert"], cast.supplier, TODAY
        ),
        "may_ask: a researcher for the supplier": lambda user: may.may_ask(
            user, known["research-staff"], cast.supplier, TODAY
        ),
        "may_take_on": lambda user: may.may_take_on(user, asked),
        "may_hand_over": lambda user: may.may_hand_over(user, owned),
        "may_own": lambda user: may.may_own(user, owned),
        "may_work": lambda user: may.may_work(user, owned),
        "may_assign_body": lambda user: may.may_assign_body(user, asked),
        "may_take: not found": lambda user: may.may_take(user, owned, owned.file.step("not_found")),
        "may_take: withdrawn": lambda user: may.may_take(user, owned, owned.file.step("withdrawn")),
        "may_take: the other side replies": lambda user: may.may_take(
            user, case, case.file.step("replied")
        ),
        "may_propose": lambda user: may.may_propose(user, owned),
        "may_answer: wanted": lambda user: may.may_answer(user, candidate, CandidateStage.WANTED),
        "may_note_visit": lambda user: may.may_note_visit(user, helped),
        "may_report": lambda user: may.may_report(user, helped),
        "may_rate": lambda user: may.may_rate(user, closed),
        "may_read_personal": lambda user: may.may_read_personal(user, staff),
        "may_read_inside: a case": lambda user: may.may_read_inside(user, case),
        "may_gather": lambda user: may.may_gather(user, case),
        "may_name_panelist": lambda user: may.may_name_panelist(user, case),
        "requests_visible_to: any": queries.requests_visible_to,
        "requests_visible_to: research staff": lambda user: queries.requests_visible_to(
            user
        ).filter(service="research-staff"),
        "requests_visible_to: a case": lambda user: queries.requests_visible_to(user).filter(
            service="mediation"
        ),
        "reports_visible_to": queries.reports_visible_to,
        "candidates_visible_to": queries.candidates_visible_to,
        "profiles_visible_to": queries.profiles_visible_to,
        "programmes_visible_to": queries.programmes_visible_to,
        "invitations_visible_to": queries.invitations_visible_to,
        "tasks_visible_to": queries.tasks_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
