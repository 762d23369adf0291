"""The pages of applications: one happy path and one refusal each."""

import html
import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfWriter

from dure.apps.applications import adapter, operations, queries
from dure.apps.applications.models import Application
from dure.apps.calls.operations import close_due
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.people.models import Mandate, MandateKind, Membership, MembershipStage
from dure.apps.people.operations import issue_token
from tests.apps.applications.cast import PNG, SECRET, _lead_of, _save, open_call
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def past_call(cast):
    """Its deadline was an hour ago, by the clock on the wall."""
    return open_call(cast, closes_at=timezone.now() - timedelta(hours=1))


def running_call(cast):
    """Its deadline is tomorrow, by the clock on the wall."""
    return open_call(cast, closes_at=timezone.now() + DAY)


def part(draft, name):
    return reverse("applications:part", args=[draft.pk, name])


def test_the_check_says_each_rule_and_starts_the_application(as_role, cast):
    call = running_call(cast)
    browser = as_role("supplier")

    page = browser.get(reverse("applications:check", args=[call.pk])).content.decode()
    assert "may apply" in page or "Not everything is known" in page
    answered = browser.get(
        reverse("applications:check", args=[call.pk]),
        {"organisation": cast.supplier.pk, "arrears": "yes"},
    ).content.decode()
    assert "To put right in time" in answered
    browser.post(reverse("applications:start", args=[call.pk]), {"organisation": cast.supplier.pk})

    assert Application.objects.get().organisation == cast.supplier


def test_a_firm_starts_none_for_another(as_role, cast):
    call = open_call(cast)

    as_role("rival").post(
        reverse("applications:start", args=[call.pk]), {"organisation": cast.supplier.pk}
    )

    assert not Application.objects.exists()


def test_what_is_typed_is_saved_and_what_another_saved_is_shown(as_role, cast):
    draft = cast.draft_application()
    browser, address = as_role("supplier"), part(draft, "answers/need")

    saved = browser.post(address, {"text": "처음", "seen": "0"}, headers={"HX-Request": "true"})
    assert "Saved at" in saved.content.decode()
    both = browser.post(address, {"text": "다른 글", "seen": "0"}).content.decode()

    assert "처음" in both
    assert "다른 글" in both
    assert adapter.read(queries.part_of(draft, "answers/need"))["text"] == "처음"


def test_what_cannot_be_saved_says_so_where_one_types(as_role, cast):
    draft = cast.draft_application()
    browser, address = as_role("supplier"), part(draft, "project")

    while_typing = browser.post(address, {"trl_now": "99"}, headers={"HX-Request": "true"})
    pressed = browser.post(address, {"trl_now": "99"})

    assert {while_typing.status_code, pressed.status_code} == {422}
    assert "Not saved yet" in while_typing.content.decode()
    # htmx shows an answer of 422 only where it is told to.
    assert "409|422" in pressed.content.decode()


def test_after_the_deadline_nothing_typed_is_lost_and_a_submission_is_late(as_role, cast):
    draft = cast.filed_application(past_call(cast))
    browser = as_role("supplier")

    page = browser.post(reverse("applications:approve", args=[draft.pk]), follow=True)

    assert "came after the deadline" in page.content.decode()
    assert queries.standing_submission(draft) is None
    typed = browser.post(
        part(draft, "answers/need"),
        {"text": "마감 뒤", "seen": "1"},
        headers={"HX-Request": "true"},
    )
    assert "Saved at" in typed.content.decode()
    assert adapter.read(queries.part_of(draft, "answers/need"))["text"] == "마감 뒤"


def test_what_arrived_in_time_is_in_time_however_long_it_waited(as_role, cast):
    draft = cast.filed_application(past_call(cast))
    before = timezone.now() - timedelta(hours=2)

    page = as_role("supplier").post(
        reverse("applications:approve", args=[draft.pk]), follow=True,
        **{"dure.arrived_at": before.timestamp()},
    )  # fmt: skip

    assert "Received:" in page.content.decode()
    assert queries.standing_submission(draft).submitted_at == before


