"""What is deposited opens for its depositor alone, and for a user only by two officers and the clock."""

import hashlib
import itertools
import json
import shutil
import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from pypdf import PdfReader

from dure.apps.deposits import models, operations, permissions, queries
from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import Deposit, HandedShare, Opening, Share, Term
from dure.apps.deposits.reasons import Reason
from dure.apps.deposits.stages import DepositStage, ReleaseStage
from dure.apps.notices.models import Notice
from dure.apps.records.models import Entry
from dure.apps.records.operations import seal
from dure.apps.uploads.models import Upload
from dure.foundation import escrow
from dure.foundation.facts import facts_about
from dure.foundation.verdict import Refused
from tests.apps.deposits.cast import OFFICERS, PASSPHRASE, PDF
from tests.apps.records.conftest import place
from tests.apps.uploads.cast import STEP, tus_metadata
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOON + timedelta(days=rules().objection + 1)


def opened(cast, deposit, passphrase=PASSPHRASE, by="supplier"):
    file = deposit.files.get()
    return b"".join(operations.open_file(file=file, passphrase=passphrase, by=cast[by], at=NOON))


def asked(cast, deposit, ground="CLOSURE", by="manager"):
    return operations.ask_release(
        deposit=deposit,
        organisation=cast.buyer if by == "manager" else cast.supplier,
        ground=ground,
        statement="폐업 사실증명원을 보냈어요.",
        by=cast[by],
        at=NOON,
    )


def granted(cast, release, by, at=NOON, passphrase=PASSPHRASE):
    return operations.grant(release=release, passphrase=passphrase, by=cast[by], at=at)


def refusal(act, *given, **more):
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(*given, **more)
    return refused.value.reason


def test_a_deposit_opens_with_its_passphrase_and_the_look_is_kept(cast):
    deposit = cast.kept_deposit()

    assert opened(cast, deposit) == PDF
    assert deposit.files.get().sha256 == hashlib.sha256(PDF).hexdigest()
    assert Opening.objects.get().user == cast["supplier"]
    assert refusal(opened, cast, deposit, "wrong horse battery") == Reason.PASSPHRASE_WRONG
    assert refusal(opened, cast, deposit, by="officer") == Reason.NOT_DEPOSITOR


def test_nothing_on_disk_or_in_the_database_shows_what_was_deposited(cast, box):
    cast.kept_deposit()

    files = [path for path in box.rglob("*") if path.is_file()]
    assert files
    assert not any(b"7731" in path.read_bytes() for path in files)
    with connection.cursor() as cursor:
        for model in vars(models).values():
            if getattr(model, "_meta", None) and model.__module__ == models.__name__:
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")
                assert b"7731" not in repr(cursor.fetchall()).encode()


def test_a_large_file_comes_in_pieces_and_lies_encrypted_for_the_deposit_alone(
    cast, as_role, box, tmp_path
):
    cast.deposit_keys()
    client = as_role("supplier")
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": str(len(STEP)),
        "Upload-Metadata": tus_metadata("밸브.step"),
    }
    begun = client.post(reverse("deposits:begin_upload"), headers=headers)
    assert begun.status_code == 201
    assert (
        as_role("officer").post(reverse("deposits:begin_upload"), headers=headers).status_code
        == 404
    )
    piece = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    as_role("supplier").patch(
        begun["Location"], STEP, content_type="application/offset+octet-stream", headers=piece
    )
    upload = Upload.objects.get()
    stranger = cast.large_upload(who="rival", purpose="deposit", received=len(STEP))
    form = {
        "depositor": cast.supplier.pk, "contract": "TWO_PARTY", "item": "TECHNICAL",
        "title": "밸브 설계", "made_on": "2026-10-01",
    }  # fmt: skip
    client = as_role("supplier")
    assert str(upload.pk) in client.get(reverse("deposits:new")).content.decode()
    for large in ([], [stranger.pk]):
        assert client.post(reverse("deposits:new"), form | {"large": large}).status_code == 422
    client.post(reverse("deposits:new"), form | {"large": [upload.pk]})

    [file] = Deposit.objects.get().files.all()
    assert (file.name, file.sha256) == ("밸브.step", hashlib.sha256(STEP).hexdigest())
    assert not Upload.objects.filter(pk=upload.pk).exists()
    answer = client.post(reverse("deposits:open_file", args=[file.pk]), {"passphrase": PASSPHRASE})
    assert b"".join(answer.streaming_content) == STEP
    secret = operations.secret_of(
        key=queries.key_of(cast.supplier), passphrase=PASSPHRASE, by=cast["supplier"]
    )
    [stored] = box.rglob("*.age")
    assert opened_by_age(secret, stored, tmp_path) == STEP


