"""What becomes of the material when an agreement is over: confirmed once, by whom, for all to see."""

import io
import shutil
import subprocess
import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.timezone import localdate
from openpyxl import load_workbook

from dure.apps.catalog.models import Visibility
from dure.apps.ndas.models import Nda
from dure.apps.ndas.operations import confirm_return
from dure.apps.ndas.queries import ndas_visible_to, overdue, returns_to_confirm
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage
from dure.apps.notices.models import Notice
from dure.apps.notices.presenters import sentence
from dure.apps.people.models import User
from dure.foundation.verdict import Refused
from tests.apps.ndas.conftest import colleague_of, signed
from tests.conftest import NOON

LONG_AGO = {"ends_at": NOON - timedelta(days=400)}


def over(cast, entry, **values):
    """An agreement that ran out yesterday, and whose return is due in ten days."""
    now = timezone.now()
    return signed(
        cast,
        entry,
        **{
            "ends_at": now - timedelta(days=1),
            "return_on": localdate(now) + timedelta(days=10),
            **values,
        },
    )


def confirmed(cast, nda, role="supplier", **changes):
    fields = {"way": "DESTROYED", "how": "서버와 노트북에서 지웠습니다", "at": timezone.now()}
    return confirm_return(nda=nda, by=cast[role], **fields | changes)


def test_the_receiver_confirms_and_the_giver_reads_how(cast, teaser, as_role):
    nda = over(cast, teaser)
    client = as_role("supplier")
    assert "confirm-return" in client.get(f"/ndas/{nda.pk}/").content.decode()

    client.post(f"/ndas/{nda.pk}/return/", {"way": "RETURNED", "how": "USB를 돌려주었습니다"})

    nda.refresh_from_db()
    assert (nda.returned_as, nda.return_confirmed_by) == ("RETURNED", cast["supplier"])
    assert timezone.now() - nda.return_confirmed_at < timedelta(minutes=5)
    assert "USB" in sentence(Notice.objects.filter(recipient=cast["manager"]).latest("pk"))
    for role in ("supplier", "manager", "member", "officer"):
        page = as_role(role).get(f"/ndas/{nda.pk}/").content.decode()
        assert "USB를 돌려주었습니다" in page
        assert "Given back" in page
        assert "confirm-return" not in page


@pytest.mark.parametrize(
    ("role", "values", "reason"),
    [
        ("colleague", {}, Reason.NOT_A_MANAGER),
        ("manager", {}, Reason.NOT_A_PARTY),
        ("officer", {}, Reason.NOT_A_PARTY),
        ("administrator", {}, Reason.NOT_A_PARTY),
        ("rival", {}, Reason.NOT_A_PARTY),
        ("supplier", {"ends_at": NOON + timedelta(days=4000)}, Reason.NOT_OVER),
        ("supplier", {"stage": NdaStage.ASKED, **LONG_AGO}, Reason.NOT_OVER),
        ("supplier", {"stage": NdaStage.REFUSED, **LONG_AGO}, Reason.NOT_OVER),
        ("supplier", {"stage": NdaStage.WITHDRAWN, **LONG_AGO}, Reason.NOT_OVER),
    ],
)
def test_only_a_manager_of_the_receiver_confirms_what_is_over(cast, teaser, role, values, reason):
    cast.people["colleague"] = colleague_of(cast, "supplier", "colleague")
    nda = over(cast, teaser, **values)

    with pytest.raises(Refused) as refusal:
        confirmed(cast, nda, role)

    assert refusal.value.reason == reason
    nda.refresh_from_db()
    assert nda.return_confirmed_at is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"way": ""}, Reason.WAY_MISSING),
        ({"way": "LOST"}, Reason.WAY_MISSING),
        ({"how": "  "}, Reason.HOW_MISSING),
    ],
)
def test_which_of_the_two_and_how_must_be_said(cast, teaser, change, reason):
    nda = over(cast, teaser)

    with pytest.raises(Refused) as refusal:
        confirmed(cast, nda, **change)

    assert refusal.value.reason == reason


def test_what_was_ended_early_is_confirmed_too_and_only_once(cast, teaser):
    nda = signed(
        cast, teaser, stage=NdaStage.ENDED, ended_at=timezone.now(), ended_by=cast["supplier"]
    )
    confirmed(cast, nda)

    with pytest.raises(Refused) as refusal:
        confirmed(cast, nda, way="RETURNED")

    assert refusal.value.reason == Reason.CONFIRMED_ALREADY
    nda.refresh_from_db()
    assert nda.returned_as == "DESTROYED"


