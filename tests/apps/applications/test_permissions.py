"""Who may do what with applications, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.applications import operations, permissions, queries
from dure.apps.applications.models import Admission, Opening
from tests.apps.applications.cast import DEADLINE, _lead_of, open_call
from tests.apps.applications.test_recommending import body_with_an_application
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    body = body_with_an_application(cast)  # the others are made after the opening
    call = open_call(cast)
    draft = cast.draft_application(call)
    invited = operations.invite(
        application=draft, organisation=cast.buyer, role="demand", sees_all=False,
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    filed = cast.filed_application(open_call(cast))
    received = cast.submitted_application(open_call(cast))
    member = cast.member_of_application(received)
    late = cast.submitted_application(open_call(cast), at=DEADLINE).submissions.get()
    proposed = Admission.objects.create(
        submission=cast.submitted_application(open_call(cast), at=DEADLINE).submissions.get(),
        reason="장애", proposed_by=cast["officer"], proposed_at=NOON,
    )  # fmt: skip
    early = Opening.objects.create(
        call=open_call(cast), is_early=True, reason="x", requested_by=cast["officer"],
        requested_at=NOON,
    )  # fmt: skip
    lead, may = _lead_of(draft), permissions
    return {
        "may_start": lambda user: may.may_start(user, call, cast.supplier, None, NOON),
        "may_start: after the deadline": lambda user: may.may_start(
            user, call, cast.supplier, None, DEADLINE
        ),
        "may_read: the lead's part": lambda user: may.may_read(user, draft, "project", None),
        "may_read: the part of the invited buyer": lambda user: may.may_read(
            user, draft, f"commitment/{invited.pk}", invited.pk
        ),
        "may_edit: a draft": lambda user: may.may_edit(user, draft),
        "may_edit: what is filed": lambda user: may.may_edit(user, filed),
        "may_edit_part: the lead's": lambda user: may.may_edit_part(user, draft, lead.pk),
        "may_edit_part: the buyer's": lambda user: may.may_edit_part(user, draft, invited.pk),
        "may_lead": lambda user: may.may_lead(user, draft),
        "may_answer_invitation": lambda user: may.may_answer_invitation(user, invited),
        "may_confirm": lambda user: may.may_confirm(user, member, NOON),
        "may_leave": lambda user: may.may_leave(user, member, NOON),
        "may_leave: the lead": lambda user: may.may_leave(user, lead, NOON),
        "may_file": lambda user: may.may_file(user, draft),
        "may_take_back_filing": lambda user: may.may_take_back_filing(user, filed),
        "may_submit": lambda user: may.may_submit(user, filed, NOON),
        "may_submit: not filed": lambda user: may.may_submit(user, draft, NOON),
        "may_withdraw": lambda user: may.may_withdraw(user, received, NOON),
        "may_withdraw: after the deadline": lambda user: may.may_withdraw(
            user, received, DEADLINE
        ),
        "may_let_help": lambda user: may.may_let_help(user, draft),
        "may_run": may.may_run,
        "may_propose_admission": lambda user: may.may_propose_admission(user, late),
        "may_confirm_admission: the officer's": lambda user: may.may_confirm_admission(
            user, proposed
        ),
        "may_drop_admission": lambda user: may.may_drop_admission(user, proposed),
        "may_request_opening": lambda user: may.may_request_opening(user, call, None),
        "may_confirm_opening: the officer's": lambda user: may.may_confirm_opening(user, early),
        "may_drop_opening": lambda user: may.may_drop_opening(user, early),
        "may_recommend: the rival's body": lambda user: may.may_recommend(
            user, body, DEADLINE + timedelta(days=1)
        ),
        "may_recommend: its date is past": lambda user: may.may_recommend(user, body, body.until),
        "recommenders_visible_to": queries.recommenders_visible_to,
        "drafts_visible_to": queries.drafts_visible_to,
        "late_visible_to": queries.late_visible_to,
        "openings_visible_to": queries.openings_visible_to,
        "admissions_visible_to": queries.admissions_visible_to,
        "applications_visible_to: drafts, and what is opened": queries.applications_visible_to,
    }  # fmt: skip


def test_every_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)
    assert_whole(cases, permissions, queries)


def test_what_is_opened_is_read_by_the_office_and_auditors(cast):
    application = cast.opened_application()

    readers = [
        role for role in ("officer", "auditor", "supplier", "rival", "reviewer", "centre_officer")
        if queries.applications_visible_to(cast[role]).filter(pk=application.pk).exists()
    ]  # fmt: skip

    assert readers == ["officer", "auditor", "supplier"]
    assert application.call.openings.get().opened_at == DEADLINE + timedelta(days=1)
