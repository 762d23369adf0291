"""Technical data moves under the papers that the law asks for, and what moved without them shows."""

import json
import shutil
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dure.apps.ndas import queries
from dure.apps.ndas.kinds import Relation
from dure.apps.ndas.models import Exchange, Nda, RequestSheet, SecrecyDoubt
from dure.apps.ndas.operations import (
    answer_doubt,
    answer_sheet,
    ask_for_agreement,
    move,
    raise_doubt,
    register_exchange,
    template_of,
)
from dure.apps.ndas.operations.terms import templates
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.foundation.signing import judge
from dure.foundation.verdict import Refused
from tests.conftest import NOON, prove_identity

pytestmark = pytest.mark.django_db
SUBCONTRACT = {"scope", "period", "people", "duty", "no_other_use", "damages", "return"}
CONSIGNMENT = SUBCONTRACT | {"purpose", "ownership", "price", "hand_over"}


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")


def agreed(cast, **changes):
    sheet = cast.request_sheet(**changes)
    return answer_sheet(
        sheet=sheet, stage=SheetStage.AGREED, by=cast["supplier"], at=timezone.now()
    )


def signed(cast, sheet=None):
    now = timezone.now()
    nda = ask_for_agreement(
        sheet=sheet or agreed(cast), people=[cast["manager"]],
        ends_on=timezone.localdate() + timedelta(days=90), by=cast["manager"], at=now,
    )  # fmt: skip
    return move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)


def recorded_leaves(about):
    return [json.loads(entry.leaf) for entry in Entry.objects.filter(about=about).order_by("pk")]


@pytest.mark.parametrize(
    ("relation", "items"),
    [(Relation.SUBCONTRACT, SUBCONTRACT), (Relation.CONSIGNMENT, CONSIGNMENT)],
)
def test_the_words_of_a_relation_have_every_item_of_the_law(relation, items):
    template = template_of(relation)

    assert {item for clause in template["clauses"] for item in clause["items"]} == items
    assert len(items) == {Relation.SUBCONTRACT: 7, Relation.CONSIGNMENT: 11}[relation]
    assert template["keep_years"] == 7
    assert template["answer_days"] == 15


def test_words_are_in_both_languages_and_leave_no_gap_unfilled():
    names = "disclosing_party receiving_party material purpose people ends_on return_on ownership price hand_over"
    facts = dict.fromkeys(names.split(), "x")
    for template in templates():
        for clause in template["clauses"]:
            for key in ("title_ko", "text_ko", "title_en", "text_en"):
                assert clause[key].format(**facts)


def test_a_request_is_given_answered_and_recorded_without_its_words(cast):
    sheet = cast.request_sheet()
    assert Notice.objects.filter(recipient=cast["supplier"]).exists()
    answer_sheet(
        sheet=sheet, stage=SheetStage.DECLINED, reason="대체 자료가 있음", by=cast["supplier"],
        at=timezone.now(),
    )  # fmt: skip

    given, answered = recorded_leaves(f"sheet:{sheet.pk}")
    assert (given["kind"], answered["content"]["stage"]) == ("SHEET_GIVEN", "DECLINED")
    assert "밸브" not in json.dumps([given, answered], ensure_ascii=False)
    with pytest.raises(Refused) as refusal:
        answer_sheet(sheet=sheet, stage=SheetStage.AGREED, by=cast["supplier"], at=NOON)
    assert refusal.value.reason == Reason.STAGE_CLOSED


@pytest.mark.parametrize("item", ["purpose", "ownership", "price", "method", "justification"])
def test_a_request_that_leaves_an_item_out_is_refused(cast, item):
    with pytest.raises(Refused) as refusal:
        cast.request_sheet(**{item: "  "})
    assert refusal.value.reason == Reason.ITEM_MISSING
    assert not RequestSheet.objects.exists()


def test_no_agreement_before_the_holder_agreed_and_no_second_one(cast):
    with pytest.raises(Refused) as refusal:
        signed(cast, cast.request_sheet())
    assert refusal.value.reason == Reason.NOT_AGREED

    sheet = agreed(cast)
    signed(cast, sheet)
    with pytest.raises(Refused) as refusal:
        signed(cast, sheet)
    assert refusal.value.reason == Reason.NDA_ALREADY


def test_the_paper_is_signed_by_both_and_its_hash_recorded(cast):
    nda = signed(cast)

    with nda.file.open("rb") as file:
        content = file.read()
    verdict = judge(content)
    assert verdict.is_good
    assert {signature.signer for signature in verdict.signatures} == {
        cast.buyer.name,
        cast.supplier.name,
    }
    [entry] = [leaf for leaf in recorded_leaves(f"nda:{nda.pk}") if leaf["files"]]
    assert entry["files"][0]["sha256"] == nda.file_sha256
    assert len(nda.terms["ko"]) == 11
    assert any("공급자에게 남음" in clause["text"] for clause in nda.terms["ko"])
    changed = judge(content + b"\n% more\n")
    assert not changed.is_good


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not installed")
def test_pdfsig_takes_the_paper(cast, tmp_path):
    nda = signed(cast)
    with nda.file.open("rb") as file:
        (tmp_path / "nda.pdf").write_bytes(file.read())
    ran = subprocess.run(
        ["pdfsig", "-nocert", "nda.pdf"], cwd=tmp_path, capture_output=True, check=False
    )

    assert ran.stdout.decode().count("Signature is Valid") == 2


