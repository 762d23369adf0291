"""Messages and files between the two sides, who reads them, and how talks end."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dure.apps.introductions import operations
from dure.apps.introductions.models import Message, MessageFile
from dure.apps.introductions.tasks import mail_message
from dure.apps.ndas.models import Exchange
from dure.apps.ndas.operations import answer_sheet, ask_for_agreement
from dure.apps.ndas.operations import move as move_nda
from dure.apps.ndas.reasons import Reason as NdaReason
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 drawing"
LATER = NOON + timedelta(days=8)


def test_a_message_is_told_mailed_and_answered(as_role, cast, introduced, mailoutbox):
    client = as_role("supplier")
    client.post(
        reverse("introductions:write", args=[introduced.pk]),
        {"text": "공장을 보고 싶어요.", "files": [ContentFile(PDF, "설비 도면.pdf")]},
    )

    message = Message.objects.get()
    [job] = ProcrastinateJob.objects.filter(task_name="mail_message")
    mail_message(**job.args)
    introduced.refresh_from_db()
    [sent] = mail.outbox
    assert sent.to == [cast["member"].email]
    assert "공장을 보고 싶어요." in sent.body
    assert "설비 도면.pdf" in sent.body
    assert f"{introduced.get_absolute_url()}#reply" in sent.body
    assert introduced.stage == "TALKING"
    notice = Notice.objects.filter(recipient=cast["member"]).latest("pk")
    assert notice.facts["what"] == "MESSAGE"
    assert notice.mailed_at is not None
    page = as_role("member").get(introduced.get_absolute_url()).content.decode()
    assert "공장을 보고 싶어요." in page
    assert reverse("introductions:file", args=[message.files.get().pk]) in page


def test_nobody_is_mailed_who_may_no_longer_read(cast, introduced, say):
    message = say("supplier")
    cast["member"].memberships.update(stage="ENDED")

    mail_message(message_id=message.pk, user_id=cast["member"].pk)

    assert mail.outbox == []


def test_a_subject_cannot_smuggle_headers(cast, introduced, say):
    introduced.need.title = "회수\r\nBcc: a@example.org"
    introduced.need.save()
    message = say("supplier")

    mail_message(message_id=message.pk, user_id=cast["member"].pk)

    assert "\n" not in mail.outbox[0].subject


def test_a_file_opens_to_the_two_sides_and_the_office_as_something_to_save(
    as_role, introduced, say
):
    say("supplier", files=[ContentFile(PDF, "도면.pdf")])
    address = reverse("introductions:file", args=[MessageFile.objects.get().pk])

    for role in ("member", "supplier", "officer"):
        answer = as_role(role).get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/octet-stream"
        assert "attachment" in answer["Content-Disposition"]
    for role in ("rival", "auditor", "newcomer"):
        assert as_role(role).get(address).status_code == 404


def test_the_path_of_a_file_says_nothing_of_its_name(say):
    say("supplier", files=[ContentFile(PDF, "../../../비밀.pdf")])

    kept = MessageFile.objects.get()
    assert kept.name == "비밀.pdf"
    assert "비밀" not in kept.file.name


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ([ContentFile(b"MZ\x90", "a.exe")], "FILE_NOT_ALLOWED"),
        ([ContentFile(b"<script>", "a.pdf")], "FILE_NOT_ALLOWED"),
        ([ContentFile(PDF, "a.html")], "FILE_NOT_ALLOWED"),
        ([ContentFile(PDF, "ok.pdf"), ContentFile(b"MZ", "b.pdf")], "FILE_NOT_ALLOWED"),
        ([ContentFile(b"", "a.pdf")], "FILE_EMPTY"),
        ([ContentFile(PDF, f"{n}.pdf") for n in range(6)], "TOO_MANY_FILES"),
        ([], "NOTHING_WRITTEN"),
    ],
)
def test_a_message_with_a_bad_file_keeps_nothing(say, files, reason):
    with pytest.raises(Refused, match=reason):
        say("supplier", text=" ", files=files)

    assert not Message.objects.exists()
    assert not MessageFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(say, settings):
    settings.DURE_UPLOAD_LIMIT = 10

    with pytest.raises(Refused, match="FILE_TOO_LARGE"):
        say("supplier", files=[ContentFile(PDF, "a.pdf")])


def test_what_was_typed_is_there_again_when_a_file_is_refused(as_role, introduced):
    page = as_role("supplier").post(
        reverse("introductions:write", args=[introduced.pk]),
        {"text": "도면을 보내요.", "files": [ContentFile(b"MZ", "a.exe")]},
    )

    assert page.status_code == 422
    assert "도면을 보내요." in page.content.decode()
    assert "content must fit the ending" in page.content.decode()


def test_markup_in_a_message_is_text(as_role, introduced, say):
    say("supplier", text="<script>alert(1)</script>")

    page = as_role("member").get(introduced.get_absolute_url()).content.decode()

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;" in page


def test_talks_end_with_a_reason_and_can_be_taken_up_again(cast, introduced, say):
    end = {"introduction": introduced, "stage": "ENDED", "by": cast["member"], "at": NOON}
    with pytest.raises(Refused, match="REASON_MISSING"):
        operations.move(**end, reason=" ")

    ended = operations.move(**end, reason="예산이 내년이에요.")

    assert (ended.stage, ended.end_reason) == ("ENDED", "예산이 내년이에요.")
    with pytest.raises(Refused, match="STAGE_CLOSED"):
        say("supplier")
    again = operations.move(
        introduction=introduced, stage="TALKING", reason="", by=cast["supplier"], at=LATER
    )
    assert (again.stage, again.end_reason) == ("TALKING", "")


def test_the_contact_is_one_of_ours(cast, introduced):
    chosen = operations.choose_contact(
        introduction=introduced, person=cast["manager"], by=cast["member"]
    )
    assert chosen.demand_contact == cast["manager"]

    with pytest.raises(Refused, match="NOT_OUR_PERSON"):
        operations.choose_contact(
            introduction=introduced, person=cast["supplier"], by=cast["member"]
        )


def test_the_office_reminds_of_what_went_silent_and_not_too_often(as_role, cast, introduced):
    def remind(at):
        return operations.remind(introduction=introduced, by=cast["officer"], at=at)

    with pytest.raises(Refused, match="NOT_SILENT"):
        remind(NOON + timedelta(days=1))
    remind(LATER)
    with pytest.raises(Refused, match="NOT_SILENT"):
        remind(LATER + timedelta(days=1))
    remind(LATER + timedelta(days=7))

    notices = Notice.objects.filter(facts__what="REMINDED")
    assert set(notices.values_list("recipient__name", flat=True)) == {
        "member",
        "manager",
        "supplier",
    }


def test_the_desk_of_the_office_shows_what_went_silent(as_role, cast, introduced):
    client = as_role("officer")
    assert "Introduction that went silent" in client.get("/").content.decode()

    client.post(reverse("dashboards:settle", args=["SILENT_INTRODUCTION", introduced.pk]))

    introduced.refresh_from_db()
    assert introduced.reminded_at is not None
    listed = client.get(reverse("introductions:list"), {"silent": "yes"}).content.decode()
    assert introduced.get_absolute_url() not in listed


def test_a_word_of_either_side_ends_the_silence_but_not_one_of_the_office(cast, introduced, say):
    say("officer", at=LATER)
    introduced.refresh_from_db()
    assert introduced.quiet_since == NOON

    say("member", at=LATER)
    introduced.refresh_from_db()
    assert introduced.quiet_since == LATER


def test_technical_data_kept_secret_waits_for_its_papers(cast, introduced, settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")

    def send(*, is_secret):
        return operations.write(
            introduction=introduced, text="", files=[ContentFile(PDF, "도면.pdf")],
            is_secret=is_secret, by=cast["supplier"], at=timezone.now(),
        )  # fmt: skip

    assert send(is_secret=False).files.count() == 1  # a brochure
    with pytest.raises(Refused) as refusal:
        send(is_secret=True)
    assert refusal.value.reason == NdaReason.SHEET_MISSING
    assert MessageFile.objects.count() == 1

    now = timezone.now()
    sheet = answer_sheet(
        sheet=cast.request_sheet(), stage=SheetStage.AGREED, by=cast["supplier"], at=now
    )
    nda = ask_for_agreement(
        sheet=sheet, people=[cast["manager"]], ends_on=timezone.localdate() + timedelta(days=90),
        by=cast["manager"], at=now,
    )  # fmt: skip
    move_nda(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=now)
    sent = send(is_secret=True).files.get()
    exchange = Exchange.objects.get()
    assert (exchange.nda, exchange.way, exchange.material) == (nda, "PLATFORM", "도면.pdf")
    leaf = json.loads(Entry.objects.get(about=f"exchange:{exchange.pk}").leaf)
    assert leaf["files"] == [{"name": "도면.pdf", "sha256": sent.sha256}]
