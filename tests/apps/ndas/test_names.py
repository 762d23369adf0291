"""Documents name organisations as they were verified, agreements as they were signed."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation

from dure.apps.ndas.operations import move
from dure.apps.ndas.stages import NdaStage
from dure.apps.people.models import User
from dure.apps.people.operations import edit_organisation, verify_organisation
from tests.conftest import NOON

FAMOUS = {"name": "큰별전자", "name_en": "Great Star Electronics Co., Ltd."}
pytestmark = pytest.mark.django_db


def renamed(cast, organisation, by):
    entry = {"business_number": organisation.business_number, "kind": organisation.kind}
    return edit_organisation(
        organisation=organisation, values=entry | FAMOUS, by=User.objects.get(pk=cast[by].pk)
    )


def test_new_name_stands_in_documents_once_it_is_verified(cast):
    firm = renamed(cast, cast.supplier, "supplier")
    assert firm.verified_at is None
    assert (str(firm), firm.official_name()) == ("큰별전자", "열림테크")
    with translation.override("en"):
        assert firm.official_name() == "열림테크"

    again = edit_organisation(
        organisation=firm,
        values={"name": "더큰별", "business_number": firm.business_number, "kind": firm.kind},
        by=User.objects.get(pk=cast["supplier"].pk),
    )
    assert again.official_name() == "열림테크"

    verified = verify_organisation(organisation=again, by=cast["officer"], at=NOON)
    assert verified.official_name() == "더큰별"


def test_badge_shows_the_verified_name(cast):
    pair = cast.pair(cast.fair())
    attendee = pair.supply.attendees.create(name="김하늘")
    renamed(cast, cast.supplier, "supplier")
    attendee.registration.organisation.refresh_from_db()

    page = render_to_string(
        "consultations/_badges_paper.html", {"badges": [{"attendee": attendee, "code": ""}]}
    )
    assert "열림테크" in page
    assert "큰별전자" not in page


def test_agreement_keeps_the_names_that_were_signed(cast, teaser):
    renamed(cast, cast.buyer, "manager")
    nda = cast.nda(teaser)
    firm = renamed(cast, cast.supplier, "supplier")
    verify_organisation(organisation=firm, by=cast["officer"], at=NOON)
    nda.refresh_from_db()

    assert nda.parties_in("ko") == {"disclosing_party": "한빛중공업", "receiving_party": "열림테크"}
    assert "한빛중공업" in nda.in_language("ko")[0]["text"]
    assert "큰별전자" not in str(nda.terms)


def test_paper_of_an_agreement_names_both_as_they_signed(cast, teaser, as_role, monkeypatch):
    drawn = []
    monkeypatch.setattr(
        "dure.apps.ndas.views.agreements.pdf", lambda html: drawn.append(html) or b""
    )
    nda = cast.nda(teaser)
    renamed(cast, cast.supplier, "supplier")

    as_role("supplier").get(f"/ndas/{nda.pk}/paper/")

    assert "열림테크" in drawn[0]
    assert "큰별전자" not in drawn[0]


def test_paper_keeps_where_and_by_whom_each_side_signed(cast, teaser, as_role, monkeypatch):
    """Number, address and representative of the day of each signature, whatever they become."""
    drawn = []
    monkeypatch.setattr(
        "dure.apps.ndas.views.agreements.pdf", lambda html: drawn.append(html) or b""
    )

    def moved(firm, address, representative):
        firm.address, firm.representative = address, representative
        firm.save()

    moved(cast.supplier, "부산 강서구 미음로 1", "나대표")
    nda = cast.nda(teaser)
    moved(cast.supplier, "서울 어딘가 9", "새대표")
    moved(cast.buyer, "울산 동구 방어진로 2", "가대표")
    nda.refresh_from_db()
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["manager"], at=timezone.now())
    moved(cast.buyer, "먼 곳 3", "다른대표")

    as_role("supplier").get(f"/ndas/{nda.pk}/paper/")

    words = " ".join(re.sub(r"<[^>]+>", " ", drawn[0]).split())
    assert f"{cast.supplier.number} 부산 강서구 미음로 1 나대표" in words
    assert f"{cast.buyer.number} 울산 동구 방어진로 2 가대표" in words
    assert "새대표" not in words
    assert "다른대표" not in words
