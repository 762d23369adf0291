"""What was missing at the formal check is handed in within its term; kinds that panels must have."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.selection import operations, queries
from dure.apps.selection.forms import PanelsForm
from dure.apps.selection.models import Reviewer, Supplement
from dure.apps.selection.reasons import Reason
from dure.apps.selection.stages import ItemStage
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_life import refused, told

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 statements of the year"


def incomplete(cast, at=LATER):
    selection = cast.begun_selection()
    item = selection.items.get(application__organisation=cast.supplier)
    return operations.check_item(
        item=item, stage=ItemStage.INCOMPLETE, missing="재무제표", bonus=0, penalty=0,
        by=cast["officer"], at=at,
    )  # fmt: skip


def test_missing_papers_are_handed_in_and_the_office_checks_anew(client, cast):
    item = incomplete(cast, at=timezone.now())
    page = reverse("selection:hand_in", args=[item.pk])
    client.force_login(cast["supplier"])
    assert item in client.get(reverse("selection:reviews")).context["incomplete"]
    wrong = client.post(page, {"papers": SimpleUploadedFile("a.exe", b"MZ")})
    client.post(page, {"papers": SimpleUploadedFile("재무제표.pdf", PDF)})
    kept = Supplement.objects.get()
    url = reverse("selection:supplement", args=[kept.pk])

    assert wrong.status_code == 422
    assert client.get(url).content == PDF
    assert told("ITEM_SUPPLEMENTED") >= {"officer"}
    client.force_login(cast["officer"])
    check = client.get(reverse("selection:check", args=[item.pk]))
    assert url in check.content.decode()
    assert client.get(url).content == PDF
    client.force_login(cast["rival"])
    assert client.get(url).status_code == client.get(page).status_code == 404


def test_nothing_is_handed_in_after_the_term_or_without_a_gap(cast):
    item = incomplete(cast)
    files = [("a.pdf", PDF)]
    late = LATER + timedelta(days=11)
    refused(
        Reason.TERM_TO_HAND_IN_OVER, operations.hand_in_missing, item=item, files=files,
        by=cast["supplier"], at=late,
    )  # fmt: skip
    operations.hand_in_missing(
        item=item, files=files, by=cast["supplier"], at=LATER + timedelta(days=10)
    )
    operations.check_item(
        item=item, stage=ItemStage.ADMITTED, missing="", bonus=0, penalty=0, by=cast["officer"],
        at=LATER,
    )  # fmt: skip
    refused(
        Reason.STAGE_CLOSED, operations.hand_in_missing, item=item, files=files,
        by=cast["supplier"], at=LATER,
    )  # fmt: skip


def test_who_judges_reads_what_was_handed_in_later(client, cast):
    selection = cast.panelled_selection()
    item = selection.items.first()
    row = {"name": "a.pdf"}
    kept = Supplement.objects.create(
        item=item, row=row, key="", handed_in_by=cast["supplier"], handed_in_at=LATER
    )
    who = queries.readers_of(item)[1].reviewer.user

    assert list(queries.supplements_visible_to(who)) == [kept]
    operations.declare_conflict(item=item, reason="자문했다", by=who, at=LATER)
    assert not queries.supplements_visible_to(who).exists()


def test_each_panel_has_the_kinds_that_are_asked_for(cast):
    selection = cast.begun_selection()
    selection.items.update(stage=ItemStage.ADMITTED)
    lawyers = Reviewer.objects.order_by("-pk")[:2]
    for lawyer in lawyers:
        lawyer.kinds, lawyer.fields = "법률, 회계", "전혀 다른 분야"
        lawyer.save()
    form = PanelsForm(
        {"count": 2, "members": 5, "needs": "법률 1, 회계", "due_at": f"{DUE:%Y-%m-%dT%H:%M}"}
    )
    assert form.is_valid()
    assert form.cleaned_data["needs"] == {"법률": 1, "회계": 1}

    panels = operations.form_panels(
        selection=selection, count=2, members=5, needs={"법률": 1}, due_at=DUE,
        by=cast["officer"], at=LATER,
    )  # fmt: skip

    seated = [set(panel.members.values_list("reviewer", flat=True)) for panel in panels]
    assert all(seats & {lawyer.pk for lawyer in lawyers} for seats in seated)
    other = cast.begun_selection()
    other.items.update(stage=ItemStage.ADMITTED)
    refused(
        Reason.IMPOSSIBLE, operations.form_panels, selection=other, count=1, members=5,
        needs={"수의사": 1}, due_at=DUE, by=cast["officer"], at=LATER,
    )  # fmt: skip
