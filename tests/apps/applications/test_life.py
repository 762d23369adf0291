"""An application from its start to its opening."""

import json
from datetime import timedelta

import pytest

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.models import Look
from dure.apps.applications.reasons import Reason
from dure.apps.applications.stages import ApplicationStage
from dure.apps.calls.operations import close_due
from dure.apps.notices.models import Notice
from dure.apps.records.queries import entries_about
from dure.foundation.verdict import Refused
from tests.apps.applications.cast import DEADLINE, SECRET
from tests.apps.applications.cast import _save as save
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SECOND, MORNING = timedelta(seconds=1), DEADLINE + timedelta(days=1)


def refused(expected, operation, /, **arguments):
    with pytest.raises(Refused) as refusal:
        operation(**arguments)
    assert refusal.value.reason == expected
    return refusal.value


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def test_a_draft_is_filed_approved_received_and_opened_in_the_morning(cast):
    draft = cast.filed_application()
    assert draft.stage == ApplicationStage.FILED
    assert queries.standing_submission(draft) is None

    submission = operations.submit(application=draft, by=cast["supplier"], at=DEADLINE - SECOND)

    draft.refresh_from_db()
    assert draft.stage == ApplicationStage.SUBMITTED
    assert submission.receipt_number == f"{draft.number}-01"
    assert SECRET.encode() not in bytes(submission.sealed)
    assert queries.standing_submission(draft).content is None
    [entry] = entries_about(f"application:{draft.pk}")
    assert json.loads(entry.leaf)["content"]["content_sha256"] == submission.content_hash
    assert SECRET not in entry.leaf
    close_due(at=DEADLINE)
    assert operations.open_due(at=DEADLINE) == 0
    assert operations.open_due(at=MORNING) == 1
    assert operations.open_due(at=MORNING) == 0
    [opened] = queries.opened_submissions(draft.call, cast["officer"])
    assert SECRET in opened.content["answers"][0]["text"]
    assert opened.application.title == "배관 수소취성 억제 코팅 개발"
    assert not queries.opened_submissions(draft.call, cast["rival"]).exists()


def test_an_organisation_leads_one_application_to_a_call(cast):
    draft = cast.draft_application()

    again = operations.start(
        call=draft.call, organisation=cast.supplier, by=cast["supplier"], at=NOON
    )

    assert again == draft


