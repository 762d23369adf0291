"""What the two sides write, who speaks for them, and how their talks end."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.introductions import permissions
from dure.apps.introductions.models import Introduction, Message, MessageFile
from dure.apps.introductions.operations.telling import mail, tell_others, tell_side
from dure.apps.introductions.queries import contacts_to_choose, side_of
from dure.apps.introductions.reasons import Reason
from dure.apps.introductions.stages import IntroductionStage
from dure.apps.matches.models import Side
from dure.apps.ndas.kinds import HandOver
from dure.apps.ndas.operations import register_exchange
from dure.apps.people.models import User
from dure.apps.records.operations import FileHash
from dure.foundation.files import FileFacts, Unfit, examined
from dure.foundation.verdict import Refused
from dure.values.text import clean

MOST_FILES = 5


@transaction.atomic
def write(
    *,
    introduction: Introduction,
    text: str,
    files: Sequence[File] = (),
    is_secret: bool = False,
    by: User,
    at: datetime,
) -> Message:
    """Write to the other side; its people are told and its contact gets it by e-mail.

    All files are kept or none. Those that are technical data kept secret (`is_secret`) go only under
    the papers that the law asks for, and are registered as a hand-over. Raises Refused.
    """
    introduction = locked(introduction)
    permissions.may_write(by, introduction).require()
    text = clean(text)
    if not (text or files):
        raise Refused(Reason.NOTHING_WRITTEN)
    if len(files) > MOST_FILES:
        raise Refused(Reason.TOO_MANY_FILES)
    facts = [_examined(file) for file in files]
    side = side_of(by, introduction)
    if is_secret and files:
        _hand_over(introduction, side, facts, by, at)
    message = Message.objects.create(
        introduction=introduction, side=side, text=text, written_by=by, written_at=at
    )
    for about, file in zip(facts, files, strict=True):
        MessageFile.objects.create(message=message, file=file, **about.as_fields())
    if introduction.stage == IntroductionStage.INTRODUCED and side != Side.OFFICE:
        introduction.stage = IntroductionStage.TALKING
    if side != Side.OFFICE:
        note_word(introduction, at)
    introduction.save()
    what = "OFFICE_MESSAGE" if side == Side.OFFICE else "MESSAGE"
    tell_others(introduction, side, what, at=at)
    mail(introduction, message)
    return message


@transaction.atomic
def choose_contact(*, introduction: Introduction, person: User, by: User) -> Introduction:
    """Say who of one's own side speaks for it. Raises Refused."""
    introduction = locked(introduction)
    permissions.may_propose(by, introduction).require()
    if not contacts_to_choose(by, introduction).filter(pk=person.pk).exists():
        raise Refused(Reason.NOT_OUR_PERSON)
    if side_of(by, introduction) == Side.DEMAND:
        introduction.demand_contact = person
    else:
        introduction.supply_contact = person
    introduction.save()
    return introduction


@transaction.atomic
def move(
    *, introduction: Introduction, stage: str, reason: str, by: User, at: datetime
) -> Introduction:
    """Say that the two cooperate, that it ended (and why), or that it goes on. Raises Refused."""
    introduction = locked(introduction)
    permissions.may_move(by, introduction, stage).require()
    reason = clean(reason)
    is_end = stage == IntroductionStage.ENDED
    if is_end and not reason:
        raise Refused(Reason.REASON_MISSING)
    introduction.stage = stage
    introduction.end_reason = reason if is_end else ""
    note_word(introduction, at)
    introduction.save()
    what = "REOPENED" if stage == IntroductionStage.TALKING else stage
    tell_others(introduction, side_of(by, introduction), what, at=at, reason=reason)
    return introduction


@transaction.atomic
def remind(*, introduction: Introduction, by: User, at: datetime) -> Introduction:
    """Ask both sides for a word. Raises Refused."""
    introduction = locked(introduction)
    permissions.may_remind(by, introduction, at).require()
    introduction.reminded_at = at
    introduction.save(update_fields=["reminded_at"])
    for side in (Side.DEMAND, Side.SUPPLY):
        tell_side(introduction, side, "REMINDED", at=at)
    return introduction


def locked(introduction: Introduction) -> Introduction:
    """An introduction as it is now, held until the transaction ends."""
    return (
        Introduction.objects.select_for_update(of=("self",))
        .select_related("need__organisation", "technology__organisation")
        .get(pk=introduction.pk)
    )


def note_word(introduction: Introduction, at: datetime) -> None:
    """Silence counts from now, unless an agreed meeting is still to come."""
    introduction.quiet_since = max(introduction.quiet_since, at)
    introduction.reminded_at = None


def _hand_over(
    introduction: Introduction, side: Side, facts: Sequence[FileFacts], by: User, at: datetime
) -> None:
    """Register that technical data goes to the other side. Raises Refused where papers are missing."""
    if side not in (Side.DEMAND, Side.SUPPLY):
        raise Refused(Reason.NOT_A_PARTY)
    demand, supply = introduction.sides
    disclosing_party, receiving_party = (
        (demand, supply) if side == Side.DEMAND else (supply, demand)
    )
    for about in facts:
        register_exchange(
            disclosing_party=disclosing_party,
            receiving_party=receiving_party,
            material=about.name,
            way=HandOver.PLATFORM,
            handed_on=localdate(at),
            files=[FileHash(about.name, about.sha256)],
            by=by,
            at=at,
        )


def _examined(file: File) -> FileFacts:
    """The facts of a file that may be sent. Raises Refused."""
    about = examined(file, settings.DURE_UPLOAD_LIMIT)
    if isinstance(about, Unfit):
        raise Refused(Reason(about))
    return about