def opened_by_age(key, stored, folder):
    """What Debian's age opens with the key that an organisation saved as a file."""
    if not (tool := shutil.which("age")):
        pytest.skip("needs age")
    identity = folder / "key.txt"
    identity.write_text(key)
    command = [tool, "--decrypt", "--identity", identity, stored]
    return subprocess.run(command, capture_output=True, check=True).stdout


def test_debians_age_opens_what_is_deposited_with_the_key_as_a_file(cast, tmp_path):
    cast.kept_deposit()
    secret = operations.secret_of(
        key=queries.key_of(cast.supplier), passphrase=PASSPHRASE, by=cast["supplier"]
    )
    [stored] = Path(tmp_path / "uploads" / "deposits").iterdir()

    assert opened_by_age(secret, stored, tmp_path) == PDF


def test_debians_age_opens_what_is_released(cast, tmp_path):
    cast.secrecy_papers(at=NOON)
    release = asked(cast, cast.kept_deposit(users=[cast.buyer]))
    for officer, at in (("officer", NOON), ("officer2", LATER)):
        release = granted(cast, release, officer, at)
    [released] = queries.released_files_of(cast["manager"], release)
    secret = operations.secret_of(
        key=queries.key_of(cast.buyer), passphrase=PASSPHRASE, by=cast["manager"]
    )

    stored = operations.depositing.path_of(released.stored_as)
    assert opened_by_age(secret, stored, tmp_path) == PDF


def test_any_two_officers_release_it_and_none_alone(cast):
    cast.secrecy_papers(at=NOON)
    for first, second in itertools.combinations(OFFICERS, 2):
        deposit = cast.kept_deposit(users=[cast.buyer])
        release = asked(cast, deposit)
        release = granted(cast, release, first)
        assert release.stage == ReleaseStage.WAITING
        assert refusal(granted, cast, release, first, LATER) == Reason.SECOND_OFFICER

        release = granted(cast, release, second, LATER)

        assert release.stage == ReleaseStage.RELEASED
        assert not HandedShare.objects.exists()
        [released] = queries.released_files_of(cast["manager"], release)
        content = operations.open_released(
            released=released, passphrase=PASSPHRASE, by=cast["manager"], at=LATER
        )
        assert b"".join(content) == PDF


def test_with_everything_the_platform_has_one_officer_opens_nothing(cast):
    deposit = cast.kept_deposit(users=[cast.buyer])
    release = granted(cast, asked(cast, deposit), "officer")
    secrets = {
        role: escrow.unprotect(bytes(queries.key_of_officer(cast[role]).protected), PASSPHRASE)
        for role in OFFICERS
    }
    [path] = Path(operations.depositing.path_of(deposit.files.get().stored_as)).parent.iterdir()

    own = Share.objects.get(deposit=deposit, officer=cast["officer"])
    share = escrow.decrypt(bytes(own.content), secrets["officer"])
    with pytest.raises(ValueError, match="too few"):
        escrow.joined([share])
    with pytest.raises(escrow.Locked):
        escrow.decrypt(path.read_bytes(), secrets["officer"])
    for other in (*Share.objects.exclude(officer=cast["officer"]), *release.handed.all()):
        with pytest.raises(escrow.Locked):
            escrow.decrypt(bytes(other.content), secrets["officer"])


def test_the_depositor_is_told_and_may_object_in_time(cast):
    deposit = cast.kept_deposit(users=[cast.buyer])
    release = granted(cast, asked(cast, deposit), "officer")
    assert Notice.objects.filter(recipient=cast["supplier"], kind="RELEASE_WAITING").exists()
    assert refusal(granted, cast, release, "officer2") == Reason.STILL_WAITING

    operations.object_to(release=release, text="폐업하지 않았어요.", by=cast["supplier"], at=NOON)
    late = release.created_at + timedelta(days=rules().objection + 1)

    assert (
        refusal(operations.object_to, release=release, text="또", by=cast["supplier"], at=late)
        == Reason.STAGE_CLOSED
    )
    done = operations.refuse(release=release, reason="영업 중", by=cast["officer2"], at=late)
    assert done.stage == ReleaseStage.REFUSED
    assert not HandedShare.objects.exists()


def test_each_act_is_an_entry_of_the_sealed_record_with_the_hashes_and_no_words(cast, as_role):
    cast.secrecy_papers(at=NOON)
    deposit = cast.kept_deposit(users=[cast.buyer])
    release = asked(cast, deposit)
    for officer, at in (("officer", NOON), ("officer2", LATER)):
        release = granted(cast, release, officer, at)
    operations.withdraw(deposit=deposit, reason="끝", by=cast["supplier"], at=LATER)

    entries = Entry.objects.filter(about=f"deposit:{deposit.pk}").order_by("pk")
    leaves = [json.loads(entry.leaf) for entry in entries]
    assert [(leaf["kind"], leaf["content"]["stage"]) for leaf in leaves] == [
        ("DEPOSIT_APPLIED", "APPLIED"), ("DEPOSIT_ACCEPTED", "KEPT"),
        ("DEPOSIT_RELEASE_MOVED", "ASKED"), ("DEPOSIT_RELEASE_MOVED", "WAITING"),
        ("DEPOSIT_RELEASE_MOVED", "RELEASED"), ("DEPOSIT_ENDED", "WITHDRAWN"),
    ]  # fmt: skip
    assert all(deposit.files.get().sha256 in json.dumps(leaf["files"]) for leaf in leaves)
    assert leaves[1]["content"]["number"] == deposit.number
    assert not any("촉매 배합비" in entry.leaf or "폐업 사실" in entry.leaf for entry in entries)


