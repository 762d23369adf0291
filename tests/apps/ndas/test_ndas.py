"""Agreements: who asks, who signs, whom they let read, and when that ends."""

import io
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import load_workbook

from dure.apps.catalog.models import Visibility
from dure.apps.catalog.operations import ask_for_details
from dure.apps.catalog.queries import agreements_on, reads_details
from dure.apps.catalog.reasons import Reason as CatalogReason
from dure.apps.ndas.models import Nda
from dure.apps.ndas.operations import move
from dure.apps.ndas.queries import ndas_to_sign, ndas_visible_to
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage
from dure.apps.notices.models import Notice
from dure.apps.notices.presenters import sentence
from dure.apps.people.models import Membership, MembershipRole, MembershipStage, User
from dure.foundation.verdict import Refused
from tests.apps.ndas.conftest import colleague_of, signed
from tests.conftest import NOON


def reads(cast, role, entry):
    """Asked as a request would: with a user that knows nothing yet."""
    return reads_details(User.objects.get(pk=cast[role].pk), entry)


def asked(cast, teaser, **changes):
    fields = {
        "entry": teaser,
        "receiving_party": cast.supplier,
        "people": [cast["supplier"]],
        "purpose": "도입 검토",
        "ends_on": localdate() + timedelta(days=30),
        "by": cast["supplier"],
        "at": timezone.now(),
    }
    return ask_for_details(**fields | changes)


def test_details_open_with_the_second_signature_and_to_nobody_else(cast, teaser):
    colleague = colleague_of(cast, "supplier", "colleague")
    nda = cast.nda(teaser)
    assert not reads(cast, "supplier", teaser)

    move(nda=nda, stage=NdaStage.SIGNED, by=cast["manager"], at=timezone.now())

    assert reads(cast, "supplier", teaser)
    assert not reads(cast, "rival", teaser)
    assert not reads_details(colleague, teaser)  # of the same firm, but not named
    other = cast.need(title="다른 수요", visibility=Visibility.TEASER)
    assert not reads(cast, "supplier", other)


@pytest.mark.parametrize(
    "values",
    [
        {"ends_at": NOON - timedelta(days=400)},
        {"stage": NdaStage.ASKED},
        {"stage": NdaStage.REFUSED},
        {"stage": NdaStage.WITHDRAWN},
    ],
)
def test_an_agreement_that_is_not_in_force_opens_nothing(cast, teaser, values):
    signed(cast, teaser, **values)

    assert not reads(cast, "supplier", teaser)


def test_ended_early_closes_at_once_for_both_sides_to_see(cast, teaser):
    nda = signed(cast, teaser)

    with pytest.raises(Refused, match="REASON_MISSING"):
        move(nda=nda, stage=NdaStage.ENDED, by=cast["supplier"], at=timezone.now())
    move(
        nda=nda,
        stage=NdaStage.ENDED,
        reason="검토를 마쳤습니다",
        by=cast["supplier"],
        at=timezone.now(),
    )

    assert not reads(cast, "supplier", teaser)
    notice = Notice.objects.filter(recipient=cast["manager"]).latest("pk")
    assert "검토를 마쳤습니다" in sentence(notice)
    assert asked(cast, teaser).stage == NdaStage.ASKED  # and they may ask again


def test_who_leaves_the_firm_reads_no_more(cast, teaser):
    signed(cast, teaser)
    Membership.objects.filter(user=cast["supplier"]).update(stage=MembershipStage.ENDED)

    assert not reads(cast, "supplier", teaser)


