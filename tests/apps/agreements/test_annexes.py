"""Files that are agreed on with the text: named with their hash, for the parties alone."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader

from dure.apps.agreements import adapter, operations, queries
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import Annex, Change
from dure.apps.agreements.reasons import Reason
from dure.apps.agreements.stages import ChangeStage
from dure.engines.spending import ChangeRule, Condition, Handling, classify_change
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PLAN = b"%PDF-1.7 plan"


def added(cast, agreement, content=PLAN, name="계획서.pdf", who="officer"):
    return operations.add_annex(
        agreement=agreement, what="연구개발계획서", file=ContentFile(content, name),
        by=cast[who], at=NOON,
    )  # fmt: skip


def opened(cast, agreement):
    cast.appropriation(slug="challenge", amount=10**9)
    return written(cast, agreement)


def written(cast, agreement):
    operations.open_for_signing(
        agreement=agreement, sign_by=NOON.date().replace(day=28), by=cast["officer"], at=NOON
    )
    agreement.refresh_from_db()
    return agreement


def words(agreement):
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(read(agreement))).pages)
    return "".join(text.split())


def read(agreement):
    with queries.open_text(agreement).file.open("rb") as file:
        return file.read()


def refused(act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**arguments)
    return refusal.value.reason


def test_the_text_that_all_sign_names_each_annex_with_its_hash(cast):
    agreement = cast.drafted_agreement()
    added(cast, agreement)
    cast.sign_all(opened(cast, agreement))

    digest = hashlib.sha256(PLAN).hexdigest()
    text = queries.open_text(agreement)
    assert text.content["annexes"] == [
        {"what": "연구개발계획서", "name": "계획서.pdf", "sha256": digest}
    ]
    assert digest in words(agreement)


def test_an_annex_that_was_removed_is_in_the_texts_before_and_not_in_those_after(cast):
    agreement = cast.drafted_agreement()
    first = added(cast, agreement)
    opened(cast, agreement)
    assert refused(operations.remove_annex, annex=first, by=cast["officer"], at=NOON) == (
        Reason.STAGE_CLOSED
    )
    operations.reopen(agreement=agreement, reason="별첨 교체", by=cast["officer"], at=NOON)
    operations.remove_annex(annex=first, by=cast["officer"], at=NOON)
    second = added(cast, agreement, b"%PDF-1.7 other")
    written(cast, agreement)

    later, before = agreement.texts.order_by("-number")
    assert [annex["sha256"] for annex in later.content["annexes"]] == [second.sha256]
    assert [annex["sha256"] for annex in before.content["annexes"]] == [first.sha256]
    assert first.sha256 not in words(agreement)
    assert set(queries.annexes_visible_to(cast["supplier"])) == {first, second}


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "빈.pdf", Reason.FILE_EMPTY),
        (b"MZ", "설치.exe", Reason.FILE_NOT_ALLOWED),
        (b"MZ", "계획서.pdf", Reason.FILE_NOT_ALLOWED),
        (PLAN, "같은 파일.pdf", Reason.ANNEX_TWICE),
    ],
)
def test_what_is_no_annex_is_refused(cast, content, name, reason):
    agreement = cast.drafted_agreement()
    added(cast, agreement)

    with pytest.raises(Refused) as refusal:
        added(cast, agreement, content, name)

    assert refusal.value.reason == reason


def test_nobody_adds_to_what_is_signed_and_no_party_to_the_draft_of_the_office(cast):
    agreement = cast.opened_agreement()
    draft = cast.drafted_agreement()

    for who, which, reason in (
        ("officer", agreement, Reason.STAGE_CLOSED),
        ("supplier", draft, Reason.STAGE_CLOSED),
        ("rival", draft, Reason.NOT_A_PARTY),
    ):
        with pytest.raises(Refused) as refusal:
            added(cast, which, who=who)
        assert refusal.value.reason == reason


def test_parties_open_it_by_its_page_and_others_do_not(as_role, cast):
    draft = cast.drafted_agreement()
    office = as_role("officer")
    office.post(
        reverse("agreements:add_annex", args=[draft.pk]),
        {"what": "서약서", "file": ContentFile(PLAN, "서약서.pdf")},
    )
    annex = Annex.objects.get()
    address = reverse("agreements:annex", args=[annex.pk])
    assert as_role("supplier").get(address).status_code == 404  # a draft is the office's alone
    opened(cast, draft)

    page = as_role("supplier").get(reverse("agreements:agreement", args=[draft.pk]))
    assert annex.sha256 in page.content.decode()
    assert b"".join(as_role("supplier").get(address).streaming_content) == PLAN
    assert as_role("rival").get(address).status_code == 404


def asked(cast, agreement, *, content=b"%PDF-1.7 new", dropped=(), duties=()):
    new = operations.NewAnnex("바뀐 연구개발계획서", ContentFile(content, "계획서2.pdf"))
    return operations.ask_change(
        agreement=agreement, wish=Wish(dropped=dropped, duties=duties), files=[new],
        reason="계획서 교체", by=cast["supplier"], at=NOON,
    )  # fmt: skip


def in_force(cast):
    agreement = cast.drafted_agreement()
    first = added(cast, agreement)
    return cast.sign_all(opened(cast, agreement)), first


def test_a_change_replaces_an_annex_and_those_whose_duty_it_changes_sign_anew(cast):
    agreement, first = in_force(cast)
    demand = agreement.parties.get(role="demand")
    change = asked(cast, agreement, dropped=(first.pk,), duties=(demand.pk,))
    assert (change.stage, change.approvals) == (ChangeStage.ASKED, ["signed"])
    assert list(queries.annexes_in(agreement)) == [first]  # nothing holds yet

    operations.answer_change(change=change, is_yes=True, answer="", by=cast["officer"], at=NOON)

    assert set(change.signers.values_list("role", flat=True)) == {"government", "lead", "demand"}
    new = Annex.objects.get(is_proposed=True)
    text = queries.open_text(agreement)
    assert [annex["sha256"] for annex in text.content["annexes"]] == [new.sha256]
    assert new.sha256 in words(agreement)
    for role, who in (("lead", "supplier"), ("demand", "manager"), ("government", "officer2")):
        party = agreement.parties.get(role=role)
        operations.sign(party=party, by=cast[who], at=NOON)
    assert [annex.pk for annex in queries.annexes_in(agreement)] == [new.pk]
    assert set(queries.annexes_visible_to(cast["manager"])) == {first, new}


def test_an_annex_that_changes_nobodys_duty_holds_at_once_where_no_list_asks_for_approval(cast):
    agreement, first = in_force(cast)
    change = asked(cast, agreement)

    assert (change.stage, change.approvals) == (ChangeStage.DONE, [])
    assert [annex.what for annex in queries.annexes_in(agreement)] == [
        first.what, "바뀐 연구개발계획서",
    ]  # fmt: skip
    assert agreement.texts.count() == 1  # nobody signs anew


def test_a_list_of_changes_can_ask_for_the_approval_of_annexes(cast):
    agreement, first = in_force(cast)
    whole = adapter.Whole.of(agreement)
    rule = ChangeRule("annex", (Condition("annexes_changed", one_of=(True,)),))

    for wish, handling in (
        (Wish(dropped=(first.pk,)), Handling.APPROVE), (Wish(), Handling.NOTIFY),
    ):  # fmt: skip
        facts = adapter.facts_of_change(whole, adapter.changed(whole, wish))
        assert classify_change(facts, [rule]).handling is handling


def test_the_file_of_a_change_that_is_refused_comes_to_nothing_and_can_be_brought_again(cast):
    agreement, first = in_force(cast)
    lead = agreement.parties.get(role="lead")
    change = asked(cast, agreement, duties=(lead.pk,))
    operations.answer_change(
        change=change, is_yes=False, answer="도면이 다릅니다", by=cast["officer"], at=NOON
    )

    assert list(queries.annexes_in(agreement)) == [first]
    assert asked(cast, agreement, duties=(lead.pk,)).stage == ChangeStage.ASKED


def test_an_annex_is_changed_on_the_page_with_a_name_for_it(as_role, cast):
    agreement, first = in_force(cast)
    lead = as_role("supplier")
    page = reverse("agreements:change", args=[agreement.pk])
    form = {
        "ends_on": agreement.ends_on.isoformat(), "goal": agreement.goal, "reason": "계획서 교체",
        "dropped": [first.pk], "duties": [agreement.parties.get(role="demand").pk],
        **{f"money_{row.pk}": row.amount for row in agreement.contributions.all()},
    }  # fmt: skip

    def sent():
        return {"annex": ContentFile(b"%PDF-1.7 new", "계획서2.pdf")}

    form |= {"new_kind": "cash", "new_year": 1}
    assert lead.post(page, form | sent()).status_code == 422  # what is it?
    assert lead.post(page, form | sent() | {"annex_what": "바뀐 계획서"}).status_code == 302

    shown = lead.get(reverse("agreements:agreement", args=[agreement.pk])).content.decode()
    assert "바뀐 계획서" in shown
    assert Change.objects.get().content["dropped"] == [first.pk]
