"""Who reads what of councils: seats, meetings, models, votes."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, F, FilteredRelation, Prefetch, Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.utils.timezone import localdate

from dure.apps.councils.kinds import Council
from dure.apps.councils.models import (
    Attendance,
    Ballot,
    CountedBallot,
    Elector,
    Expert,
    FollowUp,
    Item,
    Meeting,
    Opinion,
    Paper,
    Seat,
    Undertaking,
    Vote,
    WinWinModel,
)
from dure.apps.councils.roles import Role
from dure.apps.councils.stages import (
    COUNTED,
    FollowUpStage,
    MeetingStage,
    ModelStage,
    VoteStage,
)
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, people_in_any, roles_of
from dure.engines.voting import code_digest

NOW = Q(starts_on__lte=TruncDate(Now()), ends_on__gte=TruncDate(Now()))
"""A seat that is held today, by the database's clock."""


def is_secretary(user: Reader) -> bool:
    """True for those who run councils."""
    return roles_of(user).holds([Role.COUNCIL_SECRETARY])


def seats_of(user: Reader) -> QuerySet[Seat]:
    """The seats that `user` holds today."""
    if not user.is_authenticated:
        return Seat.objects.none()
    return Seat.objects.filter(NOW, user=user)


def seats_visible_to(user: Reader) -> QuerySet[Seat]:
    """Of every council for its secretary; for members those of their own councils."""
    seats = Seat.objects.select_related("user", "stands_in_for__user")
    if is_secretary(user):
        return seats
    return seats.filter(council__in=_own_councils(user))


def seats_on(council: str, day: date) -> QuerySet[Seat]:
    """The seats of a council that are held on a day, those of alternates too."""
    return Seat.objects.filter(
        council=council, starts_on__lte=day, ends_on__gte=day
    ).select_related("user")


def meetings_visible_to(user: Reader) -> QuerySet[Meeting]:
    """All for the secretary; for members those of their councils, once they are called."""
    if is_secretary(user):
        return Meeting.objects.all()
    meetings = Meeting.objects.filter(council__in=_own_councils(user))
    return meetings.exclude(stage=MeetingStage.PLANNED)


def models_visible_to(user: Reader) -> QuerySet[WinWinModel]:
    """Of which models a reader may know; to read one takes more (`permissions.may_read`).

    The secretary; its two firms; once it is proposed the members of its council, its experts and
    who was asked for an opinion.
    """
    win_win_models = WinWinModel.objects.select_related("large_firm", "small_firm")
    if not user.is_authenticated:
        return win_win_models.none()
    if is_secretary(user):
        return win_win_models
    own = roles_of(user).organisations
    mine = Q(large_firm__in=own) | Q(small_firm__in=own)
    readable = Q(council__in=_own_councils(user)) | Q(
        pk__in=Expert.objects.filter(user=user.pk).values("model")
    )
    readable |= Q(pk__in=Opinion.objects.filter(asked=user.pk).values("model"))
    return win_win_models.filter(mine | (readable & ~Q(stage=ModelStage.DRAFT)))


def votes_visible_to(user: Reader) -> QuerySet[Vote]:
    """All for the secretary; for members those of their councils."""
    votes = Vote.objects.select_related("item__meeting", "model")
    if is_secretary(user):
        return votes
    return votes.filter(council__in=_own_councils(user))


def follow_ups_visible_to(user: Reader) -> QuerySet[FollowUp]:
    """Those of the models that a reader may know of."""
    follow_ups = FollowUp.objects.select_related("model", "project")
    return follow_ups.filter(model__in=models_visible_to(user))


def papers_visible_to(user: Reader) -> QuerySet[Paper]:
    """Those of the meetings that a reader sees; of an item on a model see `may_read`."""
    papers = Paper.objects.select_related("item__model", "item__meeting")
    return papers.filter(item__meeting__in=meetings_visible_to(user))


def has_undertaken(user: Reader, model: WinWinModel) -> bool:
    """True where `user` has promised to keep the model secret."""
    return user.is_authenticated and Undertaking.objects.filter(model=model, user=user.pk).exists()


def is_of_firms(user: Reader, model: WinWinModel) -> bool:
    """True for people of the two firms."""
    return not roles_of(user).organisations.isdisjoint({model.large_firm_id, model.small_firm_id})


def people_of_firms(model: WinWinModel) -> QuerySet[User]:
    """The people of the two firms."""
    return people_in_any([model.large_firm_id, model.small_firm_id])


def firm_seats(model: WinWinModel, seats: Collection[Seat]) -> set[int]:
    """The seats of people of a firm of the model: they leave for it."""
    people = set(people_of_firms(model).values_list("pk", flat=True))
    return {seat.pk for seat in seats if seat.user_id in people}


def items_of(meeting: Meeting) -> QuerySet[Item]:
    """The agenda, with papers, interests and votes."""
    votes = Prefetch("votes", Vote.objects.order_by("opened_at", "pk"))
    return meeting.items.select_related("model").prefetch_related(
        "papers", "interests__seat__user", votes
    )


def items_in(meetings: QuerySet[Meeting]) -> QuerySet[Item]:
    """The items of some meetings."""
    return Item.objects.filter(meeting__in=meetings).select_related("meeting", "model")


def counted_with(vote: Vote, code: str) -> CountedBallot | None:
    """The counted ballot with a code."""
    return CountedBallot.objects.filter(vote=vote, digest=code_digest(code, vote.about)).first()


def attendances_of(meeting: Meeting) -> QuerySet[Attendance]:
    """Who came, the members' own side first."""
    return meeting.attendances.select_related("seat__user").order_by("seat__side", "came_at", "pk")


