"""How much of an application somebody reads and writes."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from dure.apps.applications.models import Application, Helper
from dure.apps.applications.stages import TAKING_PART, ApplicationStage
from dure.apps.calls.models import Call, Round
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, managers_of, standing_of
from dure.apps.people.roles import OFFICE, Role
from dure.engines import funding


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is to an application.

    `members` are the participants whose people the reader is one of. `helper` is set for somebody
    of the office whom the applicant let in.
    """

    members: frozenset[int] = frozenset()
    is_lead: bool = False
    sees_all: bool = False
    helper: Helper | None = None

    def __bool__(self) -> bool:
        return bool(self.members) or self.helper is not None

    def reads(self, owner: int | None) -> bool:
        """Whether a part is read, by the participant whose it is (None: the lead alone)."""
        return self.sees_all or owner in self.members

    def writes(self, owner: int | None) -> bool:
        """Whether a part is written; the lead writes all parts, a change voids confirmations."""
        return self.is_lead or owner in self.members


def access_of(user: Reader, application: Application) -> Access:
    """What `user` is to a draft."""
    if not user.is_authenticated:
        return Access()
    own = standing_of(user).organisations
    taking_part = [
        each
        for each in application.participants.filter(stage__in=TAKING_PART)
        if each.organisation_id in own
    ]
    helper = application.helpers.filter(user=user.pk, ended_at=None).first()
    is_lead = any(each.role == funding.Role.LEAD for each in taking_part)
    return Access(
        members=frozenset(each.pk for each in taking_part),
        is_lead=is_lead,
        sees_all=is_lead or helper is not None or any(each.sees_all for each in taking_part),
        helper=helper,
    )


def applications_visible_to(user: Reader) -> QuerySet[Application]:
    """Those in which one's organisations take part, and those one helps with.

    What was opened is read by the office and by auditors as well.
    """
    found = Application.objects.select_related("call__version__programme", "organisation", "round")
    if not user.is_authenticated:
        return found.none()
    standing = standing_of(user)
    wanted = Q(
        pk__in=Application.objects.filter(
            participants__organisation__in=standing.organisations,
            participants__stage__in=TAKING_PART,
        ).values("pk")
    )
    wanted |= Q(pk__in=Helper.objects.filter(user=user.pk, ended_at=None).values("application"))
    if standing.holds((*OFFICE, Role.AUDITOR)):
        wanted |= Q(stage=ApplicationStage.OPENED)
    return found.filter(wanted)


def own_application(
    call: Call, organisation: Organisation, within: Round | None
) -> Application | None:
    """The application of a lead to a call."""
    return Application.objects.filter(call=call, round=within, organisation=organisation).first()


def signatories_of(organisation: Organisation) -> QuerySet[User]:
    """Who signs for an organisation."""
    return managers_of(organisation)


def is_signatory(user: Reader, organisation_id: int) -> bool:
    """Whether somebody signs for an organisation."""
    return organisation_id in standing_of(user).managed
