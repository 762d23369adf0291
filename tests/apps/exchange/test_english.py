"""A firm from abroad works wholly in English: no Korean on any page that it gets, proper names apart."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dure.apps.exchange import operations
from dure.apps.exchange.models import Contact, Listing, Talk

pytestmark = pytest.mark.django_db
HANGUL = re.compile("[가-힣ㄱ-ㅎ]+")
# The name of the language in the switch stands in its own script everywhere; 열림테크 is a firm, which
# a notice of a lower app calls as its writer does.
NAMES = {"한국어", "두레", "열림테크"}
# What a term of the glossary is called in the other language, beside its meaning.
TERM = re.compile(r'<[a-z]+\s[^>]*lang="ko"[^>]*>[^<]*<')


def korean_on(client, url):
    answer = client.get(url)
    assert answer.status_code == 200, url
    page = answer.content.decode()
    assert '<html lang="en"' in page, url
    visible = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    if url == reverse("people:account"):
        visible = TERM.sub("<", visible)
    return set(HANGUL.findall(visible)) - NAMES


@pytest.fixture
def firm(cast):
    """A firm from abroad with something on every page."""
    firm = cast.foreigner()
    contact = cast.contact(firm)
    abroad = cast.abroad(firm).organisation
    now = timezone.now()
    partner = operations.enter_partner(
        country="ID", name="인도네시아 연구혁신청", by=cast["officer"], at=now
    )
    operations.plan_with(partner=partner, year=2026, text="두 번", by=cast["officer"], at=now)
    refused = cast.exchange_meeting(name="두 번째 상담회")
    _home, part = cast.exchange_parts(refused, firm, answered=False)
    operations.answer(part=part, is_selected=False, reason="분야", by=cast["officer"], at=now)
    operations.add_delegation(
        meeting=refused, country="ID", name="자카르타 사절단", by=cast["officer"], at=now
    )
    cast.talk(foreigner=firm)
    request = operations.ask(
        kind="NEGOTIATION", organisation=abroad, text="Terms of a licence", contact=contact,
        by=firm, at=now,
    )  # fmt: skip
    request = operations.take(
        request=request, due_on=timezone.localdate(), by=cast["officer"], at=now
    )
    operations.report(request=request, text="조건을 정리했습니다", by=cast["officer"], at=now)
    operations.follow_up(
        accord=cast.accord("contract", abroad=abroad, amount=10, currency="KRW"),
        became="UNDER_WAY", on=timezone.localdate(), by=firm, at=now,
    )  # fmt: skip
    return firm


def pages(firm):
    """Every page without a form of the office that this firm gets, each record once."""
    names = (
        "meetings", "listings", "contacts", "requests", "accords", "partners", "organisations",
        "new_request", "new_accord",
    )  # fmt: skip
    yield from (reverse(f"exchange:{name}") for name in names)
    from dure.apps.exchange import queries

    for seen in (
        queries.meetings_visible_to, queries.listings_visible_to, queries.talks_visible_to,
        queries.contacts_visible_to, queries.requests_visible_to, queries.accords_visible_to,
        queries.abroad_visible_to,
    ):  # fmt: skip
        yield from (thing.get_absolute_url() for thing in seen(firm))
    yield from (partner.get_absolute_url() for partner in queries.partners())
    yield from (reverse("dashboards:start"), reverse("people:account"), reverse("notices:list"))


def test_without_any_translation_there_is_no_korean(firm):
    client = Client(HTTP_ACCEPT_LANGUAGE="ko")  # the account's language comes before the browser's
    client.force_login(firm)
    korean_by_url = {url: korean for url in pages(firm) if (korean := korean_on(client, url))}
    assert korean_by_url == {}
    assert (
        "English text to come"
        in client.get(Contact.objects.get().get_absolute_url()).content.decode()
    )
    assert not client.get(reverse("exchange:listings")).context[
        "rows"
    ]  # no title that it could read


def test_translated_texts_are_read_and_marked_with_no_original_beside_them(firm, cast):
    class Machine:
        name = "m"

        def translate(self, texts, source, target):
            return ["translated words" if target == "en" else "옮긴 글" for _text in texts]

    operations.translate(translator=Machine(), at=timezone.now())
    client = Client()
    client.force_login(firm)
    korean_by_url = {url: korean for url in pages(firm) if (korean := korean_on(client, url))}
    assert korean_by_url == {}
    page = client.get(Listing.objects.get().get_absolute_url()).content.decode()
    assert "translated words" in page
    assert "Machine translation" in page
    talk = Talk.objects.exclude(note="").get()
    own = Client(HTTP_ACCEPT_LANGUAGE="en")
    own.force_login(cast["supplier"])
    assert (
        talk.note in own.get(talk.get_absolute_url()).content.decode()
    )  # the source, for who reads it


def test_what_somebody_chose_in_the_browser_comes_before_the_account(firm):
    client = Client()
    client.cookies["django_language"] = "ko"
    client.force_login(firm)
    assert '<html lang="ko"' in client.get(reverse("exchange:meetings")).content.decode()
    client = Client()
    client.force_login(firm)
    assert '<html lang="en"' in client.get(reverse("exchange:meetings")).content.decode()


def test_the_menu_of_a_firm_from_abroad_has_what_is_in_english_alone(firm, cast):
    def menu(user):
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        client.force_login(user)
        return [
            link["label"] for link in client.get(reverse("exchange:meetings")).context["navigation"]
        ]

    assert menu(firm) == ["My desk", "International exchange"]
    assert len(menu(cast["supplier"])) > 4