def test_a_file_of_full_size_is_taken(as_role, cast, settings):
    draft = cast.draft_application()
    [paper, *_] = [p for p in adapter.documents_of(draft.call, "lead") if not p.most_pages]
    address = part(draft, f"documents/{paper.id}/{_lead_of(draft).pk}")
    file = SimpleUploadedFile("사업자등록증.png", PNG + b"x" * (settings.DURE_UPLOAD_LIMIT - 100))

    assert as_role("supplier").post(address, {"file": file}).status_code == 302


def test_the_check_at_the_deadline_stays_with_the_submission(as_role, cast):
    opened = cast.opened_application()
    [submission] = opened.submissions.all()

    [check] = submission.checks
    assert check["step"] == "first_evaluation"
    assert check["as_of"] == timezone.localtime(opened.call.deadline_at).date().isoformat()
    page = as_role("officer").get(reverse("applications:opened", args=[opened.pk]))
    assert "Eligibility at the deadline" in page.content.decode()
    assert check["rules"][0]["question"]["en"] in html.unescape(page.content.decode())


def test_a_person_above_100_percent_over_two_applications_is_found(as_role, cast):
    first, second = cast.whole_application(), cast.whole_application(open_call(cast))
    for draft in (first, second):
        lead = _lead_of(draft).pk
        people = [
            {"name": "김연구", "monthly_won": 1, "rate": 60, "months": 24, "kind": "cash"},
            {"name": "이연구", "monthly_won": 1, "rate": 40, "months": 24, "kind": "cash"},
        ]
        _save(draft, f"people/{lead}", {"rows": people}, cast["supplier"])

    writer = as_role("supplier").get(part(second, f"people/{_lead_of(second).pk}"))
    for draft in (first, second):
        filed = operations.file(application=draft, by=cast["supplier"], at=NOON)
        operations.submit(application=filed, by=cast["supplier"], at=NOON)
    close_due(at=NOON + 41 * DAY)
    operations.open_due(at=NOON + 42 * DAY)
    office = as_role("officer").get(reverse("applications:of_call", args=[first.call_id]))

    for page in (writer.content.decode(), office.content.decode()):
        assert "More than 100 % in several applications together" in page
        assert "120 %" in page
        assert first.number in page
        assert "이연구 (" not in page


def test_a_bookkeeper_sees_the_money_and_nothing_else(as_role, cast):
    draft = cast.whole_application()
    Mandate.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, kind=MandateKind.BOOKKEEPER,
        first_on=NOON.date(), created_by=cast["supplier"], created_at=NOON,
    )  # fmt: skip
    browser, lead = as_role("newcomer"), _lead_of(draft)

    assert browser.get(part(draft, f"costs/{lead.pk}")).status_code == 200
    assert browser.get(part(draft, "answers/need")).status_code == 404
    assert browser.get(reverse("applications:preview", args=[draft.pk])).status_code == 404
    page = browser.get(reverse("applications:application", args=[draft.pk])).content.decode()
    assert SECRET not in page
    assert "What it costs" in page


