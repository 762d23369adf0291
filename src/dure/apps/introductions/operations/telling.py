"""Who is told what of an introduction, by notice and by e-mail."""

from datetime import datetime

from django.utils.timezone import localtime
from procrastinate.contrib.django import app as queue

from dure.apps.introductions.models import Introduction, Message
from dure.apps.introductions.notices import introduction_moved
from dure.apps.introductions.queries import contact_of
from dure.apps.matches.models import Side
from dure.apps.notices.operations import tell
from dure.apps.people.queries import people_of

OTHER = {Side.DEMAND: Side.SUPPLY, Side.SUPPLY: Side.DEMAND}


def tell_side(
    introduction: Introduction, side: Side, what: str, *, at: datetime, **facts: str
) -> None:
    """Tell the people of one side what the other, or the office, has done."""
    ours = introduction.sides[side == Side.SUPPLY]
    theirs = introduction.sides[side == Side.DEMAND]
    subject = introduction.need if side == Side.DEMAND else introduction.technology
    tell(
        recipients=people_of(ours),
        kind=introduction_moved,
        facts={"what": what, "organisation": theirs.name, "title": subject.title, **facts},
        url=introduction.get_absolute_url(),
        at=at,
    )


def tell_others(
    introduction: Introduction, by_side: Side, what: str, *, at: datetime, **facts: str
) -> None:
    """Tell the other side; where the office acts, both."""
    for side in [OTHER[by_side]] if by_side in OTHER else [Side.DEMAND, Side.SUPPLY]:
        tell_side(introduction, side, what, at=at, **facts)


def mail(introduction: Introduction, message: Message) -> None:
    """Send a message to the contacts of the other side by e-mail, once it is saved.

    By its name: the task stands in a door of this app.
    """
    by_side = Side(message.side)
    for side in [OTHER[by_side]] if by_side in OTHER else [Side.DEMAND, Side.SUPPLY]:
        if person := contact_of(introduction, side):
            task = queue.configure_task("mail_message", queue="mail")
            task.defer(message_id=message.pk, user_id=person.pk)


def spoken(moment: datetime) -> str:
    """A moment as notices say it, in Seoul's time."""
    return f"{localtime(moment):%Y-%m-%d %H:%M}"
