"""How much of an application somebody reads and writes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate

from dure.apps.applications.models import Application, Helper
from dure.apps.applications.stages import TAKING_PART, ApplicationStage
from dure.apps.calls.models import Call, Round
from dure.apps.people.models import Mandate, MandateKind, Organisation
from dure.apps.people.queries import SIGNING, Reader, mandates_in_force, roles_of
from dure.apps.people.roles import OFFICE, Role
from dure.engines import funding


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is to an application.

    `members` are the participants whose people the reader is one of, `books` those whose money the
    reader sees as a bookkeeper. `helper` is set for somebody of the office whom the applicant let in.
    """

    members: frozenset[int] = frozenset()
    books: frozenset[int] = frozenset()
    is_lead: bool = False
    sees_all: bool = False
    helper: Helper | None = None

    def __bool__(self) -> bool:
        return bool(self.members or self.books) or self.helper is not None

    def reads(self, owner: int | None, *, is_money: bool = False) -> bool:
        """Whether a part is read, by the participant whose it is (None: the lead alone)."""
        return self.sees_all or owner in self.members or (is_money and owner in self.books)

    def writes(self, owner: int | None) -> bool:
        """Whether a part is written; the lead writes all parts, a change voids confirmations."""
        return self.is_lead or owner in self.members


def access_of(user: Reader, application: Application) -> Access:
    """What `user` is to a draft."""
    if not user.is_authenticated:
        return Access()
    own = roles_of(user).organisations
    there = list(application.participants.filter(stage__in=TAKING_PART))
    taking_part = [participant for participant in there if participant.organisation_id in own]
    kept = set(_books_of(user).values_list("organisation", flat=True))
    helper = application.helpers.filter(user=user.pk, ended_at=None).first()
    is_lead = any(participant.role == funding.Role.LEAD for participant in taking_part)
    return Access(
        members=frozenset(participant.pk for participant in taking_part),
        books=frozenset(
            participant.pk for participant in there if participant.organisation_id in kept
        ),
        is_lead=is_lead,
        sees_all=is_lead
        or helper is not None
        or any(participant.sees_all for participant in taking_part),
        helper=helper,
    )


def drafts_visible_to(user: Reader) -> QuerySet[Application]:
    """Those in which one's organisations take part, whose books one keeps, and that one helps with."""
    applications = Application.objects.select_related(
        "call__version__programme", "organisation", "round"
    )
    if not user.is_authenticated:
        return applications.none()
    own = Q(participants__organisation__in=roles_of(user).organisations)
    books = Q(participants__organisation__in=_books_of(user).values("organisation"))
    taking_part = Application.objects.filter(own | books, participants__stage__in=TAKING_PART)
    helping = Helper.objects.filter(user=user.pk, ended_at=None)
    return applications.filter(
        Q(pk__in=taking_part.values("pk")) | Q(pk__in=helping.values("application"))
    )


def applications_visible_to(user: Reader) -> QuerySet[Application]:
    """The drafts that somebody may know of; the office and auditors read what was opened as well, a
    recommending body what named it."""
    drafts, roles = drafts_visible_to(user), roles_of(user)
    is_read = Q(stage=ApplicationStage.OPENED)
    if not roles.holds((*OFFICE, Role.AUDITOR)):
        is_read &= Q(recommender__organisation__in=roles.organisations)
    applications = Application.objects.select_related(
        "call__version__programme", "organisation", "round"
    )
    return applications.filter(is_read | Q(pk__in=drafts.values("pk")))


def own_application(
    call: Call, organisation: Organisation, within: Round | None
) -> Application | None:
    """The application of a lead to a call."""
    return Application.objects.filter(call=call, round=within, organisation=organisation).first()


def signed_for(user: Reader, on: date) -> frozenset[int]:
    """The organisations that somebody signs for on a day: named to, or as manager of one that has
    named nobody."""
    if not user.is_authenticated:
        return frozenset()
    mandates = mandates_in_force(on).filter(kind__in=SIGNING)
    named = set(mandates.filter(user=user.pk).values_list("organisation", flat=True))
    managed = roles_of(user).managed
    has_named = mandates.filter(organisation__in=managed, kind=MandateKind.SIGNATORY)
    return frozenset(named | (managed - set(has_named.values_list("organisation", flat=True))))


def _books_of(user: Reader) -> QuerySet[Mandate]:
    """Whose money somebody sees as a bookkeeper, today by the clock of the database."""
    mandates = mandates_in_force(TruncDate(Now()))
    return mandates.filter(user=user.pk, kind=MandateKind.BOOKKEEPER)