def test_a_named_signatory_approves_and_the_managers_no_more(as_role, cast):
    filed = cast.filed_application(running_call(cast))
    Membership.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, stage=MembershipStage.ACTIVE
    )
    Mandate.objects.create(
        user=cast["newcomer"], organisation=cast.supplier, kind=MandateKind.SIGNATORY,
        first_on=NOON.date(), created_by=cast["supplier"], created_at=NOON,
    )  # fmt: skip

    approve = reverse("applications:approve", args=[filed.pk])

    assert as_role("supplier").get(approve).status_code == 404
    as_role("newcomer").post(approve)
    assert queries.standing_submission(filed).submitted_by == cast["newcomer"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.pdf", b"MZ\x90\x00", "not what its name says"),
        ("plan.exe", b"MZ\x90\x00", "not what its name says"),
        ("계획서.png", PNG, "not what its name says"),  # a plan is no picture
        ("plan.pdf", b"", "cannot be taken"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(as_role, cast, name, content, message):
    draft = cast.draft_application()
    address = part(draft, f"documents/research_plan/{_lead_of(draft).pk}")

    page = as_role("supplier").post(address, {"file": SimpleUploadedFile(name, content)})

    assert message in page.content.decode()
    assert not draft.files.exists()


def test_a_plan_of_too_many_pages_is_refused(as_role, cast):
    draft = cast.draft_application()
    address = part(draft, f"documents/research_plan/{_lead_of(draft).pk}")
    for pages, is_taken in ((21, False), (20, True)):
        writer = PdfWriter()
        for _page in range(pages):
            writer.add_blank_page(200, 200)
            file = io.BytesIO()
        writer.write(file)
        as_role("supplier").post(
            address, {"file": SimpleUploadedFile("계획서.pdf", file.getvalue())}
        )

        assert draft.files.exists() == is_taken


def test_costs_are_pasted_from_excel_or_every_mistake_is_named_by_its_cell(as_role, cast):
    draft = cast.draft_application()
    lead = _lead_of(draft).pk
    browser = as_role("supplier")
    address = reverse("applications:import", args=[draft.pk, "costs", lead])
    good = "비목\t금액(원)\t연차\n연구재료비\t1억 2천만\t1\n간접비\t5,000,000\t2\n"

    page = browser.post(address, {"pasted": good.replace("간접비", "없는 비목")})
    assert "A3" in page.content.decode()
    assert queries.part_of(draft, f"costs/{lead}") is None
    browser.post(address, {"pasted": good})

    rows = adapter.read(queries.part_of(draft, f"costs/{lead}"))["rows"]
    assert [(row["category"], row["won"], row["year"]) for row in rows] == [
        ("materials", 120_000_000, 1), ("indirect", 5_000_000, 2),
    ]  # fmt: skip


def test_people_come_from_the_filled_template(as_role, cast):
    draft = cast.draft_application()
    lead = _lead_of(draft).pk
    browser = as_role("supplier")
    template = browser.get(reverse("applications:template", args=[draft.pk, "people"]))
    book = openpyxl.load_workbook(io.BytesIO(template.content))
    book.worksheets[0].append(["김연구", "설계", "4,000,000", "50", "30", "12", "In kind"])
    filled = io.BytesIO()
    book.save(filled)

    browser.post(
        reverse("applications:import", args=[draft.pk, "people", lead]),
        {"file": SimpleUploadedFile("people.xlsx", filled.getvalue())},
    )

    [person] = adapter.read(queries.part_of(draft, f"people/{lead}"))["rows"]
    assert (person["name"], person["monthly_won"], person["kind"]) == (
        "김연구",
        4_000_000,
        "in_kind",
    )


def test_who_works_more_than_all_the_time_is_named(as_role, cast):
    draft = cast.draft_application()
    lead = _lead_of(draft).pk
    as_role("supplier").post(part(draft, f"people/{lead}"), {
        "rows-TOTAL_FORMS": "1", "rows-INITIAL_FORMS": "0", "rows-0-name": "김연구",
        "rows-0-monthly_won": "400만", "rows-0-rate": "80", "rows-0-other_rate": "30",
        "rows-0-months": "12", "rows-0-kind": "cash", "seen": "0",
    })  # fmt: skip

    page = as_role("supplier").get(reverse("applications:application", args=[draft.pk]))

    assert "김연구 works more than 100 %" in page.content.decode()


def test_an_earlier_application_is_copied_without_its_papers(as_role, cast):
    cast.whole_application()
    draft = cast.draft_application(open_call(cast), title="새 과제")
    earlier = Application.objects.exclude(pk=draft.pk).get()

    as_role("supplier").post(reverse("applications:copy", args=[draft.pk]), {"source": earlier.pk})

    parts = adapter.read_parts(draft)
    assert parts["project"]["title"] == "새 과제"
    assert SECRET in parts["answers/need"]["text"]
    assert parts[f"money/{_lead_of(draft).pk}"]["rows"]
    assert not any(name.startswith("documents/") for name in parts)


def test_the_office_sees_counts_and_after_the_opening_a_workbook(as_role, cast):
    call = past_call(cast)
    application = cast.submitted_application(call)
    address = reverse("applications:of_call", args=[call.pk])
    before = as_role("officer").get(address).content.decode()
    assert application.organisation.name not in before
    assert as_role("member").get(address).status_code == 404

    close_due(at=timezone.now())
    operations.open_due(at=timezone.now() + 2 * DAY)

    assert application.organisation.name in as_role("officer").get(address).content.decode()
    assert as_role("officer").get(address, {"format": "xlsx"}).content[:2] == b"PK"
    [row, *_] = queries.submissions_opened_in(call).get().content["members"][0]["documents"]
    file = as_role("officer").get(
        reverse("applications:opened_file", args=[application.pk, row["file"]])
    )
    assert SECRET.encode() in file.content


def test_a_late_submission_is_admitted_by_two_and_all_can_read_why(as_role, cast):
    call = past_call(cast)
    late = cast.submitted_application(call, at=timezone.now()).submissions.get()
    as_role("officer").post(
        reverse("applications:admit", args=[late.pk]), {"reason": "17시 50분부터 접속 장애"}
    )
    settle = reverse("applications:settle_admission", args=[late.admission.pk])
    as_role("officer").post(settle, {"answer": "confirm"})
    late.admission.refresh_from_db()
    assert late.admission.confirmed_at is None

    as_role("officer2").post(settle, {"answer": "confirm"})

    page = as_role("rival").get(reverse("calls:call", args=[call.pk])).content.decode()
    assert "17시 50분부터 접속 장애" in page


def test_a_helper_of_the_office_reads_and_it_is_kept(as_role, cast):
    draft = cast.whole_application()
    as_role("supplier").post(
        reverse("applications:help", args=[draft.pk]), {"helper": cast["officer"].pk}
    )

    assert SECRET in as_role("officer").get(part(draft, "answers/need")).content.decode()
    denied = as_role("officer").post(part(draft, "answers/need"), {"text": "x", "seen": "1"})
    assert "Only people of the organisation" in denied.content.decode()
    page = as_role("supplier").get(reverse("applications:application", args=[draft.pk]))
    assert "answers/need" in page.content.decode()


def test_joint_development_opens_an_application_with_what_is_known(as_role, cast):
    introduction = Introduction.objects.create(
        need=cast.need(), technology=cast.technology(), introduced_by=cast["officer"],
        introduced_at=NOON, quiet_since=NOON,
    )  # fmt: skip
    record_id = ConsultationRecord.objects.create(
        introduction=introduction, outcome="KEPT", next_step="JOINT_DEVELOPMENT",
        owner=cast["member"], due_on=NOON.date(), recorded_by=cast["member"], recorded_at=NOON,
    ).pk  # fmt: skip
    call = running_call(cast)
    browser = as_role("supplier")
    assert browser.get(reverse("applications:joint", args=[record_id])).status_code == 200

    browser.post(
        reverse("applications:start", args=[call.pk]),
        {"organisation": cast.supplier.pk, "record": record_id},
    )

    draft = Application.objects.get()
    assert adapter.read_parts(draft)["origin"]["record"] == record_id
    assert [member.organisation for member in queries.members_of(draft)] == [
        cast.supplier,
        cast.buyer,
    ]


def test_the_api_says_where_ones_own_applications_stand_and_not_what_they_say(as_role, cast):
    received = cast.submitted_application(title=SECRET)

    def listed(role):
        _token, key = issue_token(name="x", by=cast[role], at=timezone.now())
        return as_role("visitor").get(
            "/api/v1/applications", headers={"Authorization": f"Bearer {key}"}
        )

    [item] = listed("supplier").json()["items"]
    assert item["content_hash"] == received.submissions.get().content_hash
    assert SECRET not in str(item)
    assert listed("rival").json()["items"] == []
    assert listed("officer").json()["items"] == []
