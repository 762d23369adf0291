"""Who sees which introductions, and which of them wait for whom."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import needs_visible_to, technologies_visible_to
from dure.apps.catalog.stages import NEED_OPEN, TECHNOLOGY_SHOWN, TechnologyStage
from dure.apps.introductions.models import (
    Introduction,
    MeetingProposal,
    Message,
    MessageFile,
    Offer,
)
from dure.apps.introductions.roles import READERS
from dure.apps.introductions.stages import ALIVE, WAITING, IntroductionStage, ProposalStage
from dure.apps.matches.models import Answer, AnswerKind, Side
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import (
    Reader,
    managers_of,
    organisations_of,
    people_of,
    roles_of,
)


def introductions_visible_to(user: Reader) -> QuerySet[Introduction]:
    """All for the programme office, for others those of their own organisations; the newest first."""
    roles = roles_of(user)
    introductions = Introduction.objects.select_related(
        "need__organisation",
        "technology__organisation",
        "demand_contact",
        "supply_contact",
        "introduced_by",
    ).defer("need__search", "technology__search")
    if not roles.holds(READERS):
        own = roles.organisations
        introductions = introductions.filter(
            Q(need__organisation__in=own) | Q(technology__organisation__in=own)
        ).exclude(stage=IntroductionStage.TAKEN_BACK)
    return introductions.order_by("-introduced_at", "-pk")


def introductions_of(user: Reader, entry: Need | Technology) -> QuerySet[Introduction]:
    """Those of a need or a technology that `user` may see."""
    introductions = introductions_visible_to(user).exclude(stage=IntroductionStage.TAKEN_BACK)
    return (
        introductions.filter(need=entry)
        if isinstance(entry, Need)
        else introductions.filter(technology=entry)
    )


def side_of(user: Reader, introduction: Introduction) -> Side | None:
    """For whom `user` speaks in an introduction; None for a stranger."""
    roles = roles_of(user)
    demand, supply = introduction.sides
    if demand.pk in roles.organisations:
        return Side.DEMAND
    if supply.pk in roles.organisations:
        return Side.SUPPLY
    return Side.OFFICE if roles.is_officer else None


def thread_of(introduction: Introduction) -> QuerySet[Message]:
    """What was written, the oldest first; ask for the reader's right to the introduction before."""
    files = MessageFile.objects.order_by("pk")
    return (
        introduction.messages.select_related("written_by")
        .prefetch_related(Prefetch("files", files))
        .order_by("written_at", "pk")
    )


def files_visible_to(user: Reader) -> QuerySet[MessageFile]:
    """The files of the introductions that `user` reads."""
    return MessageFile.objects.filter(message__introduction__in=introductions_visible_to(user))


def proposals_visible_to(user: Reader) -> QuerySet[MeetingProposal]:
    """The proposed meetings of the introductions that `user` reads, by time."""
    return (
        MeetingProposal.objects.filter(introduction__in=introductions_visible_to(user))
        .select_related(
            "introduction__need__organisation",
            "introduction__technology__organisation",
            "proposed_by",
        )
        .order_by("starts_at", "pk")
    )


def silent(introductions: QuerySet[Introduction], at: datetime) -> QuerySet[Introduction]:
    """Those in which nobody said a word, and the office no reminder, for `DURE_SILENT_DAYS` days."""
    before = at - timedelta(days=settings.DURE_SILENT_DAYS)
    return introductions.filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lte=before),
        stage__in=WAITING,
        quiet_since__lte=before,
    )


def silent_for_officer(user: Reader, at: datetime) -> QuerySet[Introduction]:
    """What an officer should remind of, the longest silence first."""
    if not roles_of(user).is_officer:
        return Introduction.objects.none()
    return silent(introductions_visible_to(user), at).order_by("quiet_since", "pk")


def own_alive(user: Reader) -> QuerySet[Introduction]:
    """The introductions of one's own organisations that go on, the longest quiet first."""
    own = roles_of(user).organisations
    return (
        introductions_visible_to(user)
        .filter(Q(need__organisation__in=own) | Q(technology__organisation__in=own))
        .filter(stage__in=ALIVE)
        .prefetch_related("messages", "proposals")
        .order_by("quiet_since", "pk")
    )


