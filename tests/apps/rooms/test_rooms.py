"""What is asked, shown and handed over in a room is registered, sealed and seen by both, by nobody else."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from dure.apps.ndas.models import Exchange
from dure.apps.ndas.reasons import Reason as NdaReason
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.apps.rooms import queries
from dure.apps.rooms.models import FileView, Item, Room, RoomFile
from dure.apps.rooms.operations import (
    close,
    confirm,
    enter,
    open_file,
    open_room,
    read_mark,
    release,
)
from dure.apps.rooms.operations.entering import NewItem
from dure.apps.rooms.reasons import Reason
from dure.apps.uploads import operations as uploads
from dure.apps.uploads.models import Upload
from dure.foundation.paper import marks_in, pdf
from dure.foundation.verdict import Refused
from tests.apps.rooms.conftest import papers
from tests.apps.uploads.cast import STEP

pytestmark = pytest.mark.django_db


def sealed(room):
    entries = Entry.objects.filter(about=f"room:{room.pk}").order_by("pk")
    return [json.loads(entry.leaf) for entry in entries]


def refusal(act, *arguments, **named):
    with pytest.raises(Refused) as raised:
        act(*arguments, **named)
    return raised.value.reason


def test_a_room_is_opened_from_an_introduction_once_and_keeps_the_chain(as_role, cast):
    introduction = cast.introduction()
    page = as_role("supplier").get(introduction.get_absolute_url()).content.decode()
    assert "Open a room with 한빛중공업" in page

    client = as_role("supplier")
    for _ in range(2):
        client.post(reverse("rooms:open_room"), {"introduction": introduction.pk})
    room = Room.objects.get()
    assert (room.need, room.technology) == (introduction.need, introduction.technology)
    assert room.introduction == introduction
    assert [leaf["kind"] for leaf in sealed(room)] == ["ROOM_OPENED"]
    assert Notice.objects.filter(recipient=cast["member"], kind="ROOM_MOVED").count() == 1
    assert room.get_absolute_url() in client.get(introduction.get_absolute_url()).content.decode()


def test_a_room_is_opened_from_a_match_that_both_found_interesting(as_role, cast):
    introduction = cast.introduction()
    need, technology = introduction.need, introduction.technology
    other = cast.technology(title="다른 기술")
    client = as_role("member")
    assert "Open a room with 열림테크" in client.get(need.get_absolute_url()).content.decode()
    link = {"need": need.pk, "technology": other.pk}
    assert client.post(reverse("rooms:open_room"), link).status_code == 404

    client.post(reverse("rooms:open_room"), link | {"technology": technology.pk})
    assert Room.objects.get().technology == technology
    assert as_role("rival").post(reverse("rooms:open_room"), link).status_code == 404


def test_a_line_is_sealed_with_purpose_receiver_and_hashes_but_not_its_words(cast):
    room = cast.room()
    item = cast.room_item(room, "PROPOSAL", names=["제안서.pdf"])

    _, leaf = sealed(room)
    assert leaf["content"]["purpose"] == "공동 개발 검토"
    assert leaf["content"]["receiver"] == f"organisation:{cast.buyer.pk}"
    assert leaf["files"] == [{"name": "제안서.pdf", "sha256": item.files.get().sha256}]
    assert "밸브 도면" not in json.dumps(leaf, ensure_ascii=False)
    assert {party["id"] for party in leaf["parties"]} == {
        f"organisation:{cast.buyer.pk}", f"organisation:{cast.supplier.pk}"
    }  # fmt: skip


def test_a_request_on_the_phone_is_noted_by_one_side_alone_until_the_other_confirms(cast):
    room = cast.room()
    item = cast.room_item(room, "REQUEST", way="VOICE", text="전화로 도면을 달라고 함")
    assert item.wants_confirmation
    assert sealed(room)[-1]["content"]["by_one_side"] is True
    assert refusal(confirm, item=item, by=cast["supplier"], at=timezone.now()) == Reason.OWN_ENTRY

    confirm(item=item, by=cast["member"], at=timezone.now())
    assert sealed(room)[-1]["kind"] == "ROOM_CONFIRMED"
    assert sealed(room)[-1]["content"]["by_one_side"] is False
    again = refusal(confirm, item=item, by=cast["member"], at=timezone.now())
    assert again == Reason.CONFIRMED_ALREADY


def test_minutes_are_confirmed_by_the_other_side(cast):
    item = cast.room_item(cast.room(), "MINUTES", who="member", text="시제품을 3월에 봄")
    assert (
        confirm(item=item, by=cast["supplier"], at=timezone.now()).confirmed_by == cast["supplier"]
    )


def test_what_is_kept_secret_is_held_until_the_papers_are_there(as_role, cast):
    room = cast.room()
    item = cast.room_item(room, "HAND_OVER", names=["도면.pdf"], is_secret=True)
    file = item.files.get()
    assert item.stage == "HELD"
    assert not Exchange.objects.exists()
    assert not queries.items_visible_to(cast["member"]).filter(pk=item.pk).exists()
    assert not queries.files_visible_to(cast["member"]).exists()
    assert as_role("member").post(reverse("rooms:open_file", args=[file.pk])).status_code == 404
    why = refusal(release, item=item, by=cast["supplier"], at=timezone.now())
    assert why == NdaReason.SHEET_MISSING
    assert "request sheet" in as_role("supplier").get(room.get_absolute_url()).content.decode()

    nda = papers(cast)
    item = release(item=item, by=cast["supplier"], at=timezone.now())
    assert (item.stage, item.exchange.nda) == ("SHOWN", nda)
    assert queries.files_visible_to(cast["member"]).get() == file
    kinds = [leaf["kind"] for leaf in sealed(room)]
    assert kinds == ["ROOM_OPENED", "ROOM_ENTERED", "ROOM_RELEASED"]
    assert Entry.objects.filter(about=f"exchange:{item.exchange_id}").count() == 1


def test_words_kept_secret_are_held_as_files_are(cast):
    room = cast.room()
    item = cast.room_item(room, "ANSWER", text="배합비는 3 대 7", is_secret=True)
    assert item.stage == "HELD"
    assert not queries.items_visible_to(cast["member"]).exists()
    papers(cast)
    item = release(item=item, by=cast["supplier"], at=timezone.now())
    assert (item.stage, item.exchange.way) == ("SHOWN", "PLATFORM")


def test_a_pdf_that_no_copy_could_be_marked_of_is_not_taken(cast):
    room = cast.room()
    broken = NewItem(kind="PROPOSAL", text="제안", said_on=timezone.localdate())
    files = [ContentFile(b"%PDF-1.7 nothing", "제안.pdf")]
    why = refusal(
        enter, room=room, item=broken, files=files, by=cast["supplier"], at=timezone.now()
    )
    assert why == Reason.PDF_UNREADABLE


def test_a_brochure_passes_and_what_was_given_elsewhere_is_marked(cast):
    room = cast.room()
    brochure = cast.room_item(room, "HAND_OVER", names=["안내.pdf"])
    assert (brochure.stage, brochure.exchange.is_secret, brochure.exchange.nda) == (
        "SHOWN",
        False,
        None,
    )

    elsewhere = cast.room_item(room, "HAND_OVER", way="MEETING", is_secret=True)
    assert elsewhere.exchange.way == "MEETING"
    assert elsewhere.exchange.nda is None
    assert elsewhere.exchange.is_secret


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": " "}, Reason.TEXT_MISSING),
        ({"kind": "REQUEST", "purpose": ""}, Reason.PURPOSE_MISSING),
        ({"kind": "HAND_OVER"}, Reason.FILES_MISSING),
        ({"said_on": timezone.localdate() + timezone.timedelta(days=2)}, Reason.DAY_TO_COME),
    ],
)
def test_a_line_that_lacks_something_is_refused(cast, change, reason):
    room = cast.room()
    line = {"kind": "QUESTION"} | change
    assert refusal(cast.room_item, room, line.pop("kind"), **line) == reason
    assert not Item.objects.exists()


def test_files_lie_encrypted_and_a_copy_carries_its_readers_mark(as_role, cast):
    room = cast.room()
    file = cast.room_item(room, "PROPOSAL", names=["제안서.pdf"]).files.get()
    kept = (Path(site.MEDIA_ROOT) / "rooms" / file.stored_as.hex).read_bytes()
    assert b"%PDF" not in kept

    answer = as_role("member").post(reverse("rooms:open_file", args=[file.pk]), {"way": "VIEW"})
    assert answer["Content-Type"] == "application/pdf"
    view = FileView.objects.get()
    assert (view.reader, view.side, view.way) == (cast["member"], cast.buyer, "VIEW")
    assert read_mark(content=answer.content, reader=cast["supplier"]) == view
    assert read_mark(content=answer.content, reader=cast["rival"]) is None
    other = open_file(file=file, way="DOWNLOAD", by=cast["supplier"], at=timezone.now())
    assert read_mark(content=other, reader=cast["member"]).reader == cast["supplier"]
    page = as_role("supplier").get(room.get_absolute_url()).content.decode()
    assert "Opened 2 times" in page

    leaked = (
        as_role("supplier")
        .post(reverse("rooms:mark"), {"file": _sent(answer.content)})
        .content.decode()
    )
    assert f"mark {view.code}" in leaked
    blank = as_role("rival").post(reverse("rooms:mark"), {"file": _sent(answer.content)})
    assert "No mark of your rooms was found" in blank.content.decode()


def test_a_picture_is_marked_too_and_other_kinds_are_handed_over_as_they_are(as_role, cast):
    room = cast.room()
    drawing = BytesIO()
    Image.new("RGB", (800, 500), "white").save(drawing, "PNG")
    item = enter(
        room=room,
        item=NewItem(kind="PROPOSAL", text="사진", said_on=timezone.localdate()),
        files=[ContentFile(drawing.getvalue(), "도면.png"), ContentFile(b"a,b", "치수.csv")],
        by=cast["supplier"],
        at=timezone.now(),
    )
    picture, table = item.files.order_by("pk")
    client = as_role("member")
    answer = client.post(reverse("rooms:open_file", args=[picture.pk]), {"way": "VIEW"})
    assert answer["Content-Type"] == "image/png"
    assert read_mark(content=answer.content, reader=cast["supplier"]) == FileView.objects.get()
    plain = client.post(reverse("rooms:open_file", args=[table.pk]), {"way": "VIEW"})
    assert (plain["Content-Type"], plain.content) == ("application/octet-stream", b"a,b")
    assert "handed over unmarked" in client.get(room.get_absolute_url()).content.decode()
    with pytest.raises(Refused):
        enter(
            room=room,
            item=NewItem(kind="PROPOSAL", text="사진", said_on=timezone.localdate()),
            files=[ContentFile(b"\x89PNG\r\n\x1a\nbroken", "도면.png")],
            by=cast["supplier"],
            at=timezone.now(),
        )


def test_nobody_else_gets_in(as_role, cast):
    room = cast.room()
    cast.room_item(room, "QUESTION")
    for who in ("rival", "officer", "auditor", "administrator"):
        assert as_role(who).get(room.get_absolute_url()).status_code == 404
        assert not queries.items_visible_to(cast[who]).exists()


def test_a_closed_room_takes_nothing_more(cast):
    room = close(room=cast.room(), by=cast["supplier"], at=timezone.now())
    assert refusal(cast.room_item, room, "QUESTION") == Reason.ROOM_CLOSED
    assert sealed(room)[-1]["kind"] == "ROOM_CLOSED"
    introduction = room.introduction
    again = open_room(
        need=introduction.need, technology=introduction.technology, by=cast["member"],
        at=timezone.now(),
    )  # fmt: skip
    assert again != room


def test_no_act_without_entry_and_no_entry_without_act(cast, monkeypatch):
    room = cast.room()
    before = Entry.objects.count()

    def fail(*_arguments, **_named):
        raise OSError("no space left on device")

    monkeypatch.setattr("dure.apps.rooms.operations.entering.tell_side", fail)
    with pytest.raises(OSError, match="no space"):
        enter(
            room=room,
            item=NewItem(kind="QUESTION", text="규격은?", said_on=timezone.localdate()),
            by=cast["member"],
            at=timezone.now(),
        )
    assert (Item.objects.count(), Entry.objects.count()) == (0, before)


def test_the_register_on_pages(as_role, cast):
    room = cast.room()
    client = as_role("member")
    form = {
        "kind": "QUESTION", "way": "PLATFORM", "said_on": timezone.localdate().isoformat(),
        "text": "내열 온도는 얼마인가요?", "purpose": "",
    }  # fmt: skip
    assert client.post(reverse("rooms:enter", args=[room.pk]), form).status_code == 302
    question = Item.objects.get()
    client = as_role("supplier")
    answer = form | {"kind": "ANSWER", "text": "섭씨 450도예요.", "answers": question.pk}
    client.post(reverse("rooms:enter", args=[room.pk]), answer)
    page = as_role("member").get(room.get_absolute_url()).content.decode()
    assert "섭씨 450도예요." in page
    assert "Answer to: 내열 온도는" in page
    assert room.title in client.get(reverse("rooms:rooms")).content.decode()
    assert client.get(reverse("rooms:rooms") + "?format=xlsx").content.startswith(b"PK")


def _sent(content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("leaked.pdf", content, "application/pdf")


def test_a_large_file_is_handed_over_as_it_came_and_only_where_it_was_sent(as_role, cast):
    room = cast.room()
    upload = cast.large_upload(purpose=f"room:{room.pk}", received=len(STEP))
    elsewhere = cast.large_upload(received=len(STEP))
    stranger = cast.large_upload(who="member", purpose=f"room:{room.pk}", received=len(STEP))
    page = as_role("supplier").get(f"/rooms/{room.pk}/enter/").content.decode()
    assert f'value="{upload.pk}"' in page
    assert str(elsewhere.pk) not in page
    assert str(stranger.pk) not in page
    form = {
        "kind": "HAND_OVER", "way": "PLATFORM", "said_on": timezone.localdate().isoformat(),
        "text": "밸브 모델", "purpose": "공동 개발 검토",
    }  # fmt: skip
    url = f"/rooms/{room.pk}/enter/"
    for other in (elsewhere, stranger):
        assert as_role("supplier").post(url, form | {"large": [other.pk]}).status_code == 422
    assert as_role("supplier").post(url, form | {"large": [upload.pk]}).status_code == 302

    file = RoomFile.objects.get()
    assert Entry.objects.latest("pk").leaf.count(upload.sha256) == 1
    opened = as_role("member").post(f"/rooms/files/{file.pk}/open/", {"way": "DOWNLOAD"})
    assert b"".join(opened.streaming_content) == STEP
    assert FileView.objects.get().reader == cast["member"]
    assert as_role("supplier").post(url, form | {"large": [upload.pk]}).status_code == 422
    assert as_role("rival").post(f"/rooms/files/{file.pk}/open/").status_code == 404


def test_a_large_picture_is_kept_so_that_its_copies_are_marked(cast):
    room = cast.room()
    content = pdf("<html lang='ko'><title>x</title><body><p>밸브</p></body></html>")
    upload = cast.large_upload(purpose=f"room:{room.pk}", name="도면.pdf", size=len(content))
    upload = uploads.receive(
        upload=upload, begins_at=0, content=content, by=cast["supplier"], at=timezone.now()
    )
    item = NewItem(kind="HAND_OVER", text="도면", purpose="검토", said_on=timezone.localdate())
    made = enter(room=room, item=item, large=[upload], by=cast["supplier"], at=timezone.now())
    copy = open_file(file=made.files.get(), way="DOWNLOAD", by=cast["member"], at=timezone.now())
    assert marks_in(copy, "DURE-") == [FileView.objects.get().code]
    assert not Upload.objects.exists()