def test_the_certificate_names_its_place_in_the_sealed_record(cast, as_role):
    deposit = cast.kept_deposit()
    place()
    seal(at=NOON)
    [entry] = Entry.objects.filter(about=f"deposit:{deposit.pk}", kind="DEPOSIT_ACCEPTED")
    client = as_role("supplier")
    paper = client.get(reverse("deposits:certificate", args=[deposit.pk]))
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).split()
    )
    assert deposit.number in text
    assert f"No. {entry.place.index}" in text
    page = client.get(reverse("deposits:deposit", args=[deposit.pk])).content.decode()
    assert reverse("records:proof", args=[entry.place.index]) in page


def test_who_lost_the_passphrase_gets_it_back_under_a_new_one(cast):
    deposit = cast.kept_deposit()
    release = asked(cast, deposit, ground="PASSPHRASE_LOST", by="supplier")

    assert refusal(asked, cast, deposit, ground="CLOSURE", by="supplier") == Reason.NOT_A_PARTY
    assert not permissions.may_object(cast["supplier"], release, NOON.date())


def test_officers_of_a_party_decide_nothing(cast):
    deposit = cast.kept_deposit(users=[cast.buyer])
    release = asked(cast, deposit)
    cast["officer"].__dict__.pop("_roles", None)
    from dure.apps.people.models import Membership, MembershipRole, MembershipStage

    Membership.objects.create(
        user=cast["officer"],
        organisation=cast.buyer,
        role=MembershipRole.MEMBER,
        stage=MembershipStage.ACTIVE,
    )

    assert refusal(granted, cast, release, "officer") == Reason.OWN_CASE


def test_two_persons_stand_in_the_database_too(cast):
    deposit = cast.kept_deposit(users=[cast.buyer])
    release = granted(cast, asked(cast, deposit), "officer")

    release.stage, release.decided_by = ReleaseStage.RELEASED, cast["officer"]
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        release.save()


def test_a_successor_grants_in_the_place_of_who_left(cast):
    cast.secrecy_papers(at=NOON)
    deposit = cast.kept_deposit(users=[cast.buyer])
    from dure.apps.deposits.models import DepositKey
    from dure.apps.deposits.roles import Role
    from dure.apps.people.models import Appointment

    Appointment.objects.create(user=cast["auditor"], role=Role.RELEASE_OFFICER)
    operations.set_officer_key(passphrase="another long secret", by=cast["auditor"], at=NOON)
    assert DepositKey.objects.filter(officer=cast["auditor"]).exists()

    handed = operations.hand_over(
        to=cast["auditor"], passphrase=PASSPHRASE, by=cast["officer"], at=NOON
    )
    release = granted(cast, asked(cast, deposit), "officer2")
    release = granted(cast, release, "auditor", LATER, "another long secret")

    assert handed == 1
    assert release.stage == ReleaseStage.RELEASED
    assert refusal(granted, cast, release, "officer", LATER) == Reason.STAGE_CLOSED


def test_a_changed_passphrase_opens_the_same_files(cast):
    deposit = cast.kept_deposit()
    key = queries.key_of(cast.supplier)

    operations.change_passphrase(
        key=key, old=PASSPHRASE, new="quite another one", by=cast["supplier"], at=NOON
    )

    assert opened(cast, deposit, "quite another one") == PDF
    assert refusal(opened, cast, deposit) == Reason.PASSPHRASE_WRONG


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", b"", Reason.FILE_EMPTY),
        ("a.pdf", b"no pdf", Reason.FILE_UNREADABLE),
        ("a.exe", b"MZ\0\0", Reason.FILE_UNREADABLE),
        ("a.docx", b"PK\x03\x04 broken", Reason.FILE_UNREADABLE),
    ],
)
def test_what_cannot_be_read_is_not_taken_and_named(cast, as_role, box, name, content, reason):
    cast.deposit_keys()

    page = as_role("supplier").post(
        reverse("deposits:new"),
        {
            "depositor": cast.supplier.pk,
            "contract": "TWO_PARTY",
            "item": "TECHNICAL",
            "title": "배합비",
            "made_on": "2026-10-01",
            "files": [SimpleUploadedFile("good.pdf", PDF), SimpleUploadedFile(name, content)],
        },
    )

    assert not Deposit.objects.exists()
    assert not list(box.rglob("*.age"))
    assert str(reason.label) % {"name": name} in page.content.decode().replace("&#x27;", "'")


