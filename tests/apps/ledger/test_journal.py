"""The journal: every entry in its order, narrowed to days, kinds, or one thing, with its cause."""

from datetime import date

import pytest
from django.urls import reverse

from dure.apps.ledger.models import Entry
from tests.apps.ledger.conftest import OTHER, THIRD, entry, posted

pytestmark = pytest.mark.django_db


def listed(client, **wanted):
    page = client.get(reverse("ledger:journal"), wanted)
    return [row["entry"].key for row in page.context["rows"]]


def test_entries_are_listed_the_latest_first_and_by_what_they_touch(as_role, cast):
    posted(
        entry("a", day=date(2026, 3, 2)),
        entry("b", 250, to=THIRD, source=OTHER, day=date(2026, 3, 9), cause="test:7"),
        entry("c", 70, day=date(2026, 3, 5), cause="test:9"),
    )
    auditor = as_role("auditor")

    assert listed(auditor) == ["b", "c", "a"]
    assert listed(auditor, since="2026-03-03", until="2026-03-08") == ["c"]
    assert listed(auditor, of="test:2") == ["b"]  # to its account
    assert listed(auditor, of="test:9") == ["c"]  # for its cause
    assert listed(auditor, kind="CORRECTION") == []


def test_its_sheet_has_a_row_for_each_line(as_role, cast):
    posted(entry("a"), entry("b", 250))
    response = as_role("officer").get(reverse("ledger:journal"), {"format": "xlsx"})

    assert response.content.startswith(b"PK")
    page = as_role("officer").get(reverse("ledger:journal")).content.decode()
    first = Entry.objects.order_by("pk").first()
    assert reverse("ledger:entry", args=[first.pk]) in page
    assert "250" in page