@pytest.mark.parametrize(
    ("role", "stage", "reason"),
    [
        ("member", NdaStage.SIGNED, Reason.NOT_A_MANAGER),
        ("supplier", NdaStage.SIGNED, Reason.NOT_A_PARTY),
        ("rival", NdaStage.SIGNED, Reason.NOT_A_PARTY),
        ("officer", NdaStage.SIGNED, Reason.NOT_A_PARTY),
        ("manager", NdaStage.WITHDRAWN, Reason.NOT_A_PARTY),
        ("manager", NdaStage.ENDED, Reason.STAGE_CLOSED),
        ("administrator", NdaStage.REFUSED, Reason.NOT_A_PARTY),
    ],
)
def test_only_the_party_whose_turn_it_is_signs(cast, teaser, role, stage, reason):
    nda = cast.nda(teaser)

    with pytest.raises(Refused) as refusal:
        move(nda=nda, stage=stage, reason="까닭", by=cast[role], at=timezone.now())

    assert refusal.value.reason == reason
    nda.refresh_from_db()
    assert nda.stage == NdaStage.ASKED


def test_nobody_signs_for_both_sides(cast, teaser):
    Membership.objects.create(
        user=cast["supplier"],
        organisation=cast.buyer,
        role=MembershipRole.MANAGER,
        stage=MembershipStage.ACTIVE,
    )
    Membership.objects.filter(user=cast["supplier"], organisation=cast.buyer).update(
        stage=MembershipStage.ENDED
    )
    nda = asked(cast, teaser)
    Membership.objects.filter(user=cast["supplier"]).update(stage=MembershipStage.ACTIVE)
    both = User.objects.get(pk=cast["supplier"].pk)

    with pytest.raises(Refused) as refusal:
        move(nda=nda, stage=NdaStage.SIGNED, by=both, at=timezone.now())

    assert refusal.value.reason == Reason.SECOND_PERSON
    with pytest.raises(IntegrityError, match="nda_signed_by_a_second_person"), transaction.atomic():
        Nda.objects.filter(pk=nda.pk).update(
            stage=NdaStage.SIGNED, answered_by=both, answered_at=NOON
        )


def test_what_has_run_out_cannot_be_signed(cast, teaser):
    nda = cast.nda(teaser, ends_at=NOON - timedelta(days=400))

    assert list(ndas_to_sign(cast["manager"])) == []
    with pytest.raises(Refused, match="HAS_RUN_OUT"):
        move(nda=nda, stage=NdaStage.SIGNED, by=cast["manager"], at=timezone.now())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"people": []}, Reason.NOBODY_NAMED),
        ({"purpose": "  "}, Reason.PURPOSE_MISSING),
        ({"ends_on": localdate()}, Reason.ENDS_TOO_SOON),
        ({"ends_on": localdate() + timedelta(days=1100)}, Reason.LASTS_TOO_LONG),
    ],
)
def test_a_request_that_says_too_little_is_refused(cast, teaser, change, reason):
    with pytest.raises(Refused) as refusal:
        asked(cast, teaser, **change)

    assert refusal.value.reason == reason
    assert not Nda.objects.exists()


def test_strangers_cannot_be_named_and_nobody_asks_for_another_firm(cast, teaser):
    with pytest.raises(Refused, match="NOT_OF_THE_ORGANISATION"):
        asked(cast, teaser, people=[cast["rival"]])
    left = colleague_of(cast, "supplier", "left", MembershipStage.ENDED)
    with pytest.raises(Refused, match="NOT_OF_THE_ORGANISATION"):
        asked(cast, teaser, people=[left])
    with pytest.raises(Refused, match="NOT_A_MANAGER"):
        asked(cast, teaser, receiving_party=cast.rival)


@pytest.mark.parametrize("visibility", ["TEASER", "PUBLIC"])
def test_a_firm_asks_once_and_also_before_more_than_a_public_text_is_shown(cast, visibility):
    need = cast.need(visibility=visibility)
    asked(cast, need)

    with pytest.raises(Refused) as refusal:
        asked(cast, need)

    assert refusal.value.reason == CatalogReason.ASKED_ALREADY


def test_nobody_asks_for_what_is_their_own(cast, teaser):
    with pytest.raises(Refused) as refusal:
        asked(cast, teaser, by=cast["manager"], receiving_party=cast.buyer)

    assert refusal.value.reason == CatalogReason.NOTHING_CLOSED


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_ask_at_once_make_one_agreement(cast, teaser):
    together, outcomes = threading.Barrier(2), []

    def ask():
        try:
            together.wait()
            outcomes.append(asked(cast, teaser).stage)
        except Refused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(str, outcomes)) == ["ASKED", "ASKED_ALREADY"]
    assert Nda.objects.count() == 1


