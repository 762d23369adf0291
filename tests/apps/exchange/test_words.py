"""Texts in two languages: machine-made until a person confirms them, the source beside, what lacks one listed."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from dure.apps.exchange import operations, queries
from dure.apps.exchange.models import TextPair
from dure.apps.exchange.presenters.words import Words
from dure.apps.exchange.reasons import Reason
from dure.foundation.translating import TranslatorError
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db


class Shouting:
    """A translator that answers with the length of the text, and stops where it is told to."""

    name = "shouting-1"

    def __init__(self, stops_after: int = 99) -> None:
        self.left = stops_after

    def translate(self, texts, source, target):
        if not self.left:
            raise TranslatorError("gone")
        self.left -= 1
        return [f"{target.upper()} of {len(text)}" for text in texts]


def read(source):
    return queries.Text("", "", source).digest


def lacking():
    return [(text.subject.partition(":")[0], text.field) for text in queries.untranslated()[0]]


def test_what_is_untranslated_stands_in_the_order_of_who_reads_it(cast):
    cast.contact()
    assert lacking() == [
        ("message", "text"), ("message", "text"), ("meeting", "name"), ("listing", "title"),
        ("meeting", "place"), ("meeting", "lead"), ("listing", "body"), ("talk", "note"),
        ("abroad", "seeks"), ("part", "wish"),
    ]  # fmt: skip
    languages = {text.target for text in queries.untranslated()[0]}
    assert languages == {"en", "ko"}


def test_a_machine_marks_what_it_made_until_a_person_confirms_it(cast):
    meeting = cast.exchange_meeting()
    subject = f"meeting:{meeting.pk}"
    done = operations.translate(translator=Shouting(), at=timezone.now())
    assert done == 3
    assert lacking() == []
    pair = TextPair.objects.get(subject=subject, field="name")
    assert (pair.text, pair.engine, pair.source, pair.is_machine) == (
        f"EN of {len(meeting.name)}", "shouting-1", meeting.name, True,
    )  # fmt: skip
    with translation.override("en"):
        translated = Words(cast["officer"], [subject])(subject, "name", meeting.name)
    assert (translated.text, translated.is_machine, translated.source) == (
        pair.text,
        True,
        meeting.name,
    )

    confirm = {
        "subject": subject, "field": "name", "seen": read(meeting.name), "by": cast["officer"],
        "at": timezone.now(),
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        operations.confirm_text(**confirm | {"seen": read("다른 글")}, text="Meeting")
    assert caught.value.reason == Reason.SOURCE_CHANGED
    with pytest.raises(Refused) as caught:
        operations.confirm_text(**confirm, text="한국어로 된 상담회 이름")
    assert caught.value.reason == Reason.SAME_LANGUAGE
    with pytest.raises(Refused) as caught:
        operations.confirm_text(**confirm | {"by": cast["supplier"]}, text="Meeting")
    assert caught.value.reason == Reason.NOT_A_RUNNER
    pair = operations.confirm_text(**confirm, text=pair.text)
    assert (pair.is_machine, pair.engine) == (False, "shouting-1")
    pair = operations.confirm_text(**confirm, text="Korea-ASEAN meeting")
    assert (pair.is_machine, pair.engine, pair.confirmed_by) == (False, "", cast["officer"])


def test_a_changed_original_is_untranslated_again_and_no_person_is_overwritten(cast):
    meeting = cast.exchange_meeting()
    operations.translate(translator=Shouting(), at=timezone.now())
    operations.confirm_text(
        subject=f"meeting:{meeting.pk}", field="place", seen=read(meeting.place), text="Jakarta",
        by=cast["officer"], at=timezone.now(),
    )  # fmt: skip
    operations.change_meeting(
        meeting=meeting, values={"name": "한-아세안 상담회"}, by=cast["officer"]
    )
    assert lacking() == [("meeting", "name")]
    operations.translate(translator=Shouting(), at=timezone.now())
    place = TextPair.objects.get(subject=f"meeting:{meeting.pk}", field="place")
    assert (place.text, place.is_machine) == ("Jakarta", False)
    assert TextPair.objects.get(field="name").source == "한-아세안 상담회"


def test_a_machine_that_stops_goes_on_where_it_stopped(cast):
    cast.exchange_meeting()
    with pytest.raises(TranslatorError):
        operations.translate(translator=Shouting(stops_after=1), at=timezone.now())
    assert TextPair.objects.count() == 1
    assert operations.translate(translator=Shouting(), at=timezone.now()) == 2


def test_what_an_owner_wrote_in_english_is_taken_as_it_is(cast):
    technology = cast.technology(
        title="배기열 회수기", title_en="Heat recovery", body="판형", body_en="Plates"
    )
    cast.exchange_listing(technology=technology)
    assert lacking() == []


def test_the_office_translates_on_pages_and_asks_a_machine_only_where_there_is_one(cast, as_role):
    meeting = cast.exchange_meeting()
    client = as_role("officer")
    page = client.get(reverse("exchange:words")).content.decode()
    assert "Without translation: 3" in page
    assert "No machine translation is set up" in page
    answer = client.post(reverse("exchange:machine"), follow=True).content.decode()
    assert "Write the translations by hand" in answer
    address = reverse("exchange:word", args=[f"meeting:{meeting.pk}", "name"])
    assert meeting.name in client.get(address).content.decode()
    form = {"seen": read(meeting.name), "text": "Korea-ASEAN technology exchange"}
    assert client.post(address, form | {"seen": "x"}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert TextPair.objects.get().confirmed_by == cast["officer"]
    assert client.get(reverse("exchange:word", args=["meeting:0", "name"])).status_code == 404
    assert client.get(reverse("exchange:word", args=["user:1", "email"])).status_code == 404