def members_of(meeting: Meeting) -> QuerySet[Seat]:
    """The members on the day of a meeting, without alternates."""
    held = seats_on(meeting.council, localdate(meeting.starts_at))
    return held.filter(stands_in_for=None)


def seats_at(meeting: Meeting) -> QuerySet[Seat]:
    """The seats of a meeting by name, each with `way`, `came_at` and `left_at` of who came."""
    held = seats_on(meeting.council, localdate(meeting.starts_at))
    own = FilteredRelation("attendances", condition=Q(attendances__meeting=meeting))
    return held.annotate(
        here=own, way=F("here__way"), came_at=F("here__came_at"), left_at=F("here__left_at")
    ).order_by("user__name", "pk")


def seat_at(meeting: Meeting, user: Reader) -> Seat | None:
    """The seat with which `user` came, or could come, to a meeting."""
    if not user.is_authenticated:
        return None
    held = seats_on(meeting.council, localdate(meeting.starts_at)).filter(user=user)
    return held.filter(attendances__meeting=meeting).first() or held.first()


def unconfirmed(meeting: Meeting) -> QuerySet[Attendance]:
    """Who was there and has not said yes to the minutes as they are."""
    return meeting.attendances.exclude(
        seat__in=meeting.confirmations.filter(digest=meeting.minutes_digest, objection="").values(
            "seat"
        )
    ).select_related("seat__user")


def minutes_to_confirm(user: Reader) -> QuerySet[Meeting]:
    """Meetings whose minutes wait for the word of `user`, oldest first."""
    if not user.is_authenticated:
        return Meeting.objects.none()
    waiting = Meeting.objects.filter(
        stage=MeetingStage.CLOSED, attendances__seat__user=user
    ).exclude(minutes_digest="")
    answered = [
        attendance.pk
        for attendance in waiting
        if attendance.confirmations.filter(
            seat__user=user, digest=attendance.minutes_digest
        ).exists()
    ]
    return waiting.exclude(pk__in=answered).order_by("closed_at", "pk")


def electors_of(vote: Vote, user: Reader) -> QuerySet[Elector]:
    """The votes that `user` casts: the own one and those that were given to them."""
    if not user.is_authenticated:
        return Elector.objects.none()
    electors = vote.electors.filter(voter__user=user).select_related("seat__user", "voter")
    return electors.order_by("seat__user__name", "pk")


def turnout(vote: Vote) -> int:
    """How many have voted."""
    return vote.electors.filter(has_voted=True).count()


def sealed_ballots(vote: Vote) -> QuerySet[Ballot]:
    """The box of a vote that is open."""
    return Ballot.objects.filter(vote=vote)


def votes_waiting_for(user: Reader) -> QuerySet[Vote]:
    """Open votes in which `user` has not voted, oldest first."""
    if not user.is_authenticated:
        return Vote.objects.none()
    mine = Elector.objects.filter(voter__user=user, has_voted=False).values("vote")
    return Vote.objects.filter(stage=VoteStage.OPEN, pk__in=mine).order_by("opened_at", "pk")


def votes_over(at: datetime) -> QuerySet[Vote]:
    """Open votes whose time is over."""
    return Vote.objects.filter(stage=VoteStage.OPEN, closes_at__lte=at).order_by("pk")


def opinions_waiting_for(user: Reader) -> QuerySet[Opinion]:
    """Opinions that `user` was asked for and has not given, the soonest first."""
    if not user.is_authenticated:
        return Opinion.objects.none()
    return Opinion.objects.filter(asked=user, answered_at=None).select_related("model")


def models_waiting(user: Reader) -> QuerySet[WinWinModel]:
    """Proposed models that a secretary has not taken up."""
    if not is_secretary(user):
        return WinWinModel.objects.none()
    return WinWinModel.objects.filter(stage=ModelStage.PROPOSED).order_by("created_at", "pk")


def follow_ups_late(user: Reader, today: date) -> QuerySet[FollowUp]:
    """What should have come to its end and has not, for the secretary."""
    if not is_secretary(user):
        return FollowUp.objects.none()
    return FollowUp.objects.filter(stage=FollowUpStage.RUNNING, due_on__lt=today).select_related(
        "model"
    )


def approved_models(council: Council) -> int:
    """How many models the committee has approved: what counts against the target."""
    return WinWinModel.objects.filter(council=council.id, stage__in=COUNTED).count()


def models_by_stage(council: Council) -> dict[str, int]:
    """How many models are at each stage; drafts are nobody's business."""
    win_win_models = WinWinModel.objects.filter(council=council.id).exclude(stage=ModelStage.DRAFT)
    return dict(win_win_models.order_by().values_list("stage").annotate(number=Count("pk")))


def secretaries() -> QuerySet[User]:
    """The people who run councils."""
    return User.objects.filter(appointments__role=Role.COUNCIL_SECRETARY, is_active=True).distinct()


def member_users(council: str, day: date) -> QuerySet[User]:
    """The people with a seat on a day."""
    return User.objects.filter(pk__in=seats_on(council, day).values("user"), is_active=True)


def person_with(email: str) -> User | None:
    """Whoever has an account with this address."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def seats_to_name(user: Reader, meeting: Meeting) -> QuerySet[Seat]:
    """For whom a reader can speak at a meeting: all for the secretary, else oneself."""
    held = seats_on(meeting.council, localdate(meeting.starts_at))
    return held if is_secretary(user) else held.filter(user=user.pk)


def _own_councils(user: Reader) -> list[str]:
    return list(seats_of(user).values_list("council", flat=True).distinct())