def test_terms_end_are_told_of_and_are_renewed_with_one_press(cast, as_role):
    deposit = cast.kept_deposit(at=NOON - timedelta(days=340))
    assert (deposit.ends_on - NOON.date()).days < 60
    for _again in range(2):
        operations.notify_due(at=NOON)
    assert Notice.objects.filter(kind="DEPOSIT_ENDS", recipient=cast["supplier"]).count() == 1

    as_role("supplier").post(reverse("deposits:renew", args=[deposit.pk]))

    first, second = Term.objects.all()
    assert second.starts_on == first.ends_on + DAY
    assert (first.fee, second.fee) == (300_000, 150_000)
    deposit.refresh_from_db()
    assert deposit.ends_on == second.ends_on
    assert refusal(operations.renew, deposit=deposit, by=cast["supplier"], at=NOON) == (
        Reason.NOT_DUE
    )


def test_what_nobody_renews_is_destroyed_after_the_grace(
    cast, box, django_capture_on_commit_callbacks
):
    deposit = cast.kept_deposit()
    over = NOON + timedelta(days=366)
    assert operations.lapse_due(at=over) == 1
    assert operations.destroy_due(at=over + timedelta(days=28)) == 0
    assert opened(cast, deposit) == PDF

    with django_capture_on_commit_callbacks(execute=True):
        assert operations.destroy_due(at=over + timedelta(days=29)) == 1

    deposit.refresh_from_db()
    assert deposit.stage == DepositStage.DESTROYED
    assert not list(box.rglob("*.age"))
    assert not Share.objects.exists()
    assert deposit.files.get().sha256  # that it was there stays


def test_an_open_release_keeps_a_lapsed_deposit(cast):
    deposit = cast.kept_deposit(users=[cast.buyer])
    asked(cast, deposit)
    over = NOON + timedelta(days=366)
    operations.lapse_due(at=over)

    assert operations.destroy_due(at=over + timedelta(days=90)) == 0
    assert (
        refusal(operations.withdraw, deposit=deposit, reason="", by=cast["supplier"], at=over)
        == Reason.STAGE_CLOSED
    )


def test_the_rules_of_programmes_hear_of_it(cast):
    cast.kept_deposit()

    def knows(on):
        return any(f.name == "technology_deposit" for f in facts_about(cast.supplier, on))

    assert knows(NOON.date())
    assert not knows(NOON.date() - DAY)
    assert not knows(NOON.date() + timedelta(days=400))


def test_numbers_count_through_the_month(cast):
    first, second = cast.kept_deposit(), cast.kept_deposit()

    assert [deposit.number[:12] for deposit in (first, second)] == ["00001-26-11-", "00002-26-11-"]


def test_fees_follow_item_kind_and_day():
    fee = rules().fee
    assert fee("TECHNICAL", "SME", date(2026, 1, 1)).new == 300_000
    assert fee("IDEA", "STARTUP", date(2026, 1, 1)).new == 0
    assert fee("IDEA", "SME", date(2026, 1, 1)).new == 50_000
    with pytest.raises(LookupError):
        fee("IDEA", "SME", date(2019, 1, 1))


def test_a_contract_takes_its_number_of_users(cast):
    assert refusal(cast.deposited, contract="THREE_PARTY") == Reason.USERS_WRONG
    assert refusal(cast.deposited, contract="TWO_PARTY", users=[cast.buyer]) == Reason.USERS_WRONG
    assert refusal(cast.deposited, users=[cast.supplier]) == Reason.USER_IS_DEPOSITOR


def test_strangers_find_nothing(cast, as_role):
    deposit = cast.kept_deposit(users=[cast.buyer])

    assert "촉매 배합비" in as_role("manager").get(reverse("deposits:list")).content.decode()
    assert "촉매 배합비" not in as_role("rival").get(reverse("deposits:list")).content.decode()
    assert as_role("rival").get(reverse("deposits:deposit", args=[deposit.pk])).status_code == 404


def test_the_key_itself_is_saved_as_a_file_and_opens_what_was_deposited(cast, as_role):
    cast.kept_deposit()
    page = reverse("deposits:secret", args=[queries.key_of(cast.supplier).pk])

    refused = as_role("supplier").post(page, {"passphrase": "anything else"})
    saved = as_role("supplier").post(page, {"passphrase": PASSPHRASE})

    assert refused.url == reverse("deposits:keys")
    assert saved["Content-Disposition"].startswith("attachment")
    assert saved.content.decode().startswith("AGE-SECRET-KEY-")
