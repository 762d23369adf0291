"""A reviewer reads an application and its files, and the sheet is saved while it is filled in."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from dure.apps.applications import adapter
from dure.apps.applications import operations as applications
from dure.apps.calls.operations import close_due
from dure.apps.selection import operations, queries
from dure.apps.selection.models import Draft, Selection, Sheet
from dure.apps.selection.stages import ItemStage
from tests.apps.applications.cast import DEADLINE
from tests.apps.selection.cast import DUE, LATER
from tests.apps.selection.test_pages import filled, reader_of
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def pdf_of(author):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": author})
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def item(cast):
    """The application of the supplier, sealed, opened and before its panel."""
    cast.pool()
    draft = cast.whole_application()
    lead = draft.participants.get(role="lead")
    paper = adapter.documents_of(draft.call, "lead")[0]
    applications.attach(
        application=draft, participant=lead, document=paper.id,
        name=f"{cast.supplier.name} 계획서.pdf", content=pdf_of(cast.supplier.name),
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    applications.file(application=draft, by=cast["supplier"], at=NOON)
    applications.submit(application=draft, by=cast["supplier"], at=NOON)
    close_due(at=DEADLINE)
    applications.open_due(at=LATER)
    selection = operations.begin(
        call=draft.call, within=None, places=1, reserve=0, by=cast["officer"], at=LATER
    )
    selection.items.update(stage=ItemStage.ADMITTED)
    [panel] = operations.form_panels(
        selection=selection, count=1, members=6, due_at=DUE, by=cast["officer"], at=LATER
    )
    return panel.items.get()


def pledged(item):
    for seat in item.panel.members.select_related("reviewer__user"):
        operations.pledge(member=seat, by=seat.reviewer.user, at=LATER)
    return reader_of(item)


def files_of(item):
    return [
        reverse("selection:file", args=[item.pk, row["file"]])
        for member in item.submission.content["members"]
        for row in member["documents"]
    ]


def test_files_are_read_after_the_pledge_by_who_judges_alone(client, cast, item):
    url = files_of(item)[-1]
    user = item.panel.members.first().reviewer.user
    client.force_login(user)
    before = client.get(url).status_code
    pledged(item)
    after = client.get(url)
    client.post(reverse("selection:declare", args=[item.pk]), {"reason": "전 직장"})

    assert before == 404
    assert after.status_code == 200
    assert after["Content-Disposition"].startswith("attachment")
    assert client.get(url).status_code == 404
    client.force_login(cast["rival"])
    assert client.get(url).status_code == 404


def test_hidden_names_stand_neither_in_the_text_nor_in_names_and_properties_of_files(client, item):
    Selection.objects.update(names_hidden=True)
    client.force_login(pledged(item))
    firm = item.application.organisation
    page = client.get(reverse("selection:sheet", args=[item.pk])).content.decode()
    answers = [client.get(url) for url in files_of(item)]
    pdfs = [
        PdfReader(io.BytesIO(answer.content))
        for answer in answers
        if answer.content.startswith(b"%PDF") and answer.content.rstrip().endswith(b"%%EOF")
    ]

    assert firm.name not in page
    assert firm.number not in page
    assert "김연구" not in page
    assert not any(firm.name in str(answer.headers) for answer in answers)
    assert pdfs
    assert not any(firm.name in str(file.metadata) for file in pdfs)


def test_a_sheet_is_saved_while_it_is_filled_in_and_the_same_again_adds_nothing(client, cast):
    item = cast.panelled_selection().items.first()
    client.force_login(reader_of(item))
    page = reverse("selection:sheet", args=[item.pk])
    given = {"seen": 0, "mark_need": 80, "reason_need": "수치가 있다", "note": "나만 본다"}

    first = flat(client.post(page, given, **HTMX).content.decode())
    again = client.post(page, given | {"seen": 1}, **HTMX).content.decode()

    assert 'name="seen" id="id_seen" value="1"' in first
    assert 'value="1"' in again
    [kept] = Draft.objects.filter(item=item)
    assert (kept.marks, kept.note, kept.version) == ({"need": 80}, "나만 본다", 1)
    assert not Sheet.objects.exists()


def test_a_stale_tab_is_told_so_and_overwrites_nothing(client, cast):
    item = cast.panelled_selection().items.first()
    client.force_login(reader_of(item))
    page = reverse("selection:sheet", args=[item.pk])
    client.post(page, {"seen": 0, "mark_need": 80}, **HTMX)

    stale = client.post(page, {"seen": 0, "mark_need": 20}, **HTMX).content.decode()

    assert "form-hint-invalid" in stale
    assert "id_seen" not in stale
    assert [draft.marks for draft in Draft.objects.filter(item=item)] == [{"need": 80}]


def test_a_private_note_is_read_by_its_writer_alone(client, cast):
    selection = cast.panelled_selection()
    item = selection.items.first()
    writer = reader_of(item)
    client.force_login(writer)
    note = "아무도모르는메모"
    page = reverse("selection:sheet", args=[item.pk])
    client.post(page, filled(item) | {"what": "final", "note": note})
    own = client.get(page).content.decode()
    for other in selection.items.all():
        for seat in queries.readers_of(other):
            if (other.pk, seat.reviewer.user) != (item.pk, writer):
                cast.sheet(other, seat.reviewer.user)
    chair = item.panel.members.get(is_chair=True).reviewer.user
    operations.start_consensus(panel=item.panel, by=chair, at=LATER)

    assert note in own
    for reader in (chair, cast["officer"]):
        client.force_login(reader)
        for route, pk in (("panel", item.panel_id), ("line", item.pk), ("sheet", item.pk)):
            answer = client.get(reverse(f"selection:{route}", args=[pk]))
            assert note not in answer.content.decode()