def contacts_to_choose(user: Reader, introduction: Introduction) -> QuerySet[User]:
    """The people of one's own side, one of whom speaks for it."""
    side = side_of(user, introduction)
    if side not in (Side.DEMAND, Side.SUPPLY):
        return User.objects.none()
    return people_of(introduction.sides[side == Side.SUPPLY])


def first_contact(organisation: Organisation, answer: Answer | None) -> User | None:
    """Who speaks for an organisation at first: whoever was interested, else who manages it."""
    people = people_of(organisation)
    if answer is not None and (person := people.filter(pk=answer.answered_by_id).first()):
        return person
    return managers_of(organisation).first() or people.first()


def contact_of(introduction: Introduction, side: Side) -> User | None:
    """The contact of a side, unless they have left the organisation."""
    is_demand = side == Side.DEMAND
    person = introduction.demand_contact if is_demand else introduction.supply_contact
    organisation = introduction.sides[side == Side.SUPPLY]
    if person is not None and people_of(organisation).filter(pk=person.pk).exists():
        return person
    return first_contact(organisation, None)


def introduced_pairs_without_introduction() -> Iterable[Answer]:
    """What the office introduced and nobody has opened an introduction for."""
    known = Introduction.objects.exclude(stage=IntroductionStage.TAKEN_BACK)
    answers = Answer.objects.filter(kind=AnswerKind.INTRODUCED).order_by("pk")
    pairs = set(known.values_list("need_id", "technology_id"))
    return [answer for answer in answers if (answer.need_id, answer.technology_id) not in pairs]


def open_proposals(introduction: Introduction) -> QuerySet[MeetingProposal]:
    """The times that wait for an answer."""
    return introduction.proposals.filter(stage=ProposalStage.OFFERED)


def agreed_meeting(introduction: Introduction) -> MeetingProposal | None:
    """The meeting that both sides agreed on and that was not cancelled, the last one first."""
    agreed = introduction.proposals.filter(stage__in=[ProposalStage.ACCEPTED, ProposalStage.HELD])
    return agreed.order_by("-starts_at", "-pk").first()


def offers_visible_to(user: Reader) -> QuerySet[Offer]:
    """What one's own organisations offered, all for the office; the newest first."""
    roles = roles_of(user)
    offers = Offer.objects.select_related("need__organisation", "technology__organisation")
    if not roles.holds(READERS):
        offers = offers.filter(technology__organisation__in=roles.organisations)
    return offers.order_by("-created_at", "-pk")


def open_needs_to_offer_for(user: Reader) -> QuerySet[Need]:
    """The needs that `user` sees and that still look for somebody."""
    return needs_visible_to(user).filter(stage__in=NEED_OPEN)


def firms_to_offer_for(user: Reader, need: Need) -> QuerySet[Organisation]:
    """One's own organisations that could offer something for a need."""
    return organisations_of(user).exclude(pk=need.organisation_id)


def technologies_to_offer(user: Reader, need: Need) -> QuerySet[Technology]:
    """What these have already."""
    return (
        technologies_visible_to(user)
        .filter(organisation__in=firms_to_offer_for(user, need))
        .exclude(stage=TechnologyStage.WITHDRAWN)
        .order_by("-pk")
    )


def offers_to_tell(technology_ids: Iterable[int]) -> QuerySet[Offer]:
    """Offers with one of these technologies, published meanwhile, that nobody was told of."""
    return Offer.objects.filter(
        technology__in=technology_ids,
        technology__stage__in=TECHNOLOGY_SHOWN,
        need__stage__in=NEED_OPEN,
        told_at__isnull=True,
    ).select_related("need__organisation", "technology__organisation", "created_by")


def message_for(message_id: int, user_id: int) -> tuple[Message, User] | None:
    """A message and the person who gets it by e-mail; None when either may no longer be."""
    message = (
        Message.objects.select_related(
            "introduction__need__organisation",
            "introduction__technology__organisation",
            "written_by",
        )
        .filter(pk=message_id)
        .first()
    )
    if message is None:
        return None
    person = User.objects.filter(pk=user_id, is_active=True).first()
    is_reader = (
        introductions_visible_to(person).filter(pk=message.introduction_id).exists()
        if person
        else False
    )
    return (message, person) if person and is_reader else None
