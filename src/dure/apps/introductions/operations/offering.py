"""«We can do this»: a firm offers a technology for a need, also one that it has only just drafted."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dure.apps.catalog.models import Language, Need, Technology
from dure.apps.catalog.operations import enter
from dure.apps.catalog.stages import TECHNOLOGY_SHOWN
from dure.apps.introductions import permissions
from dure.apps.introductions.models import Offer
from dure.apps.introductions.queries import offers_to_tell
from dure.apps.introductions.reasons import Reason
from dure.apps.matches.models import AnswerKind
from dure.apps.matches.operations import answer, search_needs
from dure.apps.people.models import Organisation, User
from dure.foundation.verdict import Refused
from dure.values.text import clean

SHORTEST, LONGEST_TITLE, ALIKE = 10, 100, 5


@transaction.atomic
def draft_and_offer(
    *, need: Need, organisation: Organisation, text: str, by: User, at: datetime
) -> Offer:
    """Make a draft of a technology from a sentence or two, and offer it for a need.

    Its first sentence is the title; the field is that of most needs which the text answers, left
    open where none do. Raises Refused.
    """
    permissions.may_offer(by, need, organisation).require()
    text = clean(text)
    if len(text) < SHORTEST:
        raise Refused(Reason.SAY_MORE)
    values = {
        "title": title_of(text),
        "body": text,
        "field": field_of(text, by),
        "language": Language.KO if re.search("[가-힣]", text) else Language.EN,
    }
    technology = enter(kind=Technology, organisation=organisation, values=values, by=by, at=at)
    return offer(need=need, technology=technology, by=by, at=at)


@transaction.atomic
def offer(*, need: Need, technology: Technology, by: User, at: datetime) -> Offer:
    """Offer a technology for a need; the owner hears of it once it is published. Raises Refused."""
    permissions.may_offer(by, need, technology.organisation).require()
    made, _ = Offer.objects.get_or_create(
        need=need, technology=technology, defaults={"created_by": by, "created_at": at}
    )
    if technology.stage in TECHNOLOGY_SHOWN:
        tell_of_offers(technology_ids=[technology.pk], at=at)
    return made


def tell_of_offers(*, technology_ids: Iterable[int], at: datetime) -> int:
    """Let published offers count as interest in their needs; returns how many were told.

    One that can no longer be (the person has left, the pair is barred) is left as it is.
    """
    sent = 0
    for made in offers_to_tell(technology_ids):
        try:
            with transaction.atomic():
                answer(
                    need=made.need, technology=made.technology, kind=AnswerKind.INTERESTED,
                    why="", note="", by=made.created_by, at=at,
                )  # fmt: skip
                Offer.objects.filter(pk=made.pk).update(told_at=at)
                sent += 1
        except Refused:
            continue
    return sent


def title_of(text: str) -> str:
    """The first sentence, at most a line long."""
    first = re.split(r"(?<=[.!?。])\s|\n", text, maxsplit=1)[0].strip().rstrip(".。")
    return first if len(first) <= LONGEST_TITLE else f"{first[: LONGEST_TITLE - 1].rstrip()}…"


def field_of(text: str, by: User) -> str:
    """The field of most of the needs that a text answers; empty where that says nothing."""
    try:
        needs = search_needs(text=text, user=by, limit=ALIKE)
    except Refused:  # the search is being renewed
        return ""
    fields = Counter(need.entry.field for need in needs if need.entry.field).most_common(1)
    return fields[0][0] if fields and fields[0][1] > 1 else ""