def test_what_was_signed_stays_as_it_was(cast, teaser):
    nda = signed(cast, teaser)
    teaser.title = "다른 제목"
    teaser.save()
    cast["supplier"].name = "새 이름"
    cast["supplier"].save()

    nda.refresh_from_db()
    text = " ".join(clause["text"] for clause in nda.in_language("ko"))
    assert "「냉각 설비」" in text
    assert "supplier <supplier@example.org>" in text
    assert "{" not in text
    assert "Cooling" not in text
    english = " ".join(clause["text"] for clause in nda.in_language("en"))
    assert "열림테크 (the receiver)" in english
    assert [clause["title"] for clause in nda.in_language("ja")] == [
        clause["title"] for clause in nda.in_language("ko")
    ]


def test_braces_in_what_people_write_stay_what_they_are(cast, teaser):
    nda = asked(cast, teaser, purpose="{disclosing_party.pk} {0} 검토")

    assert "{disclosing_party.pk} {0} 검토" in nda.in_language("ko")[1]["text"]


def test_each_side_sees_its_own_and_staff_all(cast, teaser):
    nda = cast.nda(teaser)
    seen = {
        role: list(ndas_visible_to(cast[role])) == [nda]
        for role in ("member", "manager", "supplier", "rival", "reviewer", "officer", "auditor")
    }
    assert seen == {
        "member": True,
        "manager": True,
        "supplier": True,
        "rival": False,
        "reviewer": False,
        "officer": True,
        "auditor": True,
    }
    assert not agreements_on(cast["rival"], teaser).exists()


def test_the_managers_are_told_and_their_start_page_asks(cast, teaser, as_role):
    cast.nda(teaser)

    notice = Notice.objects.get(recipient=cast["manager"])
    assert "열림테크" in sentence(notice)
    assert not Notice.objects.filter(recipient=cast["member"]).exists()
    assert "Waiting for your signature" in as_role("manager").get("/").content.decode()
    assert "Waiting for your signature" not in as_role("member").get("/").content.decode()


def test_from_the_closed_page_to_the_open_one(cast, teaser, as_role):
    client = as_role("supplier")
    page = client.get(f"/needs/{teaser.pk}/").content.decode()
    assert f"/needs/{teaser.pk}/nda/" in page
    assert "극저온밸브" not in page

    page = client.get(f"/needs/{teaser.pk}/nda/").content.decode()
    assert "극저온밸브" not in page
    assert "열림테크 (the receiver)" in page  # they read what they sign
    answer = client.post(
        f"/needs/{teaser.pk}/nda/",
        {
            "receiving_party": cast.supplier.pk,
            "people": [cast["supplier"].pk],
            "purpose": "도입 검토",
            "ends_on": (localdate() + timedelta(days=30)).isoformat(),
        },
    )
    nda = Nda.objects.get()
    assert answer["Location"] == f"/ndas/{nda.pk}/"
    assert "See the agreement" in client.get(f"/needs/{teaser.pk}/").content.decode()

    as_role("manager").post(f"/ndas/{nda.pk}/move/", {"stage": "SIGNED"})

    client = as_role("supplier")
    assert "극저온밸브" in client.get(f"/needs/{teaser.pk}/").content.decode()
    assert "In force" in client.get(f"/ndas/{nda.pk}/").content.decode()
    assert "극저온밸브" not in as_role("rival").get(f"/needs/{teaser.pk}/").content.decode()


