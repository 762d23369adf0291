"""Organisations through the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dure.apps.people.models import Organisation, OrganisationKind


@pytest.fixture
def unverified(cast):
    return Organisation.objects.create(
        business_number="2118700001", name="미확인 기업", kind=OrganisationKind.SME
    )


@pytest.mark.parametrize(
    ("role", "sees"), [("visitor", False), ("member", False), ("officer", True)]
)
def test_an_unverified_organisation_is_for_staff_only(cast, read, unverified, role, sees):
    answer = read(f"/organisations/{unverified.pk}", role)
    listed = read("/organisations?q=미확인", role).json()
    by_number = read("/organisations?business_number=2118700001", role).json()

    assert answer.status_code == (200 if sees else 404)
    assert listed["total"] == by_number["total"] == int(sees)


def test_an_organisation_says_what_is_public_of_it(cast, read):
    Organisation.objects.filter(pk=cast.buyer.pk).update(
        name_en="Hanbit", employees=900, is_opted_out=True, summary="중공업"
    )

    item = read(f"/organisations/{cast.buyer.pk}").json()

    assert item == {
        "id": cast.buyer.pk,
        "name": {"ko": "한빛중공업", "en": "Hanbit"},
        "business_number": "1248100998",
        "kind": "LARGE",
        "group": "한빛그룹",
        "region": "GYEONGNAM",
        "industry": None,
        "founded": None,
        "employees": 900,
        "summary": {"ko": "중공업", "en": None},
        "is_invented": False,
        "verified_at": "2026-11-22T03:00:00Z",
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["바른센서", "새솔화학", "열림테크", "한빛정밀", "한빛중공업"]),
        ("sort=-name&limit=2", ["한빛중공업", "한빛정밀"]),
        ("sort=name&limit=2&page=2", ["열림테크", "한빛정밀"]),
        ("q=한빛", ["한빛정밀", "한빛중공업"]),
        ("q=107-88", ["열림테크"]),
        ("q=%25", []),
        ("kind=LARGE&region=ULSAN", ["새솔화학"]),
        ("kind=STARTUP&kind=LARGE", ["바른센서", "새솔화학", "한빛중공업"]),
        ("business_number=1078812342", ["열림테크"]),
    ],
)
def test_organisations_are_narrowed(cast, read, query, names):
    page = read(f"/organisations?{query}").json()

    assert [item["name"]["ko"] for item in page["items"]] == names


def test_a_longer_list_of_organisations_costs_no_more_queries(cast, read):
    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            read(f"/organisations?{query}")
        return len(captured)

    assert cost("limit=1") == cost("limit=5")
