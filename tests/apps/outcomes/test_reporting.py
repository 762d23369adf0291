"""One side reports, somebody else confirms; only that counts, and from that moment on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.notices.models import Notice
from dure.apps.outcomes import operations, queries
from dure.apps.outcomes.kinds import kinds
from dure.apps.outcomes.models import Outcome
from dure.apps.outcomes.reasons import Reason
from dure.apps.outcomes.stages import OutcomeStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def refused(call, **arguments):
    with pytest.raises(Refused) as refusal:
        call(**arguments)
    return refusal.value.reason


def counted(day=TODAY):
    return [fact.id for fact in queries.counted(day)]


def test_a_report_counts_once_the_other_side_confirms_it(cast):
    made = cast.outcome()
    assert counted() == []
    assert Notice.objects.filter(recipient=cast["manager"], kind="OUTCOME").exists()

    confirmed = operations.confirm(outcome=made, by=cast["member"], at=NOON)

    assert confirmed.stage == OutcomeStage.CONFIRMED
    assert counted() == [made.pk]
    answer = made.answers.get()
    assert (answer.organisation, answer.is_yes, answer.given_by) == (
        cast.buyer,
        True,
        cast["member"],
    )
    notices = Notice.objects.filter(recipient=cast["supplier"])
    assert [notice.facts["event"] for notice in notices] == ["CONFIRMED"]


def test_whoever_reports_does_not_confirm(cast):
    made = cast.outcome()

    assert refused(operations.confirm, outcome=made, by=cast["supplier"], at=NOON) == (
        Reason.OWN_REPORT
    )
    assert refused(operations.confirm, outcome=made, by=cast["rival"], at=NOON) == (
        Reason.NOT_A_PARTY
    )


def test_the_office_confirms_on_evidence_and_not_its_own_report(cast):
    bare = cast.outcome(kind="patent", counterpart=None, amount=None, currency="", number="10-1")
    assert refused(operations.confirm, outcome=bare, by=cast["officer"], at=NOON) == (
        Reason.NO_EVIDENCE
    )
    operations.add_evidence(outcome=bare, files=[cast.proof()], by=cast["supplier"], at=NOON)
    operations.confirm(outcome=bare, by=cast["officer"], at=NOON)

    own = cast.outcome(by="officer", files=[cast.proof()], on=date(2026, 3, 3))
    assert refused(operations.confirm, outcome=own, by=cast["officer"], at=NOON) == (
        Reason.OWN_REPORT
    )
    operations.confirm(outcome=own, by=cast["officer2"], at=NOON)

    assert counted() == [bare.pk, own.pk]


def test_a_dispute_goes_to_the_office_with_its_reason(cast, as_role):
    made = cast.outcome(files=[cast.proof()])
    assert refused(operations.dispute, outcome=made, note=" ", by=cast["manager"], at=NOON) == (
        Reason.SAY_WHY
    )
    as_role("manager").post(
        reverse("outcomes:dispute", args=[made.pk]), {"reason": "우리는 6대만 샀습니다."}
    )

    made.refresh_from_db()
    assert made.stage == OutcomeStage.DISPUTED
    assert list(queries.to_check(cast["officer"], NOON)) == [made]
    operations.confirm(outcome=made, by=cast["officer"], at=timezone.now(), note="확인")
    assert [answer.is_yes for answer in made.answers.all()] == [False, True]


def test_a_withdrawn_outcome_counts_no_more_but_figures_of_past_days_stay(cast):
    made = cast.outcome()
    operations.confirm(outcome=made, by=cast["member"], at=NOON)
    later = NOON + timedelta(days=40)
    assert refused(operations.withdraw, outcome=made, reason="", by=cast["supplier"], at=later) == (
        Reason.SAY_WHY
    )

    operations.withdraw(outcome=made, reason="계약 해지", by=cast["supplier"], at=later)

    assert counted(later.date() - timedelta(days=1)) == [made.pk]
    assert counted(later.date()) == []
    assert Outcome.objects.get().reason == "계약 해지"
    assert refused(
        operations.withdraw, outcome=made, reason="x", by=cast["supplier"], at=later
    ) == (Reason.STAGE_CLOSED)


def test_what_is_confirmed_is_shown_with_what_it_counts_under(cast):
    project = cast.project()
    made = cast.outcome(anchor=("project", project))
    operations.confirm(outcome=made, by=cast["member"], at=NOON)

    [fact] = queries.counted(TODAY)

    assert (fact.kind, fact.on, fact.amount, fact.currency) == (
        "contract", date(2026, 10, 5), Decimal(320_000_000), "KRW",
    )  # fmt: skip
    assert (fact.programme, fact.region, fact.size) == ("challenge", "BUSAN", "small")
    assert fact.organisation == cast.supplier.pk


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"kind": "miracle"}, Reason.UNKNOWN_KIND),
        ({"amount": None, "currency": ""}, Reason.FIELD_MISSING),
        ({"counterpart": None}, Reason.FIELD_MISSING),
        ({"on": TODAY + timedelta(days=1)}, Reason.DAY_TO_COME),
        ({"amount": Decimal("0.5")}, Reason.TOO_MANY_DIGITS),
        ({"amount": Decimal(-1)}, Reason.OUT_OF_RANGE),
    ],
)
def test_what_is_not_whole_is_refused(cast, values, reason):
    assert refused(cast.outcome, **values) == reason
    assert not Outcome.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_with_the_report(cast):
    program = ContentFile(b"MZ\x90\x00", "계약서.pdf")

    assert refused(cast.outcome, files=[program]) == Reason.FILE_NOT_ALLOWED


def test_nobody_reports_for_somebody_else(cast):
    assert refused(
        operations.report,
        values={}, reported_for=cast.supplier, by=cast["rival"], at=NOON,
    ) == Reason.NO_ORGANISATION  # fmt: skip
    assert (
        refused(operations.report, values={}, reported_for=None, by=cast["supplier"], at=NOON)
        == Reason.NOT_AN_OFFICER
    )


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_every_kind_has_its_form(cast, as_role, kind):
    """Sent with everything that the kind asks for and nothing else, it is taken."""
    filled = {
        "counterpart": "124-81-00998", "country": "VN", "number": "제2026-1호", "amount": "1,200",
        "currency": "KRW", "count": "3", "since": "2026-01-01", "until": "2027-12-31",
    }  # fmt: skip
    form = {name: value for name, value in filled.items() if name in {*kind.asks, "currency"}}
    url = reverse("outcomes:report", args=[kind.id])
    client = as_role("supplier")
    assert client.get(url).status_code == 200

    answer = client.post(
        url, {**form, "title": "첫 성과", "on": "2026-10-05", "reported_for": cast.supplier.pk}
    )

    made = Outcome.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert (made.kind, made.reported_for) == (kind.id, cast.supplier)
    assert made.counterpart == (cast.buyer if "counterpart" in kind.asks else None)
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_buyer_reports_and_it_is_the_outcome_of_the_firm(cast, as_role):
    as_role("manager").post(
        reverse("outcomes:report", args=["purchase"]),
        {
            "reported_for": cast.buyer.pk, "title": "시제품 구매", "on": "2026-10-05",
            "counterpart": "열림테크", "amount": "3천만원", "currency": "KRW",
        },
    )  # fmt: skip

    made = Outcome.objects.get()
    assert (made.organisation, made.counterpart) == (cast.supplier, cast.buyer)
    assert (made.reported_for, made.amount) == (cast.buyer, 30_000_000)
    assert list(queries.to_confirm(cast["supplier"])) == [made]


def test_amounts_stay_in_their_currency_and_are_never_added(cast, as_role):
    client = as_role("supplier")
    url = reverse("outcomes:report", args=["export"])
    form = {"reported_for": cast.supplier.pk, "on": "2026-10-05", "country": "VN", "title": "수출"}
    client.post(url, {**form, "amount": "12,500.50", "currency": "USD"})
    client.post(url, {**form, "amount": "900000", "currency": "KRW"})
    refusal = client.post(url, {**form, "amount": "10.5", "currency": "JPY"})
    assert refusal.status_code == 422
    for made in Outcome.objects.all():
        operations.add_evidence(outcome=made, files=[cast.proof()], by=cast["supplier"], at=NOON)
        operations.confirm(outcome=made, by=cast["officer"], at=NOON)

    page = client.get(reverse("outcomes:list")).content.decode()

    assert "$12,500.50" in page
    assert "₩900,000" in page
    assert "912,500" not in page
    assert "Confirmed, in USD" in page


def test_a_name_that_several_have_is_asked_for_by_number(cast, as_role):
    cast.stranger.name = cast.rival.name
    cast.stranger.save()

    answer = as_role("supplier").post(
        reverse("outcomes:report", args=["mou"]),
        {"reported_for": cast.supplier.pk, "title": "협약", "on": "2026-10-05",
         "counterpart": cast.rival.name},
    )  # fmt: skip

    assert answer.status_code == 422
    assert "Several organisations have this name" in answer.content.decode()


def test_strangers_see_nothing(cast, as_role):
    made = cast.outcome(files=[cast.proof()])

    for role in ("rival", "newcomer", "reviewer"):
        assert as_role(role).get(made.get_absolute_url()).status_code == 404
        proof = reverse("outcomes:evidence", args=[made.evidence.get().pk])
        assert as_role(role).get(proof).status_code == 404
    shown = as_role("manager").get(proof)
    assert shown["Content-Disposition"].startswith("attachment")


def test_the_list_is_narrowed_sorted_and_comes_as_excel(cast, as_role):
    cast.outcome()
    cast.outcome(kind="mou", amount=None, currency="", title="업무협약", on=date(2025, 4, 1))
    client, url = as_role("supplier"), reverse("outcomes:list")

    def titles(**query):
        return [row["outcome"].title for row in client.get(url, query).context["rows"]]

    assert titles() == ["배기열 회수기 8대 공급", "업무협약"]
    assert titles(sort="on") == ["업무협약", "배기열 회수기 8대 공급"]
    assert titles(kind="mou") == titles(year="2025") == titles(words="업무") == ["업무협약"]
    assert titles(stage="WITHDRAWN") == []
    sheet = client.get(url, {"format": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_what_waits_stands_on_the_desk_of_the_other_side(cast, as_role):
    made = cast.outcome()
    assert "배기열 회수기" in as_role("manager").get("/").content.decode()
    settle = reverse("dashboards:settle", args=["OUTCOME", made.pk])
    assert as_role("supplier").post(settle).status_code == 404

    as_role("manager").post(settle)

    made.refresh_from_db()
    assert made.stage == OutcomeStage.CONFIRMED
