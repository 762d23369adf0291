"""A firm asks, somebody owns it until a day, it goes step by step and ends with an outcome."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.support import operations
from dure.apps.support.kinds import AskedAs, services
from dure.apps.support.models import PersonalValues, SupportRequest
from dure.apps.support.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return refusal.value.reason


def told(user):
    return [
        notice.facts["event"] for notice in Notice.objects.filter(recipient=user).order_by("pk")
    ]


def test_a_request_goes_to_the_body_of_the_region_and_is_due(cast):
    body = cast.support_body()

    asked = cast.support_request()

    assert (asked.body, asked.owner, asked.step) == (body, None, "asked")
    assert asked.due_on == TODAY + timedelta(days=3)
    assert asked.asked_as == AskedAs.SELF
    assert told(cast["matcher"]) == ["ASKED"]


def test_without_a_body_the_office_is_told_and_finds_one(cast):
    asked = cast.support_request()
    assert asked.body is None
    assert told(cast["officer"]) == ["ASKED"]
    body = cast.support_body("expert")

    asked = operations.assign_body(request=asked, organisation=body, by=cast["officer"], at=NOON)

    assert asked.body == body
    wrong = {"request": asked, "organisation": cast.rival, "by": cast["officer"], "at": NOON}
    assert refused(operations.assign_body, **wrong) == Reason.WRONG_BODY


def test_somebody_of_the_body_owns_it_until_a_day(cast):
    cast.support_body()
    asked = cast.support_request()
    late = TODAY + timedelta(days=16)

    def take(by="matcher", due_on=None):
        return operations.take_on(request=asked, due_on=due_on, by=cast[by], at=NOON)

    assert refused(take, by="officer") == Reason.NOT_YOUR_BODY
    assert refused(take, due_on=late) == Reason.AFTER_THE_TERM
    assert refused(take, due_on=TODAY - timedelta(days=1)) == Reason.DAY_PAST
    owned = take(due_on=TODAY + timedelta(days=5))

    assert (owned.owner, owned.step) == (cast["matcher"], "searching")
    assert owned.due_on == TODAY + timedelta(days=5)
    assert told(cast["supplier"]) == ["OWNED"]
    assert refused(take, by="colleague") == Reason.OWNED_ALREADY


def test_it_is_handed_over_and_gets_another_day(cast):
    owned = cast.owned_request()

    def hand(to, why="휴가"):
        return operations.hand_over(
            request=owned, to=cast[to], why=why, by=cast["matcher"], at=NOON
        )

    assert refused(hand, "member") == Reason.NOT_OF_THE_BODY
    assert refused(hand, "colleague", "") == Reason.SAY_WHY
    owned = hand("colleague")
    assert owned.owner == cast["colleague"]
    day = TODAY + timedelta(days=40)
    late = {"request": owned, "due_on": day, "why": "시험 대기", "at": NOON}
    assert refused(operations.postpone, **late, by=cast["matcher"]) == Reason.NOT_THE_OWNER
    assert operations.postpone(**late, by=cast["colleague"]).due_on == day
    assert [step.what for step in owned.steps.all()] == ["STEP", "STEP", "OWNER", "DUE"]


def test_terms_are_warned_of_once_before_and_once_after(cast):
    owned = cast.owned_request()

    def warned(days):
        return operations.warn(at=NOON + timedelta(days=days))

    assert [warned(days) for days in (1, 13, 14, 16, 17)] == [0, 1, 0, 1, 0]
    assert told(cast["matcher"])[-2:] == ["SOON", "OVERDUE"]
    operations.postpone(
        request=owned, due_on=TODAY + timedelta(days=20), why="연기", by=cast["matcher"],
        at=NOON + timedelta(days=17),
    )  # fmt: skip
    assert warned(18) == 1


def test_what_nobody_owns_is_warned_of_to_everybody_of_the_body(cast):
    cast.support_body()
    cast.support_request()

    operations.warn(at=NOON + timedelta(days=4))

    assert told(cast["colleague"]) == ["ASKED", "OVERDUE"]


def test_the_whole_way_to_a_solved_difficulty(cast):
    request = cast.owned_request()
    partner = cast.agreed_partner(request, cast.partner_profile())
    request = cast.support_step(request, "working")
    close = {"outcome": "solved", "note": "감도 3배"}
    assert refused(cast.support_step, request, "closed", **close) == Reason.REPORT_MISSING
    operations.report(request=request, text="감도가 3배 높아졌어요.", by=cast["matcher"], at=NOON)
    assert refused(cast.support_step, request, "closed", **close) == Reason.VISIT_MISSING
    operations.note_visit(
        request=request, on=TODAY, hours=Decimal(3), text="촉매 교체", candidate=partner,
        by=cast["professor"], at=NOON,
    )  # fmt: skip
    assert refused(cast.support_step, request, "closed") == Reason.OUTCOME_MISSING

    request = cast.support_step(request, "closed", **close)

    assert (request.outcome, request.due_on) == ("solved", None)
    assert request.closed_at == NOON
    rated = {"request": request, "satisfaction": 5, "text": "", "at": NOON}
    assert refused(operations.rate, **rated, by=cast["matcher"]) == Reason.NOT_ASKED
    assert operations.rate(**rated, by=cast["supplier"]).satisfaction == 5
    assert refused(operations.rate, **rated, by=cast["supplier"]) == Reason.SAID_ALREADY
    assert refused(cast.support_step, request, "working") == Reason.STAGE_CLOSED


def test_nobody_works_together_before_a_partner_has_agreed(cast):
    request = cast.owned_request()

    assert refused(cast.support_step, request, "working") == Reason.PARTNER_MISSING


def test_the_search_begins_anew_but_nobody_takes_it_on_again(cast):
    request = cast.owned_request()
    cast.agreed_partner(request, cast.partner_profile())
    request = cast.support_step(request, "working")

    again = {"request": request, "by": cast["colleague"], "at": NOON}
    assert refused(operations.take_on, **again) == Reason.OWNED_ALREADY
    assert cast.support_step(request, "searching").step == "searching"
    first = cast.support_request()
    assert refused(cast.support_step, first, "searching") == Reason.NOBODY_OWNS_IT


def test_a_request_may_be_declined_unowned_and_withdrawn_by_the_firm(cast):
    cast.support_body()
    first, second = cast.support_request(), cast.support_request()
    why = {"outcome": "declined", "note": "대상 아님"}

    assert cast.support_step(first, "declined", **why).outcome == "declined"
    by_firm = {"by": "supplier", "outcome": "withdrawn"}
    assert refused(cast.support_step, second, "withdrawn", by="colleague") == Reason.NOT_THEIR_TURN
    assert cast.support_step(second, "withdrawn", **by_firm).closed_at


def test_only_firms_of_the_kind_ask_and_only_for_themselves(cast):
    assert refused(cast.support_request, by="member") == Reason.NOT_FOR_THIS_FIRM
    large = {
        "service": services()["expert"], "organisation": cast.buyer, "title": "질문",
        "values": {"question": "?"}, "by": cast["manager"], "at": NOON,
    }  # fmt: skip
    assert refused(operations.ask, **large) == Reason.KIND_MAY_NOT_ASK
    assert refused(cast.support_request, question="", difficulty="") == Reason.FIELD_MISSING


def test_a_groups_secretary_asks_for_a_member_and_it_is_marked(cast, as_role):
    cast.support_body()
    group = cast.group_of_supplier("rival")

    asked = cast.support_request(by="rival")

    assert (asked.asked_as, asked.group) == (AskedAs.GROUP, group)
    assert told(cast["supplier"]) == ["ASKED_FOR_YOU"]
    page = as_role("supplier").get(asked.get_absolute_url()).content.decode()
    assert "as officer of" in page
    assert "Its exchange group" in page
    assert cast.support_step(asked, "withdrawn", by="supplier", outcome="withdrawn").closed_at


def test_a_secretary_whose_term_is_over_asks_no_more(cast):
    cast.group_of_supplier("rival")
    later = NOON + timedelta(days=100 * 365)

    assert refused(cast.support_request, by="rival", at=later) == Reason.NOT_FOR_THIS_FIRM


def test_a_coordinator_asks_for_members_of_groups_but_for_nothing_private(cast):
    assert refused(cast.support_request, by="coordinator") == Reason.NOT_FOR_THIS_FIRM
    cast.group_of_supplier()

    assert cast.support_request(by="coordinator").asked_as == AskedAs.COORDINATOR
    private = ("research-staff", "coordinator")
    assert refused(cast.support_request, *private) == Reason.NOT_FOR_THIS_FIRM
    assert refused(cast.support_request, "mediation", "officer") == Reason.NOT_FOR_THIS_FIRM


def test_the_terms_of_the_day_hold_for_legal_help(cast):
    old = cast.owned_request("legal-help", at=NOON.replace(year=2023))
    new = cast.support_request("legal-help")

    assert (old.edition_from, new.edition_from) == (date(2022, 1, 1), date(2025, 1, 1))
    assert [cap.most for cap in operations.caps_of(old)] == [30]
    assert [cap.most for cap in operations.caps_of(new)] == [60]


def test_hours_and_months_of_legal_help_are_enforced(cast):
    request = cast.support_step(cast.owned_request("legal-help"), "working")

    def note(hours, days):
        return operations.note_visit(
            request=request, on=TODAY + timedelta(days=days), hours=Decimal(hours), text="상담",
            by=cast["matcher"], at=NOON + timedelta(days=days),
        )  # fmt: skip

    for day in range(3):
        note(20, day)
    assert refused(note, "0.5", 4) == Reason.OVER_THE_CAP
    request.visits.all().delete()
    assert refused(note, 1, 92) == Reason.AFTER_THE_TERM
    assert note(1, 91).hours == 1


def test_free_days_of_a_check_up_are_counted_not_its_visits(cast):
    request = cast.support_step(cast.owned_request("security-check-up"), "working")

    def note(day):
        return operations.note_visit(
            request=request, on=TODAY - timedelta(days=day), hours=Decimal(2), text="진단",
            by=cast["matcher"], at=NOON,
        )  # fmt: skip

    for day in (0, 0, 1, 2, 3, 4, 5, 6):
        note(day)
    assert refused(note, 7) == Reason.OVER_THE_CAP
    assert request.visits.count() == 8


@pytest.mark.parametrize(
    ("service", "first", "grant", "is_over"),
    [
        ("security-systems", {"cost": 100_000_000}, 80_000_000, False),
        ("security-systems", {"cost": 100_000_000}, 80_000_001, True),
        ("security-systems", {"cost": 99_999_999}, 80_000_000, True),
        ("protection-voucher", {"level": "first", "cost": 40_000_000}, 30_000_000, False),
        ("protection-voucher", {"level": "first", "cost": 40_000_000}, 32_000_000, True),
        ("protection-voucher", {"level": "leading", "cost": 40_000_000}, 30_000_000, True),
        ("protection-voucher", {"level": "leading", "cost": 140_000_000}, 70_000_000, False),
    ],
)
def test_grants_stay_within_amount_and_share(cast, service, first, grant, is_over):
    request = cast.owned_request(service, **first)
    step = {"values": {"grant": grant}}

    if is_over:
        assert refused(cast.support_step, request, "working", **step) == Reason.OVER_THE_CAP
    else:
        assert cast.support_step(request, "working", **step).values["grant"] == grant


@pytest.mark.parametrize(("court", "share", "is_over"), [("no", 95, True), ("yes", 95, False)])
def test_an_estimate_for_a_court_is_paid_in_full(cast, court, share, is_over):
    request = cast.owned_request("damage-estimate", court=court)
    cast.agreed_partner(request, cast.partner_profile())
    step = {"values": {"cost": 10_000_000, "grant": share * 100_000}}

    if is_over:
        assert refused(cast.support_step, request, "working", **step) == Reason.OVER_THE_CAP
    else:
        assert cast.support_step(request, "working", **step).step == "working"


def test_personal_details_are_kept_apart_read_by_few_and_forgotten(cast, as_role):
    cast.partner_profile()
    request = cast.owned_request("research-staff", contact="홍길동 010-0000-1234")
    assert "contact" not in request.values

    def page(role):
        return as_role(role).get(request.get_absolute_url())

    assert "010-0000-1234" in page("supplier").content.decode()
    assert "010-0000-1234" in page("matcher").content.decode()
    assert "010-0000-1234" not in page("officer").content.decode()
    assert page("auditor").status_code == page("centre_officer").status_code == 404
    assert page("colleague").status_code == 404

    cast.support_step(request, "not_found", outcome="not_found")
    assert operations.forget(at=NOON + timedelta(days=365)) == 0
    assert operations.forget(at=NOON + timedelta(days=367)) == 1
    assert not PersonalValues.objects.exists()


def test_a_report_may_have_a_file_and_only_sides_download_it(cast, as_role):
    from django.core.files.uploadedfile import SimpleUploadedFile

    request = cast.support_step(cast.owned_request("legal-help"), "working")
    file = SimpleUploadedFile("결과.pdf", b"%PDF-1.7 report")
    url = reverse("support:report", args=[request.pk])

    as_role("matcher").post(url, {"text": "자문을 마쳤어요.", "file": file})
    made = request.reports.get()

    download = reverse("support:report_file", args=[made.pk])
    assert as_role("supplier").get(download).status_code == 200
    assert as_role("rival").get(download).status_code == 404
    wrong = SimpleUploadedFile("결과.pdf", b"not a pdf")
    again = as_role("matcher").post(url, {"text": "다시", "file": wrong})
    assert again.status_code == 422
    assert request.reports.count() == 1


def test_a_form_on_the_page_asks_and_shows_what_is_missing(cast, as_role):
    cast.support_body()
    url = reverse("support:ask", args=["technology-partner"])
    assert as_role("rival").get(url).status_code == 404
    assert as_role("supplier").post(url, {"title": "센서"}).status_code == 422

    form = {"organisation": cast.supplier.pk, "title": "센서", "value_difficulty": "감도가 낮아요."}
    sent = as_role("supplier").post(url, form)

    made = SupportRequest.objects.get()
    assert sent.url == made.get_absolute_url()
    assert made.values == {"difficulty": "감도가 낮아요."}


def test_the_list_is_narrowed_and_handed_out(cast, as_role):
    owned, other = cast.owned_request(), cast.support_request()
    url = reverse("support:requests")

    def shown(role, query=""):
        return {row["request"].pk for row in as_role(role).get(url + query).context["rows"]}

    assert shown("supplier") == shown("matcher") == {owned.pk, other.pk}
    assert shown("matcher", "?state=mine") == {owned.pk}
    assert shown("matcher", "?state=free") == {other.pk}
    assert shown("officer", "?state=overdue&service=expert") == set()
    assert shown("rival") == set()
    sheet = as_role("supplier").get(url + "?format=xlsx")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
