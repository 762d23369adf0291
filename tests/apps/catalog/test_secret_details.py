"""What a firm marks as secret technical data opens to a buyer after sheet and agreement, never before."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from dure.apps.catalog import operations, permissions, queries
from dure.apps.catalog.models import DisclosedEntry, Technology, Visibility
from dure.apps.catalog.reasons import Reason
from dure.apps.ndas.models import Exchange, Nda, RequestSheet
from dure.apps.ndas.operations import answer_sheet, ask_for_agreement, move
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.people.models import Membership, MembershipRole, MembershipStage
from dure.apps.records.models import Entry
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db
BODY = "표면 코팅 두께는 0.3밀리미터입니다."


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    settings.DURE_KEYS = str(tmp_path / "keys")
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def secret(cast):
    return cast.technology(
        title="비공개 코팅", body=BODY, visibility=Visibility.TEASER, secret_since=timezone.now()
    )


def page(client, technology):
    return client.get(reverse("catalog:technology_detail", args=[technology.pk])).content.decode()


def items(**changes):
    return {
        "relation": "CONSIGNMENT", "purpose": "공동 개발", "ownership": "공급자", "price": "없음",
        "hand_over_on": (timezone.localdate() + timedelta(days=9)).isoformat(), "method": "여기서",
        "justification": "규격 확인", **changes,
    }  # fmt: skip


def reads(cast, technology, role="manager"):
    user = type(cast[role]).objects.get(pk=cast[role].pk)  # what is open is asked once per object
    return queries.reads_details(user, technology)


def test_a_buyer_is_led_from_the_page_through_each_paper_to_the_details(cast, as_role, secret):
    operations.add_attachment(
        entry=secret, file=ContentFile(b"%PDF-1.7", name="coating.pdf"), by=cast["supplier"]
    )
    ask = reverse("catalog:technology_sheet", args=[secret.pk])
    client = as_role("manager")
    shown = page(client, secret)
    assert BODY not in shown
    assert "This is still missing" in shown
    assert ask in shown
    old_way = client.get(reverse("catalog:technology_ask", args=[secret.pk]))
    assert old_way.url == ask

    assert client.post(ask, items(price="")).status_code == 422
    assert client.post(ask, items(receiving_party=cast.buyer.pk)).status_code == 302
    sheet = RequestSheet.objects.get()
    assert (sheet.material, sheet.holding_party) == (secret.title, cast.supplier)
    assert "It waits for" in page(client, secret)
    assert ask not in page(client, secret)

    answer_sheet(sheet=sheet, stage=SheetStage.AGREED, by=cast["supplier"], at=timezone.now())
    agreement = reverse("ndas:sheet_agreement", args=[sheet.pk])
    assert agreement in page(client, secret)
    client.post(
        agreement,
        {"people": [cast["manager"].pk], "ends_on": timezone.localdate() + timedelta(days=90)},
    )
    nda = Nda.objects.get()
    assert reverse("ndas:nda", args=[nda.pk]) in page(client, secret)
    assert BODY not in page(client, secret)
    assert not Exchange.objects.exists()

    move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())
    assert BODY in page(client, secret)
    assert BODY in page(client, secret)
    exchange = Exchange.objects.get()
    assert (exchange.from_party, exchange.to_party, exchange.nda) == (
        cast.supplier, cast.buyer, nda,
    )  # fmt: skip
    assert exchange.is_secret
    sealed = Entry.objects.get(about=f"exchange:{exchange.pk}").leaf
    assert secret.attachments.get().sha256 in sealed
    file = reverse("catalog:technology_attachment", args=[secret.pk, secret.attachments.get().pk])
    assert client.get(file).status_code == 200
    assert nda.access_records.count() == 2

    move(nda=nda, stage=NdaStage.ENDED, reason="끝", by=cast["supplier"], at=timezone.now())
    assert BODY not in page(client, secret)
    assert client.get(file).status_code == 404
    assert ask in page(client, secret)


def test_an_agreement_alone_opens_nothing_to_a_buyer(cast, secret):
    with pytest.raises(Refused) as refusal:
        cast.nda(secret, receiving_party="manager")
    assert refusal.value.reason == Reason.SHEET_FIRST

    Technology.objects.filter(pk=secret.pk).update(secret_since=None)
    asked_before = cast.nda(Technology.objects.get(pk=secret.pk), receiving_party="manager")
    Technology.objects.filter(pk=secret.pk).update(secret_since=timezone.now())
    move(nda=asked_before, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())
    assert not reads(cast, secret)
    assert not Technology.objects.filter(queries.opened_by(cast["manager"], Technology)).exists()


def test_what_was_signed_before_the_mark_stays_open_to_its_end(cast, secret):
    Technology.objects.filter(pk=secret.pk).update(secret_since=None)
    nda = cast.nda(Technology.objects.get(pk=secret.pk), receiving_party="manager")
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())
    entry = Technology.objects.get(pk=secret.pk)
    operations.edit(
        entry=entry, values={"keeps_secret": True}, seen_at=None, by=cast["supplier"],
        at=timezone.now(),
    )  # fmt: skip
    marked = Technology.objects.get(pk=secret.pk)
    assert marked.keeps_secret
    assert reads(cast, marked)

    Nda.objects.filter(pk=nda.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert not reads(cast, marked)
    assert permissions.may_ask_in_writing(cast["manager"], marked, cast.buyer)


def test_a_smaller_firm_needs_the_agreement_alone(cast, secret):
    firm = cast.stranger
    person = cast["newcomer"]
    Membership.objects.create(
        user=person, organisation=firm, role=MembershipRole.MANAGER, stage=MembershipStage.ACTIVE
    )
    nda = cast.nda(secret, receiving_party="newcomer")
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())

    assert reads(cast, secret, "newcomer")
    assert DisclosedEntry.objects.get().sheet is None
    refusal = permissions.may_ask_in_writing(person, secret, firm).reason
    assert refusal == Reason.NO_SHEET_NEEDED


def test_a_sheet_for_something_else_opens_nothing(cast, secret):
    other = cast.request_sheet(material=secret.title)
    answer_sheet(sheet=other, stage=SheetStage.AGREED, by=cast["supplier"], at=timezone.now())
    other.refresh_from_db()
    nda = ask_for_agreement(
        sheet=other, people=[cast["manager"]], ends_on=timezone.localdate() + timedelta(days=9),
        by=cast["manager"], at=timezone.now(),
    )  # fmt: skip
    move(nda=nda, stage=NdaStage.SIGNED, by=cast["supplier"], at=timezone.now())

    assert not reads(cast, secret)


def test_what_is_kept_secret_cannot_be_open(cast, as_role, secret):
    client = as_role("supplier")
    edit = reverse("catalog:technology_edit", args=[secret.pk])
    fields = {
        "title": secret.title, "body": BODY, "field": "SMARTFAC", "visibility": "PUBLIC",
        "language": "ko", "keeps_secret": "on", "seen_at": secret.updated_at.isoformat(),
    }  # fmt: skip
    assert client.post(edit, fields).status_code == 422
    assert client.post(edit, fields | {"visibility": "TEASER"}).status_code == 302
    secret_since = secret.secret_since
    secret.refresh_from_db()
    assert secret.secret_since == secret_since
    question = reverse("catalog:technology_question", args=[secret.pk, "visibility"])
    assert "keeps_secret" in client.get(question).content.decode()
