"""The pages of projects: what each role finds on them, in both languages."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from dure.apps.projects import operations, queries
from dure.apps.projects.models import Expense, FollowUp
from tests.conftest import NOON
from tests.foundation.test_pictures import photo
from tests.html import flat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_a_project_opens(as_role, cast, made, language):
    spent = cast.expense(made, files=[ContentFile(b"%PDF-1.7", "a.pdf")])
    operations.open_settlement(project=made, by=cast["officer"], at=NOON)
    operations.mark_row(expense=spent, amount=5, question="무엇인가요?", by=cast["rival"], at=NOON)
    pages = [
        reverse("projects:list"),
        reverse("projects:recoveries"),
        made.get_absolute_url(),
        spent.get_absolute_url(),
        *(
            reverse(f"projects:{name}", args=[made.pk])
            for name in ("expenses", "new_expense", "statements", "people", "settlement")
        ),
        reverse("projects:report", args=[made.reports.first().pk]),
    ]

    for page in pages:
        answer = as_role("supplier").get(page, headers={"accept-language": language})
        assert answer.status_code == 200, page


def test_an_expense_is_filed_with_a_photo_and_says_what_speaks_against_it(as_role, made):
    member = made.members.first()
    answer = as_role("supplier").post(
        reverse("projects:new_expense", args=[made.pk]),
        {
            "member": member.pk, "amount": "110만원", "spent_on": "2026-03-14",
            "payee": "두레상사", "purpose": "materials", "paid_by": "project_card",
            "kind": "receipt", "relation": "other", "key": "abc", "q_vat_refundable": "yes",
            "vat": "100000", "files": ContentFile(b"\xff\xd8\xff\xe0photo", "a.jpg"),
        },
    )  # fmt: skip

    spent = Expense.objects.get()
    assert answer["Location"] == spent.get_absolute_url()
    assert (spent.amount, spent.line, spent.answers) == (
        1_100_000,
        "materials",
        {"vat_refundable": True},
    )
    assert spent.broken == ["proper-evidence", "refundable-tax"]
    page = as_role("supplier").get(spent.get_absolute_url()).content.decode()
    assert "1,100,000 won will be disallowed" in page


def test_what_is_wrong_is_told_and_nothing_is_filed(as_role, made):
    answer = as_role("supplier").post(
        reverse("projects:new_expense", args=[made.pk]), {"amount": "많이", "payee": ""}
    )

    assert answer.status_code == 422
    assert not Expense.objects.exists()


def test_the_rules_speak_while_one_types(as_role, made):
    answer = as_role("supplier").get(
        reverse("projects:findings", args=[made.pk]),
        {
            "amount": "200000", "spent_on": "2026-03-14", "purpose": "meeting",
            "q_attendees": "3", "q_outsiders": "1", "paid_by": "project_card",
        },
    )  # fmt: skip

    assert "50,000 won will be disallowed" in answer.content.decode()
    assert not Expense.objects.exists()


def test_the_questions_are_those_of_the_purpose(as_role, made):
    url = reverse("projects:questions", args=[made.pk])

    assert (
        "How many took part?"
        in as_role("supplier").get(url, {"purpose": "meeting"}).content.decode()
    )
    assert (
        "How many took part?"
        not in as_role("supplier").get(url, {"purpose": "travel"}).content.decode()
    )


def test_the_demand_side_sees_the_project_and_not_its_money(as_role, cast, made):
    spent = cast.expense(made)

    page = as_role("member").get(made.get_absolute_url()).content.decode()
    assert "시제품 완성" in page
    assert "60,000,000" not in page
    assert as_role("member").get(spent.get_absolute_url()).status_code == 404
    assert as_role("member").get(reverse("projects:expenses", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("page", ["list", "recoveries", "expenses", "people"])
def test_lists_are_handed_out_as_excel(as_role, cast, made, page):
    cast.expense(made)
    args = [made.pk] if page in ("expenses", "people") else []

    answer = as_role("officer").get(reverse(f"projects:{page}", args=args), {"format": "xlsx"})

    assert answer.content.startswith(b"PK")


def test_a_follow_up_is_answered_by_its_link_without_signing_in(client, as_role, cast, made):
    asked = FollowUp.objects.create(project=made, year=1, due_on=date(2027, 12, 31))
    url = queries.follow_up_link(asked)

    assert client.get(url).status_code == 200
    answer = client.post(
        url,
        {
            "answered_as": "김가나", "sales": "1억", "jobs": "2", "successes": ["SALES"],
            "promise": "IN_PART", "promise_reason": "설비 투자가 미뤄짐",
            "files": ContentFile(b"%PDF-1.7", "구매계약.pdf"),
        },
    )  # fmt: skip

    asked.refresh_from_db()
    assert answer.status_code == 302
    assert (asked.sales, asked.jobs, asked.promise) == (100_000_000, 2, "IN_PART")
    assert "<form class" not in flat(client.get(url).content.decode())
    assert client.post(url, {"answered_as": "다른 이", "promise": "KEPT"}).status_code == 422
    assert client.get(url[:-3] + "xx/").status_code == 404
    file = reverse("projects:answer_file", args=[asked.files.get().pk])
    assert as_role("supplier").get(file).status_code == 200
    assert as_role("member").get(file).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_answered_and_who_is_silent_stands_in_a_list_and_promises_are_for_everybody(
    client, as_role, made, language
):
    FollowUp.objects.create(
        project=made, year=1, due_on=date(2025, 1, 1), answered_at=NOON, promise="KEPT"
    )
    FollowUp.objects.create(project=made, year=3, due_on=date(2025, 1, 2), asked_at=NOON)
    headers = {"headers": {"accept-language": language}}
    listed = reverse("projects:follow_ups")

    assert as_role("officer").get(listed, **headers).context["total"] == 2
    silent = as_role("officer").get(listed, {"look": "silent"}, **headers)
    assert [row["follow_up"].year for row in silent.context["rows"]] == [3]
    assert as_role("officer").get(listed, {"format": "xlsx"}).content.startswith(b"PK")
    assert as_role("newcomer").get(listed).status_code == 404
    assert "100 %" in client.get(reverse("projects:promises"), **headers).content.decode()


def test_a_photo_of_an_iphone_is_kept_as_it_came_and_shown_as_jpeg(as_role, cast, made):
    original = photo("HEIF")
    spent = cast.expense(made, files=[ContentFile(original, "IMG_0001.HEIC")])
    [evidence] = spent.evidence.all()

    shown = as_role("rival").get(reverse("projects:picture", args=[evidence.pk]))

    assert evidence.file.read() == original
    assert (shown["Content-Type"], shown.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert b"Phone of Kim" not in shown.content
    assert reverse("projects:picture", args=[evidence.pk]) in (
        as_role("rival").get(spent.get_absolute_url()).content.decode()
    )
    assert as_role("member").get(reverse("projects:picture", args=[evidence.pk])).status_code == 404
    bundle = as_role("rival").get(reverse("projects:bundle", args=[made.pk]))
    names = ZipFile(BytesIO(b"".join(bundle.streaming_content))).namelist()
    assert [name for name in names if "IMG_0001" in name] == [
        "Evidence/00002/IMG_0001.HEIC",
        "Evidence/00002/IMG_0001.HEIC.jpg",
    ]
