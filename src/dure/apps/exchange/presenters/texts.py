"""Lines of what is to be translated or confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dure.apps.exchange.models import TextPair
from dure.apps.exchange.queries import Text


@dataclass(frozen=True, slots=True)
class Line:
    """A text, what it is called, and where it is translated; `made` is what a machine wrote."""

    text: Text
    label: str
    url: str
    made: str = ""
    engine: str = ""


def line(text: Text, pair: TextPair | None = None) -> Line:
    """A text as the list shows it."""
    url = reverse("exchange:word", args=[text.subject, text.field])
    label = _labels()[text.subject.partition(":")[0], text.field]
    made, engine = (pair.text, pair.engine) if pair else ("", "")
    return Line(text, label, url, made, engine)


def lines(lacking: Iterable[Text], made: Iterable[tuple[Text, TextPair]]) -> list[Line]:
    """First what has no translation, then what waits for somebody to confirm it."""
    return [*map(line, lacking), *(line(text, pair) for text, pair in made)]


def _labels() -> dict[tuple[str, str], str]:
    return {
        ("message", "text"): _("Message"),
        ("meeting", "name"): _("Name of a meeting"),
        ("listing", "title"): _("Title of a technology"),
        ("meeting", "place"): _("Place of a meeting"),
        ("part", "reason"): _("Reason of a refusal"),
        ("meeting", "lead"): _("What a meeting is about"),
        ("request", "report"): _("Report on a request"),
        ("accord", "title"): _("Title of a memorandum or contract"),
        ("delegation", "name"): _("Name of a delegation"),
        ("listing", "body"): _("Description of a technology"),
        ("talk", "note"): _("Record of a consultation"),
        ("abroad", "seeks"): _("What an organisation seeks"),
        ("part", "wish"): _("Wish of a firm"),
        ("partner", "name"): _("Name of a partner agency"),
        ("plan", "text"): pgettext("partner agency", "Yearly plan"),
    }