@pytest.mark.parametrize(
    "change",
    [
        {"returned_as": ""},
        {"return_how": ""},
        {"return_confirmed_by": None},
        {"return_confirmed_at": None},
        {"return_confirmed_at": NOON - timedelta(days=4000)},
        {"stage": NdaStage.REFUSED},
    ],
)
def test_the_database_keeps_no_half_confirmation(cast, teaser, change):
    nda = confirmed(cast, over(cast, teaser))

    with (
        pytest.raises(IntegrityError, match="nda_return_confirmed_when_over"),
        transaction.atomic(),
    ):
        Nda.objects.filter(pk=nda.pk).update(**change)


@pytest.mark.django_db(transaction=True)
def test_two_managers_at_once_confirm_once(cast, teaser):
    nda, together, outcomes = over(cast, teaser), threading.Barrier(2), []

    def confirm(way):
        try:
            together.wait()
            outcomes.append(confirmed(cast, nda, way=way).returned_as)
        except Refused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=[way]) for way in ("RETURNED", "DESTROYED")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    nda.refresh_from_db()
    assert sorted(outcomes) == sorted([nda.returned_as, Reason.CONFIRMED_ALREADY])


def test_the_last_day_of_the_return_is_not_late(cast, teaser):
    nda = over(cast, teaser)

    def is_late(today):
        return overdue(ndas_visible_to(cast["officer"]), today).exists()

    assert not is_late(nda.return_on)
    assert is_late(nda.return_on + timedelta(days=1))
    confirmed(cast, nda)
    assert not is_late(nda.return_on + timedelta(days=1))


def test_the_list_and_its_excel_tell_what_is_missing(cast, as_role):
    def agreement(title, **values):
        entry = cast.need(title=title, visibility=Visibility.TEASER)
        return over(cast, entry, **values)

    agreement("유효한 것", ends_at=timezone.now() + timedelta(days=90))
    agreement("기다리는 것")
    agreement("늦은 것", return_on=localdate() - timedelta(days=3))
    confirmed(cast, agreement("끝난 것", return_on=localdate() - timedelta(days=3)))
    client = as_role("manager")

    def listed(query):
        page = client.get(f"/ndas/?{query}").content.decode()
        titles = ("유효한 것", "기다리는 것", "늦은 것", "끝난 것")
        return [title in page for title in titles]

    assert listed("state=UNRETURNED") == [False, True, True, False]
    assert listed("state=OVERDUE") == [False, False, True, False]
    assert listed("state=OVER") == [False, True, True, True]
    book = load_workbook(io.BytesIO(client.get("/ndas/?format=xlsx").content)).active
    rows = {row[0]: row for row in book.values}
    assert rows["유효한 것"][10:] == (None, None, None, None)
    assert rows["기다리는 것"][10] == "Return not confirmed"
    assert rows["늦은 것"][10] == "Return overdue"
    assert rows["끝난 것"][10] == "Destroyed"
    assert rows["끝난 것"][12:] == ("supplier", "서버와 노트북에서 지웠습니다")


def test_what_is_late_stands_on_the_start_page_of_who_can_act(cast, teaser, as_role):
    nda = over(cast, teaser)

    def seen(role):
        return "Return overdue" in as_role(role).get("/").content.decode()

    assert not seen("supplier")  # not late yet
    Nda.objects.filter(pk=nda.pk).update(return_on=localdate() - timedelta(days=3))
    cast.people["colleague"] = colleague_of(cast, "supplier", "colleague")
    assert {role: seen(role) for role in ("supplier", "colleague", "manager", "member")} == {
        "supplier": True,
        "colleague": False,
        "manager": False,
        "member": False,
    }
    office = as_role("officer").get("/").content.decode()
    assert "/ndas/?state=OVERDUE" in office

    confirmed(cast, nda)

    assert not returns_to_confirm(User.objects.get(pk=cast["supplier"].pk), localdate()).exists()
    assert "/ndas/?state=OVERDUE" not in as_role("officer").get("/").content.decode()


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no poppler-utils on this machine")
def test_the_paper_tells_of_the_return(cast, teaser, as_role, tmp_path):
    nda = over(cast, teaser, return_on=localdate() - timedelta(days=3))

    def paper():
        file = tmp_path / "nda.pdf"
        file.write_bytes(as_role("manager").get(f"/ndas/{nda.pk}/paper/").content)
        return subprocess.run(
            ["pdftotext", file, "-"], capture_output=True, check=True
        ).stdout.decode()

    assert "Return overdue" in paper()
    confirmed(cast, nda)
    assert "서버와 노트북에서 지웠습니다" in paper()
    assert "Return overdue" not in paper()
