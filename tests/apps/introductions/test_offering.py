"""«We can do this»: from an open need over account, firm and one sentence to a first match."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from dure.apps.catalog.models import Technology
from dure.apps.introductions import operations
from dure.apps.introductions.models import Offer
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches.models import Answer
from dure.apps.matches.operations import rebuild_index
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SENTENCE = "도장 건조로 배기열을 60% 이상 회수하는 판형 열교환기를 만듭니다. 2019년부터 납품합니다."


@pytest.fixture
def need(cast):
    need = cast.need()
    cast.need(title="도장 건조로 배기열을 회수하는 판형 열교환기")
    rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))
    return need


def test_a_visitor_becomes_a_firm_with_a_match(client, cast, need):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    offer = reverse("introductions:offer", args=[need.pk])
    assert offer in client.get(need.get_absolute_url()).content.decode()
    assert "Your account" in client.get(offer).content.decode()

    joining = client.get(reverse("account_signup"), {"next": offer}).content.decode()
    assert "First matches" in joining  # the steps are in sight here too
    client.post(
        reverse("account_signup"),
        {
            "name": "박하늘", "email": "sky@example.org", "password1": "sunny-harbour-77",
            "agrees_to_terms": "on", "agrees_to_privacy": "on", "next": offer,
        },
    )  # fmt: skip
    link = re.search(r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[0].body)[1]
    assert client.post(link).url == offer

    client.post(
        offer,
        {"business_number": "211-87-00616", "name": "새별열기", "kind": "SME", "region": "BUSAN"},
    )
    firm = Organisation.objects.get(name="새별열기")
    after = client.post(offer, {"organisation": firm.pk, "text": SENTENCE}, follow=True)

    technology = Technology.objects.get(organisation=firm)
    page = after.content.decode()
    assert technology.stage == "DRAFT"
    assert technology.title == "도장 건조로 배기열을 60% 이상 회수하는 판형 열교환기를 만듭니다"
    assert technology.field == "SMARTFAC"
    assert "도장 건조로 배기열을 회수하는 판형 열교환기" in page
    assert "Not yet verified" in page
    assert "What is still needed" in page
    assert User.objects.get(email="sky@example.org").consents.count() == 2


def test_an_offer_counts_as_interest_once_it_is_published(cast, need):
    made = operations.draft_and_offer(
        need=need, organisation=cast.supplier, text=SENTENCE, by=cast["supplier"], at=NOON
    )
    operations.tell_of_offers(technology_ids=[made.technology_id], at=NOON)
    assert not Answer.objects.exists()

    Technology.objects.filter(pk=made.technology_id).update(
        stage="PUBLISHED", published_at=NOON, published_by=cast["officer"]
    )
    assert operations.tell_of_offers(technology_ids=[made.technology_id], at=NOON) == 1
    assert operations.tell_of_offers(technology_ids=[made.technology_id], at=NOON) == 0

    answer = Answer.objects.get()
    assert (answer.side, answer.kind, answer.need) == ("SUPPLY", "INTERESTED", need)


def test_what_is_published_already_is_told_at_once(cast, need):
    operations.offer(need=need, technology=cast.technology(), by=cast["supplier"], at=NOON)

    assert Offer.objects.get().told_at == NOON
    assert Answer.objects.get().kind == "INTERESTED"


def test_a_firm_that_is_here_is_joined_not_registered_twice(as_role, cast, need):
    page = as_role("newcomer").post(
        reverse("introductions:offer", args=[need.pk]),
        {"business_number": "120-88-00767", "name": "열림", "kind": "SME", "region": "BUSAN"},
    )

    assert page.status_code == 422
    assert "Ask to join" in page.content.decode()
    assert Organisation.objects.filter(business_number="1208800767").count() == 1


@pytest.mark.parametrize(("text", "reason"), [("네", "SAY_MORE"), ("\u200b" * 40, "SAY_MORE")])
def test_a_sentence_that_says_nothing_is_refused(cast, need, text, reason):
    with pytest.raises(Refused, match=reason):
        operations.draft_and_offer(
            need=need, organisation=cast.supplier, text=text, by=cast["supplier"], at=NOON
        )

    assert not Technology.objects.exists()


def test_nobody_offers_for_others_or_for_their_own_need(cast, need):
    for organisation, who, reason in (
        (cast.supplier, "rival", "NOT_A_PARTY"),
        (cast.buyer, "member", "OWN_NEED"),
    ):
        with pytest.raises(Refused, match=reason):
            operations.draft_and_offer(
                need=need, organisation=organisation, text=SENTENCE, by=cast[who], at=NOON
            )


def test_the_owner_of_a_need_is_not_asked_to_offer(as_role, need):
    offer = reverse("introductions:offer", args=[need.pk])

    assert offer not in as_role("member").get(need.get_absolute_url()).content.decode()
    assert offer in as_role("supplier").get(need.get_absolute_url()).content.decode()


def test_an_offer_is_seen_by_its_firm_and_the_office(as_role, cast, need):
    made = operations.draft_and_offer(
        need=need, organisation=cast.supplier, text=SENTENCE, by=cast["supplier"], at=NOON
    )
    address = reverse("introductions:offered", args=[made.pk])

    assert as_role("supplier").get(address).status_code == 200
    assert as_role("officer").get(address).status_code == 200
    assert as_role("member").get(address).status_code == 404
