"""Large files: piece by piece, checked, encrypted, never half there, also for a foreign client's way of asking."""

import base64
import hashlib
import multiprocessing
import os
import signal
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.apps.people.models import User
from dure.apps.uploads import operations, queries, tasks
from dure.apps.uploads.models import Upload
from dure.apps.uploads.reasons import Reason
from dure.apps.uploads.stages import UploadStage
from dure.foundation import sealing
from dure.foundation.verdict import Refused
from tests.apps.uploads.cast import STEP, tus_metadata

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def send(client, url, offset, content, **headers):
    return client.patch(
        url, content, content_type=PIECE, headers=TUS | {"Upload-Offset": str(offset)} | headers
    )


def on_disk(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_file_comes_in_pieces_and_goes_on_where_it_stopped(as_role, cast, settings):
    room = cast.room()
    client = as_role("supplier")
    announced = client.post(
        f"/rooms/{room.pk}/uploads/",
        headers=TUS
        | {"Upload-Length": str(len(STEP)), "Upload-Metadata": tus_metadata("밸브.step")},
    )
    assert announced.status_code == 201
    url = announced["Location"]
    digest = base64.b64encode(hashlib.sha256(STEP[:4000]).digest()).decode()
    wrong = send(client, url, 0, STEP[:4000] + b"x", **{"Upload-Checksum": f"sha256 {digest}"})
    assert wrong.status_code == 460
    first = send(client, url, 0, STEP[:4000], **{"Upload-Checksum": f"sha256 {digest}"})
    assert (first.status_code, first["Upload-Offset"]) == (204, "4000")
    assert send(client, url, 0, STEP[:4000]).status_code == 409
    assert send(client, url, 4000, STEP).status_code == 413
    # Somebody else neither sees nor sends anything; the sender's next browser asks how far it is.
    assert as_role("rival").head(url, headers=TUS).status_code == 404
    assert send(as_role("member"), url, 4000, STEP[4000:]).status_code == 404
    client = as_role("supplier")
    assert client.head(url, headers=TUS)["Upload-Offset"] == "4000"
    assert send(client, url, 4000, STEP[4000:]).status_code == 204

    upload = Upload.objects.get()
    assert (upload.name, upload.stage) == ("밸브.step", UploadStage.WHOLE)
    assert upload.sha256 == hashlib.sha256(STEP).hexdigest()
    assert b"".join(operations.contents_of(upload)) == STEP
    assert not any(b"ISO-10303" in path.read_bytes() for path in on_disk(settings))


@pytest.mark.django_db
def test_any_part_of_it_is_read_and_a_piece_out_of_place_is_found(cast, settings):
    upload = cast.large_upload(received=3000)
    for begins_at in range(3000, len(STEP), 2000):
        upload = operations.receive(
            upload=upload, begins_at=begins_at, content=STEP[begins_at : begins_at + 2000],
            by=cast["supplier"], at=timezone.now(),
        )  # fmt: skip
    file = operations.contents_of(upload)
    file.seek(2990)
    assert file.read(3000) == STEP[2990:5990]
    file.seek(-5, os.SEEK_END)
    assert file.read() == STEP[-5:]

    places = {path.name: path for path in on_disk(settings) if path.parent.name == upload.pk.hex}
    first, other = places["3000"].read_bytes(), places["5000"].read_bytes()
    places["3000"].write_bytes(other)
    places["5000"].write_bytes(first)
    with pytest.raises(sealing.Unreadable):
        list(operations.contents_of(upload))


@pytest.mark.django_db(transaction=True)
def test_what_is_not_what_it_says_is_refused_and_gone(as_role, cast, settings):
    upload = cast.large_upload(name="valve.dwg")
    answer = send(as_role("supplier"), upload.get_absolute_url(), 0, STEP)
    assert (answer.status_code, Upload.objects.get().refusal) == (422, Reason.NOT_ALLOWED)
    assert on_disk(settings) == [] or {path.parent.name for path in on_disk(settings)} == {"keys"}
    with pytest.raises(Refused):
        operations.keep(upload=upload, purpose="room:1", by=cast["supplier"])


@pytest.mark.django_db
def test_an_account_waits_with_so_much_and_a_file_is_so_large(cast, settings):
    settings.DURE_LARGE_UPLOADS_WAITING = 2 * len(STEP)
    settings.DURE_LARGE_UPLOAD_LIMIT = 10 * len(STEP)
    first = cast.large_upload()
    cast.large_upload()
    for size, reason in ((1, Reason.TOO_MUCH), (11 * len(STEP), Reason.TOO_LARGE)):
        with pytest.raises(Refused) as refusal:
            cast.large_upload(size=size)
        assert refusal.value.reason == reason
    cast.large_upload(who="rival")
    operations.discard(upload=first, by=cast["supplier"])
    cast.large_upload()
    with pytest.raises(Refused):
        cast.large_upload(who="member", name="start.exe")


@pytest.mark.django_db(transaction=True)
def test_what_nobody_goes_on_with_is_forgotten_with_its_pieces(cast, settings):
    upload = cast.large_upload(received=500)
    kept = cast.large_upload(received=len(STEP))
    operations.keep(upload=kept, purpose="room:1", by=cast["supplier"])
    stray = Path(settings.MEDIA_ROOT) / "large" / ("ab" * 16)
    stray.mkdir()
    os.utime(stray, (0, 0))
    assert operations.sweep(at=timezone.now() + timedelta(days=2)) == 1  # the stray alone
    assert operations.sweep(at=timezone.now() + timedelta(days=4)) == 1
    assert list(Upload.objects.all()) == [kept]
    assert not (Path(settings.MEDIA_ROOT) / "large" / upload.pk.hex).exists()
    assert b"".join(operations.contents_of(kept)) == STEP


def sending(upload_pk, user_pk):
    """Send small pieces, in a process of its own."""
    connection.connect()
    upload, user = Upload.objects.get(pk=upload_pk), User.objects.get(pk=user_pk)
    while upload.received < upload.size:
        begins_at = upload.received
        upload = operations.receive(
            upload=upload, begins_at=begins_at, content=STEP[begins_at : begins_at + 1],
            by=user, at=timezone.now(),
        )  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_is_killed_in_the_middle_goes_on_and_nothing_is_half_written(cast):
    upload = cast.large_upload()
    connections.close_all()
    sender = multiprocessing.get_context("fork").Process(
        target=sending, args=(upload.pk, cast["supplier"].pk)
    )
    sender.start()
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and sender.is_alive():
        upload.refresh_from_db()
        if upload.received >= 20:
            break
        time.sleep(0.005)
    os.kill(sender.pid, signal.SIGKILL)
    sender.join()
    with connection.cursor() as cursor:  # its last transaction ends when the server notices
        cursor.execute("SELECT FROM uploads_upload FOR UPDATE")
    upload.refresh_from_db()
    assert 20 <= upload.received < len(STEP)
    upload = operations.receive(
        upload=upload, begins_at=upload.received, content=STEP[upload.received :],
        by=cast["supplier"], at=timezone.now(),
    )  # fmt: skip
    assert upload.sha256 == hashlib.sha256(STEP).hexdigest()
    assert queries.whole(cast["supplier"], "room:1").get() == upload


@pytest.mark.django_db
def test_a_long_file_is_checked_beside_the_requests_and_used_only_then(as_role, cast, monkeypatch):
    monkeypatch.setattr(operations, "CHECKED_AT_ONCE", len(STEP) - 1)
    good, bad = cast.large_upload(), cast.large_upload(name="valve.dwg")
    client = as_role("supplier")
    for upload in (good, bad):
        last = send(client, upload.get_absolute_url(), 0, STEP)
        assert (last.status_code, last["Upload-Stage"]) == (204, "CHECKING")
        with pytest.raises(Refused) as refusal:
            operations.keep(upload=upload, purpose="room:1", by=cast["supplier"])
        assert refusal.value.reason == Reason.NOT_WHOLE
    queued = ProcrastinateJob.objects.filter(task_name="check_upload").order_by("id")
    assert [job.args["upload_id"] for job in queued] == [good.pk.hex, bad.pk.hex]

    tasks.check_upload(upload_id=good.pk.hex)
    tasks.sweep_every_hour(int((timezone.now() + timedelta(hours=1)).timestamp()))  # bad's was lost
    assert client.head(good.get_absolute_url(), headers=TUS)["Upload-Stage"] == "WHOLE"
    assert Upload.objects.get(pk=good.pk).sha256 == hashlib.sha256(STEP).hexdigest()
    answer = client.head(bad.get_absolute_url(), headers=TUS)
    assert answer["Upload-Stage"] == "REFUSED"
    assert unquote(answer["Upload-Refusal"]) == Reason.NOT_ALLOWED.label
