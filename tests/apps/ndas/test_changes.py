"""Words are changed before both sign, staff lists while an agreement runs, each with the other side's word."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.ndas import queries
from dure.apps.ndas.models import CounterDraft, Nda, StaffNotice
from dure.apps.ndas.operations import (
    answer_draft,
    answer_sheet,
    answer_staff_notice,
    ask_for_agreement,
    counter,
    give_staff_notice,
    move,
)
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import DraftStage, NdaStage, NoticeStage, SheetStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.foundation.signing import judge
from dure.foundation.verdict import Refused
from tests.apps.ndas.conftest import colleague_of
from tests.conftest import prove_identity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")


@pytest.fixture
def asked(cast):
    """The buyer (manager) signed, the supplier is to sign."""
    now = timezone.now()
    sheet = answer_sheet(
        sheet=cast.request_sheet(), stage=SheetStage.AGREED, by=cast["supplier"], at=now
    )
    return ask_for_agreement(
        sheet=sheet, people=[cast["manager"]], ends_on=timezone.localdate() + timedelta(days=90),
        by=cast["manager"], at=now,
    )  # fmt: skip


def texts(terms, number=None, text=None):
    """All texts of the clauses as they are, one of the Korean ones changed."""
    texts_of = {
        language: [clause["text"] for clause in terms[language]] for language in ("ko", "en")
    }
    if number is not None:
        texts_of["ko"][number] = text or texts_of["ko"][number] + " 위약금은 1억 원으로 한다."
    return texts_of


def recorded(nda):
    return [
        json.loads(entry.leaf)["kind"] for entry in Entry.objects.filter(about=f"nda:{nda.pk}")
        .order_by("pk")
    ]  # fmt: skip


def test_accepted_words_are_those_that_both_sign(cast, asked):
    now = timezone.now()
    draft = counter(
        nda=asked, texts=texts(asked.terms, 5), note="배상이 모자람", by=cast["supplier"], at=now
    )
    assert Notice.objects.filter(recipient=cast["manager"], kind="DRAFT_MOVED").exists()
    with pytest.raises(Refused) as refusal:
        answer_draft(draft=draft, is_accepted=True, by=cast["supplier"], at=now)
    assert refusal.value.reason == Reason.NOT_A_MANAGER

    answer_draft(draft=draft, is_accepted=True, by=cast["manager"], at=now)
    nda = move(nda=Nda.objects.get(), stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    assert nda.terms["ko"][5]["text"].endswith("위약금은 1억 원으로 한다.")
    assert nda.terms["en"] == asked.terms["en"]
    with nda.file.open("rb") as file:
        assert judge(file.read()).is_good
    assert recorded(nda) == ["NDA_ASKED", "NDA_COUNTERED", "NDA_COUNTER_ANSWERED", "NDA_MOVED"]


def test_the_two_answer_each_other_in_turn_and_open_words_fall_away_at_signing(cast, asked):
    now = timezone.now()
    first = counter(nda=asked, texts=texts(asked.terms, 5), note="", by=cast["supplier"], at=now)
    with pytest.raises(Refused) as refusal:
        counter(nda=asked, texts=texts(asked.terms, 4), note="", by=cast["supplier"], at=now)
    assert refusal.value.reason == Reason.DRAFT_OPEN

    second = counter(nda=asked, texts=texts(first.terms, 4), note="", by=cast["manager"], at=now)
    first.refresh_from_db()
    assert (first.stage, second.before) == (DraftStage.REPLACED, first.terms)
    assert second.side == cast.buyer

    nda = move(nda=asked, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    second.refresh_from_db()
    assert (nda.terms, second.stage) == (asked.terms, DraftStage.REPLACED)
    with pytest.raises(Refused) as refusal:
        counter(nda=nda, texts=texts(asked.terms, 4), note="", by=cast["manager"], at=now)
    assert refusal.value.reason == Reason.NOT_TO_SIGN


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda texts, nda: texts["ko"].__setitem__(3, "  "), Reason.CLAUSE_EMPTY),
        (lambda texts, nda: None, Reason.NOTHING_CHANGED),
        (
            lambda texts, nda: texts.__setitem__(
                "ko", [text.replace(nda.last_day.isoformat(), "2099-01-01") for text in texts["ko"]]
            ),
            Reason.FACT_LOST,
        ),
    ],
)
def test_no_clause_is_emptied_and_no_day_changed_in_passing(cast, asked, change, reason):
    changed = texts(asked.terms)
    change(changed, asked)
    with pytest.raises(Refused) as refusal:
        counter(nda=asked, texts=changed, note="", by=cast["supplier"], at=timezone.now())
    assert refusal.value.reason == reason
    assert not CounterDraft.objects.exists()


def test_another_staff_list_holds_from_the_consent_on(cast, asked):
    now = timezone.now()
    nda = move(nda=asked, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    other = colleague_of(cast, "manager", "colleague")
    notice = give_staff_notice(
        nda=nda, people=[other], reason="담당자가 바뀜", by=cast["manager"], at=now
    )
    assert queries.opening_for(cast["manager"]).exists()
    assert not queries.opening_for(other).exists()
    with notice.file.open("rb") as file:
        assert len(judge(file.read()).signatures) == 1

    notice = answer_staff_notice(notice=notice, is_consent=True, by=cast["supplier"], at=now)
    assert [person.user for person in nda.people.all()] == [other]
    assert queries.opening_for(other).exists()
    assert not queries.opening_for(cast["manager"]).exists()
    with notice.file.open("rb") as file:
        verdict = judge(file.read())
    assert verdict.is_good
    assert {signature.signer for signature in verdict.signatures} == {
        cast.buyer.name,
        cast.supplier.name,
    }
    assert recorded(nda)[-2:] == ["NDA_STAFF_NOTICED", "NDA_STAFF_ANSWERED"]
    with pytest.raises(Refused) as refusal:
        answer_staff_notice(notice=notice, is_consent=True, by=cast["supplier"], at=now)
    assert refusal.value.reason == Reason.ANSWERED_ALREADY


def test_a_declined_list_changes_nothing_and_strangers_are_not_put_on_it(cast, asked):
    now = timezone.now()
    nda = move(nda=asked, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    with pytest.raises(Refused) as refusal:
        give_staff_notice(nda=nda, people=[cast["rival"]], reason="x", by=cast["manager"], at=now)
    assert refusal.value.reason == Reason.NOT_OF_THE_ORGANISATION

    other = colleague_of(cast, "manager", "colleague")
    notice = give_staff_notice(nda=nda, people=[other], reason="x", by=cast["manager"], at=now)
    with pytest.raises(Refused) as refusal:
        answer_staff_notice(notice=notice, is_consent=False, by=cast["supplier"], at=now)
    assert refusal.value.reason == Reason.REASON_MISSING
    answer_staff_notice(
        notice=notice, is_consent=False, reason="경쟁사 출신", by=cast["supplier"], at=now
    )
    assert [person.user for person in nda.people.all()] == [cast["manager"]]


def test_both_ways_on_pages(as_role, cast, asked):
    client = as_role("supplier")
    prove_identity(client, cast["supplier"])
    page = client.get(reverse("ndas:counter", args=[asked.pk])).content.decode()
    assert "Propose other words" in page
    form = {
        f"{language}_{number}": text
        for language, clauses in texts(asked.terms, 5).items()
        for number, text in enumerate(clauses)
    }
    sent = client.post(reverse("ndas:counter", args=[asked.pk]), form)
    assert sent.status_code == 302
    draft = CounterDraft.objects.get()

    client = as_role("manager")
    prove_identity(client, cast["manager"])
    page = client.get(reverse("ndas:nda", args=[asked.pk]), headers={"accept-language": "ko"})
    assert "<ins>" in page.content.decode()
    client.post(reverse("ndas:draft_answer", args=[draft.pk]), {"answer": "accept"})
    draft.refresh_from_db()
    assert draft.stage == DraftStage.ACCEPTED

    move(nda=asked, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())
    other = colleague_of(cast, "manager", "colleague")
    form = {"people": [cast["manager"].pk, other.pk], "reason": "한 사람 더"}
    client.post(reverse("ndas:staff_notice", args=[asked.pk]), form)
    notice = StaffNotice.objects.get()
    client = as_role("supplier")
    prove_identity(client, cast["supplier"])
    assert "한 사람 더" in client.get(reverse("ndas:nda", args=[asked.pk])).content.decode()
    client.post(reverse("ndas:staff_notice_answer", args=[notice.pk]), {"answer": "consent"})
    notice.refresh_from_db()
    assert notice.stage == NoticeStage.CONSENTED
    assert asked.people.count() == 2
    paper = client.get(reverse("ndas:staff_notice_paper", args=[notice.pk]))
    assert paper.content.startswith(b"%PDF")
    assert (
        as_role("rival").get(reverse("ndas:staff_notice_paper", args=[notice.pk])).status_code
        == 404
    )