def test_an_open_detail_is_also_filtered_and_exported(cast, as_role):
    teaser = cast.need(title="냉각 설비", body="극저온밸브", trl=8, visibility=Visibility.TEASER)

    def found(role):
        client = as_role(role)
        listed = "냉각 설비" in client.get("/needs/?trl_from=8").content.decode()
        book = load_workbook(io.BytesIO(client.get("/needs/export/").content), read_only=True)
        cells = {str(cell) for row in book.worksheets[0].values for cell in row}
        return listed, any("극저온밸브" in cell for cell in cells)

    assert found("supplier") == (False, False)
    signed(cast, teaser)
    assert found("supplier") == (True, True)
    assert found("rival") == (False, False)


def test_a_form_with_mistakes_keeps_what_was_written(cast, teaser, as_role):
    answer = as_role("supplier").post(
        f"/needs/{teaser.pk}/nda/",
        {"receiving_party": cast.supplier.pk, "purpose": "아주 긴 설명", "ends_on": "2001-01-01"},
    )

    assert answer.status_code == 422
    assert "아주 긴 설명" in answer.content.decode()
    assert not Nda.objects.exists()


def test_the_list_filters_and_goes_to_excel(cast, teaser, as_role):
    signed(cast, teaser)
    cast.nda(cast.need(title="기다리는 것", visibility=Visibility.TEASER))
    client = as_role("officer")

    def listed(query):
        page = client.get(f"/ndas/?{query}").content.decode()
        return ["냉각 설비" in page, "기다리는 것" in page]

    assert listed("") == [True, True]
    assert listed("state=IN_FORCE") == [True, False]
    assert listed("state=ASKED") == [False, True]
    assert listed("state=OVER") == [False, False]
    assert listed("words=기다리는") == [False, True]
    assert listed("state=nonsense") == [True, True]
    page = client.get("/ndas/?sort=material").content.decode()
    assert page.index("기다리는 것") < page.index("냉각 설비")
    page = client.get("/ndas/?sort=-material").content.decode()
    assert page.index("기다리는 것") > page.index("냉각 설비")
    book = load_workbook(io.BytesIO(client.get("/ndas/?format=xlsx").content))
    assert book.active.max_row == 3
    own = as_role("supplier").get("/ndas/?side=disclosing_party").content.decode()
    assert "냉각 설비" not in own


def test_the_paper_says_who_signed(cast, teaser, as_role):
    nda = signed(cast, teaser)

    answer = as_role("supplier").get(f"/ndas/{nda.pk}/paper/")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert as_role("rival").get(f"/ndas/{nda.pk}/paper/").status_code == 404


def test_a_list_of_many_asks_a_few_times(cast, as_role, django_assert_max_num_queries):
    for number in range(30):
        cast.nda(cast.need(title=f"수요 {number}", visibility=Visibility.TEASER))
    client = as_role("officer")

    with django_assert_max_num_queries(9):
        client.get("/ndas/")


def test_who_signs_shows_once_more_who_they_are(cast, teaser, client):
    nda = cast.nda(teaser)
    manager = cast["manager"]
    manager.set_password("stone-soup-2026")
    manager.save()
    client.force_login(manager)

    asked = client.post(f"/ndas/{nda.pk}/move/", {"stage": "SIGNED"})
    nda.refresh_from_db()
    assert nda.stage == NdaStage.ASKED
    page = client.get(asked["Location"], headers={"accept-language": "en"})
    assert "Is it really you?" in page.content.decode()
    client.post(asked["Location"], {"password": "wrong"})
    nda.refresh_from_db()
    assert nda.stage == NdaStage.ASKED

    client.post(asked["Location"], {"password": "stone-soup-2026", "next": f"/ndas/{nda.pk}/move/"})

    nda.refresh_from_db()
    assert (nda.stage, nda.answered_by) == (NdaStage.SIGNED, manager)


def test_the_paper_names_the_parties_by_number_and_itself(cast, teaser, as_role):
    nda = signed(cast, teaser)

    answer = as_role("manager").get(reverse("ndas:nda_paper", args=[nda.pk]))

    assert f'filename="{nda.document_number}.pdf"' in answer["Content-Disposition"]
    assert nda.document_number.startswith("NDA-20")
    assert cast.buyer.number.count("-") == 2
