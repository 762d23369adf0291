"""An entry goes from stage to stage by the hand that its file names; terms lapse and remind."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.consultations.models import ConsultationRecord
from dure.apps.designations import operations, queries
from dure.apps.designations.kinds import registers
from dure.apps.designations.models import Entry
from dure.apps.designations.reasons import Reason
from dure.apps.notices.models import Notice
from dure.apps.outcomes.models import Outcome
from dure.foundation.facts import facts_about
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return refusal.value.reason


@pytest.fixture
def designated(cast):
    entry = cast.innovation_product()
    return cast.stepped(
        entry, "reviewed", "designated", number="2026-118", values={"grounds": "rnd"}
    )


def test_a_product_is_designated_for_its_term(cast, designated):
    assert (designated.starts_on, designated.ends_on) == (TODAY, date(2029, 11, 21))
    assert designated.values["grounds"] == "rnd"
    assert [step.stage for step in designated.steps.all()] == ["applied", "reviewed", "designated"]
    assert Notice.objects.filter(recipient=cast["supplier"], kind="DESIGNATION").exists()


def test_it_stands_in_the_catalogue_for_everybody(designated, as_role):
    url = reverse("designations:catalogue", args=["innovation-product"])
    page = as_role("visitor").get(url).content.decode()
    assert "무선 누출 감지기" in page
    assert as_role("rival").get(designated.get_absolute_url()).status_code == 200
    champions = reverse("designations:catalogue", args=["trial-purchase"])
    assert as_role("visitor").get(champions).status_code == 404


def test_it_is_a_fact_for_calls_while_it_holds(cast, designated):
    def holds(on):
        return {f.name: f.value for f in facts_about(cast.supplier, on)}.get("innovation_product")

    assert holds(TODAY) is True
    assert holds(TODAY - timedelta(days=1)) is None
    assert holds(designated.ends_on + timedelta(days=1)) is None


def test_a_designation_is_reported_as_an_outcome(cast, designated):
    made = Outcome.objects.get()

    assert (made.kind, made.number, made.until) == ("designation", "2026-118", designated.ends_on)
    assert made.stage == "CLAIMED"


def test_only_the_hand_that_the_file_names_takes_a_step(cast):
    entry = cast.innovation_product()

    assert refused(cast.stepped, entry, "reviewed", by="supplier") == Reason.NOT_THEIR_TURN
    assert refused(cast.stepped, entry, "designated") == Reason.STAGE_CLOSED
    assert refused(cast.stepped, entry, "rejected") == Reason.SAY_WHY
    cast.stepped(entry, "rejected", reason="규격 미달")
    assert Entry.objects.get().stage == "rejected"


def test_days_go_forward_and_never_ahead(cast):
    entry = cast.innovation_product()
    tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)

    assert refused(cast.stepped, entry, "reviewed", on=tomorrow) == Reason.DAY_TO_COME
    assert refused(cast.stepped, entry, "reviewed", on=yesterday) == Reason.BEFORE_THE_LAST_STEP


def test_a_number_stands_once(cast, designated):
    other = cast.stepped(cast.innovation_product("다른 감지기"), "reviewed")

    assert refused(cast.stepped, other, "designated", number="2026-118") == Reason.NUMBER_TAKEN


def test_a_term_that_is_over_lapses_by_itself(cast, designated):
    after = NOON + timedelta(days=365 * 3 + 5)
    assert operations.lapse(at=NOON) == 0

    assert operations.lapse(at=after) == 1
    assert operations.lapse(at=after) == 0

    designated.refresh_from_db()
    assert designated.stage == "expired"
    assert designated.steps.last().on == designated.ends_on + timedelta(days=1)


def test_both_sides_are_reminded_once_for_each_term_before(cast, designated):
    def reminded(days):
        return operations.remind(at=NOON + (designated.ends_on - TODAY) - timedelta(days=days))

    assert [reminded(days) for days in (200, 180, 170, 30, 29)] == [0, 1, 0, 1, 0]


def test_a_trial_goes_to_its_purchase_and_both_are_outcomes(cast, designated):
    trial = cast.trial(parent=designated)
    cast.stepped(trial, "agreed", by="manager", values={"amount": 30_000_000, "site": "창원"})
    assert refused(cast.stepped, trial, "reported", by="supplier") == Reason.NOT_THEIR_TURN
    cast.stepped(
        trial, "reported", by="manager", values={"satisfaction": 4, "report": "오경보 없음"}
    )

    cast.stepped(trial, "bought", by="manager", values={"bought": 120_000_000})

    made = {outcome.kind: outcome for outcome in Outcome.objects.filter(reported_for=cast.buyer)}
    assert set(made) == {"trial_purchase", "purchase"}
    assert made["purchase"].amount == 120_000_000
    assert made["purchase"].organisation == cast.supplier


def test_a_talk_about_a_purchase_opens_a_trial(cast, as_role):
    talk = ConsultationRecord.objects.create(
        introduction=cast.introduction(), outcome="KEPT", next_step="PURCHASE_TALK",
        owner=cast["member"], due_on=TODAY, recorded_by=cast["member"], recorded_at=NOON,
    )  # fmt: skip
    new = f"{reverse('designations:new', args=['trial-purchase'])}?talk={talk.pk}"
    page = as_role("manager").get(talk.get_absolute_url())
    assert new in page.content.decode()

    form = as_role("manager").get(new)
    assert form.context["form"].initial["organisation"] == cast.supplier.number
    as_role("manager").post(
        new, {"own": cast.buyer.pk, "organisation": "열림테크", "title": "회수기 시험"}
    )

    made = Entry.objects.get()
    assert (made.organisation, made.counterpart, made.record) == (cast.supplier, cast.buyer, talk)
    cast.stepped(
        made,
        "agreed",
        by="manager",
        values={"amount": 1_000_000},
        on=localdate(made.created_at),
        at=made.created_at,
    )
    outcome = Outcome.objects.get()
    assert outcome.chain.need == talk.introduction.need


def test_what_is_not_public_stays_inside(cast, as_role):
    entry = operations.open_entry(
        register=registers()["materials-champion"], title="고순도 가스 밸브",
        organisation=cast.supplier, values={"track": "champion"}, by=cast["supplier"], at=NOON,
    )  # fmt: skip
    assert as_role("rival").get(entry.get_absolute_url()).status_code == 404
    cast.stepped(entry, "selected", number="C-1")
    cast.stepped(entry, "evaluated", values={"evaluation": 87})
    url = entry.get_absolute_url()

    assert "87" in as_role("supplier").get(url).content.decode()
    assert ">87<" not in as_role("rival").get(url).content.decode()


def test_a_firm_asks_and_the_office_decides_on_the_pages(cast, as_role):
    new = reverse("designations:new", args=["innovation-product"])
    missing = as_role("supplier").post(new, {"own": cast.supplier.pk, "title": "감지기"})
    assert missing.status_code == 422
    assert missing.context["form"].errors
    as_role("supplier").post(
        new,
        {"own": cast.supplier.pk, "title": "감지기", "column_specification": "LEL",
         "column_field": "safety", "column_price": "120만원"},
    )  # fmt: skip
    entry = Entry.objects.get()
    assert entry.values["price"] == 1_200_000
    assert "감지기" in as_role("officer").get("/").content.decode()
    step = reverse("designations:step", args=[entry.pk, "reviewed"])
    assert as_role("supplier").get(step).status_code == 404

    as_role("officer").post(step, {"on": localdate(entry.created_at).isoformat()})

    entry.refresh_from_db()
    assert entry.stage == "reviewed"


def test_the_list_is_narrowed_by_the_columns_of_the_file(cast, designated, as_role):
    cast.innovation_product("태양광 살균기")
    client, url = as_role("supplier"), reverse("designations:register", args=["innovation-product"])

    def titles(**query):
        return {row["entry"].title for row in client.get(url, query).context["rows"]}

    assert titles(stage="applied") == {"태양광 살균기"}
    assert titles(field="safety") == {"태양광 살균기", "무선 누출 감지기"}
    assert titles(field="health") == set()
    assert titles(words="2026-118") == {"무선 누출 감지기"}
    sheet = client.get(url, {"format": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")


def test_who_is_designated_is_shown_on_the_page_of_the_organisation(cast, designated, as_role):
    url = reverse("people:organisation_detail", args=[cast.supplier.pk])

    assert "무선 누출 감지기" in as_role("rival").get(url).content.decode()
    assert queries.waiting_for_office(cast["officer"]).count() == 0