def test_a_hand_over_finds_its_agreement_or_says_that_it_has_none(cast):
    day, now = timezone.localdate(), timezone.now()
    nda = signed(cast)

    def handed(disclosing_party, receiving_party, by):
        return register_exchange(
            disclosing_party=disclosing_party, receiving_party=receiving_party, material="성적서", way="MAIL", handed_on=day,
            by=cast[by], at=now,
        )  # fmt: skip

    covered = handed(cast.supplier, cast.buyer, "supplier")
    other_way = handed(cast.buyer, cast.supplier, "manager")
    elsewhere = handed(cast.supplier, cast.rival, "supplier")
    assert (covered.nda, other_way.nda, elsewhere.nda) == (nda, None, None)
    assert set(queries.lacking(Exchange.objects.all())) == {other_way, elsewhere}

    Nda.objects.filter(pk=nda.pk).update(ends_at=now - timedelta(hours=1))
    assert covered in queries.lacking(Exchange.objects.all())
    with pytest.raises(Refused):
        handed(cast.supplier, cast.buyer, "rival")


def test_a_doubt_is_answered_within_fifteen_days(cast):
    nda, now = signed(cast), timezone.now()
    doubt = raise_doubt(nda=nda, text="규격은 공개되어 있음", by=cast["manager"], at=now)
    assert doubt.answer_by == timezone.localdate(now) + timedelta(days=15)

    answer_doubt(doubt=doubt, answer="치수는 비밀입니다.", by=cast["supplier"], at=now)
    with pytest.raises(Refused) as refusal:
        answer_doubt(doubt=doubt, answer="다시", by=cast["supplier"], at=now)
    assert refusal.value.reason == Reason.ANSWERED_ALREADY
    kinds = [leaf["kind"] for leaf in recorded_leaves(f"nda:{nda.pk}")]
    assert kinds == ["NDA_ASKED", "NDA_MOVED", "SECRECY_DOUBTED", "SECRECY_ANSWERED"]


def test_the_way_from_the_request_to_the_signed_paper_on_pages(as_role, cast):
    form = {
        "asking_party": cast.buyer.pk, "holding_party": cast.supplier.pk, "relation": "SUBCONTRACT",
        "material": "도면", "purpose": "검토", "ownership": "공급자", "price": "없음",
        "hand_over_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
        "method": "자료실", "justification": "규격 확인",
    }  # fmt: skip
    client = as_role("manager")
    assert client.post(reverse("ndas:sheet_new"), form).status_code == 302
    sheet = RequestSheet.objects.get()
    assert "도면" in client.get(reverse("ndas:sheets")).content.decode()

    client = as_role("supplier")
    assert (
        "Agree to the request?"
        in client.get(reverse("ndas:sheet", args=[sheet.pk])).content.decode()
    )
    client.post(reverse("ndas:sheet_move", args=[sheet.pk]), {"stage": "AGREED"})

    client = as_role("manager")
    ends = (timezone.localdate() + timedelta(days=60)).isoformat()
    client.post(
        reverse("ndas:sheet_agreement", args=[sheet.pk]),
        {"people": [cast["manager"].pk], "ends_on": ends},
    )
    nda = Nda.objects.get()
    client = as_role("supplier")
    prove_identity(client, cast["supplier"])
    client.post(reverse("ndas:nda_move", args=[nda.pk]), {"stage": "SIGNED"})

    page = client.get(reverse("ndas:nda", args=[nda.pk])).content.decode()
    assert "7 items" in page
    assert client.get(reverse("ndas:signed_paper", args=[nda.pk])).content.startswith(b"%PDF")
    client = as_role("manager")
    client.post(reverse("ndas:doubt", args=[nda.pk]), {"text": "공개된 규격"})
    doubt = SecrecyDoubt.objects.get()
    client = as_role("supplier")
    client.post(reverse("ndas:doubt_answer", args=[doubt.pk]), {"text": "비밀입니다"})
    assert "비밀입니다" in client.get(reverse("ndas:nda", args=[nda.pk])).content.decode()


def test_staff_see_what_lacks_an_agreement_and_what_the_law_threatens(as_role, cast):
    form = {
        "from_party": cast.supplier.pk, "to_party": cast.buyer.pk, "material": "시제품 사진",
        "way": "MEETING", "handed_on": timezone.localdate().isoformat(), "note": "", "is_secret": "on",
    }  # fmt: skip
    assert as_role("supplier").post(reverse("ndas:exchange_new"), form).status_code == 302

    page = as_role("officer").get(reverse("ndas:exchanges") + "?is_lacking=on").content.decode()
    assert "시제품 사진" in page
    assert "1 without an agreement, or outlived it" in page
    assert "twice the contract price" in page
    assert "시제품 사진" not in as_role("rival").get(reverse("ndas:exchanges")).content.decode()
    workbook = as_role("supplier").get(reverse("ndas:exchanges") + "?format=xlsx")
    assert workbook.content.startswith(b"PK")