def test_two_people_lose_nothing(cast):
    draft = cast.draft_application()
    first = save(draft, "answers/need", {"text": "첫째"}, cast["supplier"])

    refusal = refused(
        Reason.CHANGED_MEANWHILE, operations.save_part, application=draft, name="answers/need",
        value={"text": "둘째"}, seen=0, by=cast["supplier"], at=NOON,
    )  # fmt: skip

    assert refusal.details["part"] == first
    assert adapter.read(queries.part_of(draft, "answers/need")) == {"text": "첫째"}
    same = operations.save_part(
        application=draft, name="answers/need", value={"text": "첫째"}, seen=0,
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    assert same.version == first.version


def test_what_is_filed_is_not_changed_unless_it_is_taken_back(cast):
    draft = cast.filed_application()
    change = {"application": draft, "name": "answers/need", "value": {"text": "x"}, "seen": 1}
    refused(Reason.FILED_ALREADY, operations.save_part, **change, by=cast["supplier"], at=NOON)

    operations.take_back_filing(application=draft, by=cast["supplier"])

    operations.save_part(**change, by=cast["supplier"], at=NOON)
    refused(Reason.NOT_FILED, operations.submit, application=draft, by=cast["supplier"], at=NOON)


def test_an_incomplete_draft_is_not_filed_and_says_what_is_missing(cast):
    draft = cast.draft_application()

    refusal = refused(
        Reason.INCOMPLETE, operations.file, application=draft, by=cast["supplier"], at=NOON
    )

    assert ("answers/need", "empty") in {(gap.part, gap.code) for gap in refusal.details["missing"]}


def test_the_version_submitted_last_stands_while_a_newer_one_is_edited(cast):
    application = cast.submitted_application()
    save(application, "answers/need", {"text": "고친 글"}, cast["supplier"])

    assert queries.standing_submission(application).version == 1
    operations.file(application=application, by=cast["supplier"], at=NOON)
    assert queries.standing_submission(application).version == 1
    operations.submit(application=application, by=cast["supplier"], at=NOON)

    assert queries.standing_submission(application).version == 2


def test_withdrawn_in_time_nothing_stands_and_it_can_be_submitted_anew(cast):
    application = cast.submitted_application()

    operations.withdraw(application=application, by=cast["supplier"], at=NOON)

    assert queries.standing_submission(application) is None
    operations.file(application=application, by=cast["supplier"], at=NOON)
    operations.submit(application=application, by=cast["supplier"], at=NOON)
    assert queries.standing_submission(application).version == 2
    refused(
        Reason.DEADLINE_PASSED, operations.withdraw, application=application,
        by=cast["supplier"], at=DEADLINE,
    )  # fmt: skip


def test_a_member_who_leaves_voids_what_was_submitted_loudly(cast):
    draft = cast.whole_application()
    member = cast.member_of_application(draft)
    save(draft, f"commitment/{member.pk}", {"shows": "purchase_contract"}, cast["manager"])
    operations.confirm_part(participant=member, by=cast["manager"], at=NOON)
    operations.file(application=draft, by=cast["supplier"], at=NOON)
    operations.submit(application=draft, by=cast["supplier"], at=NOON)

    operations.leave(participant=member, by=cast["manager"], at=NOON)

    draft.refresh_from_db()
    assert draft.stage == ApplicationStage.VOID
    assert queries.standing_submission(draft) is None
    assert told("APPLICATION_VOID") == {"supplier", "member", "manager"}
    operations.file(application=draft, by=cast["supplier"], at=NOON)
    operations.submit(application=draft, by=cast["supplier"], at=NOON)
    assert queries.standing_submission(draft).version == 2


def test_a_change_of_a_members_part_voids_its_confirmation(cast):
    draft = cast.whole_application()
    member = cast.member_of_application(draft)
    operations.confirm_part(participant=member, by=cast["manager"], at=NOON)

    save(draft, f"commitment/{member.pk}", {"is_exempt": True, "reason": "x"}, cast["supplier"])

    member.refresh_from_db()
    assert member.confirmed_at is None
    assert told("APPLICATION_PART_CHANGED") == {"member", "manager"}


def test_late_it_stays_a_draft_until_two_officers_admit_it(cast):
    draft = cast.submitted_application(at=DEADLINE)
    assert draft.stage == ApplicationStage.DRAFT
    [late] = queries.late_submissions(draft.call)
    assert queries.standing_submission(draft) is None
    close_due(at=DEADLINE)

    admission = operations.propose_admission(
        submission=late, reason="17시 50분부터 접속 장애", by=cast["officer"], at=DEADLINE
    )
    assert operations.open_due(at=MORNING) == 0
    refused(
        Reason.SECOND_CONFIRMS, operations.confirm_admission, admission=admission,
        by=cast["officer"], at=DEADLINE,
    )  # fmt: skip
    operations.confirm_admission(admission=admission, by=cast["officer2"], at=DEADLINE)

    assert operations.open_due(at=MORNING) == 1
    assert queries.opened_submissions(draft.call, cast["officer"]).count() == 1


def test_what_was_not_submitted_lapses_at_the_opening(cast):
    draft = cast.submitted_application(at=DEADLINE)
    close_due(at=DEADLINE)

    operations.open_due(at=MORNING)

    draft.refresh_from_db()
    assert draft.stage == ApplicationStage.LAPSED
    [late] = draft.submissions.all()
    refused(
        Reason.OPENED_ALREADY, operations.propose_admission, submission=late, reason="장애",
        by=cast["officer"], at=MORNING,
    )  # fmt: skip


def test_before_the_deadline_two_open_and_every_applicant_is_told(cast):
    application = cast.submitted_application()
    opening = operations.request_opening(
        call=application.call, reason="법원 명령", by=cast["officer"], at=NOON
    )
    assert operations.open_due(at=NOON) == 0
    refused(
        Reason.SECOND_CONFIRMS, operations.confirm_opening, opening=opening, by=cast["officer"],
        at=NOON,
    )  # fmt: skip

    operations.confirm_opening(opening=opening, by=cast["officer2"], at=NOON)

    assert close_due(at=NOON) == 0
    assert operations.open_due(at=NOON) == 1
    assert told("APPLICATIONS_OPENED_EARLY") == {"supplier"}


def test_a_helper_of_the_office_reads_until_the_help_ends(cast):
    draft = cast.draft_application()
    assert not queries.applications_visible_to(cast["officer"]).exists()
    helper = operations.let_help(
        application=draft, helper=cast["officer"], by=cast["supplier"], at=NOON
    )
    operations.note_look(helper=helper, part="project", at=NOON)

    assert queries.access_of(cast["officer"], draft).sees_all
    assert not queries.access_of(cast["officer"], draft).writes(None)
    operations.end_help(helper=helper, by=cast["supplier"], at=NOON)

    assert not queries.applications_visible_to(cast["officer"]).exists()
    assert Look.objects.count() == 1


def test_an_unconfirmed_opening_before_the_deadline_is_an_ordinary_one_after_it(cast):
    application = cast.submitted_application()
    operations.request_opening(
        call=application.call, reason="법원 명령", by=cast["officer"], at=NOON
    )
    close_due(at=DEADLINE)

    assert operations.open_due(at=DEADLINE) == 1

    assert not application.call.openings.get().is_early
    assert told("APPLICATIONS_OPENED_EARLY") == set()
