"""Who sees which deposit, what waits for whom, and the figures of the desk.

That a deposit exists, of whom and until when, is what staff see; nobody but the depositor, and whom it
was released to, has a key to what is in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.timezone import localtime

from dure.apps.deposits.kinds import rules
from dure.apps.deposits.models import (
    Deposit,
    DepositFile,
    DepositKey,
    DepositUser,
    HandedShare,
    Opening,
    Release,
    ReleasedFile,
    Share,
    Term,
)
from dure.apps.deposits.roles import READERS, Role
from dure.apps.deposits.stages import OPEN_RELEASES, DepositStage, ReleaseStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, holders_of, is_office, roles_of
from dure.apps.projects.models import Project

OFFICERS = 3


def is_keeper(user: Reader) -> bool:
    """True for the keeper's staff, who see that deposits are there."""
    return roles_of(user).holds(READERS)


def is_release_officer(user: Reader) -> bool:
    """True for those who release deposits."""
    return roles_of(user).holds([Role.RELEASE_OFFICER])


def manages_any(user: Reader) -> bool:
    """True for managers of some organisation, who deposit for it."""
    return bool(roles_of(user).managed)


def deposits_visible_to(user: Reader) -> QuerySet[Deposit]:
    """Those of one's own organisations, as depositor or user; all for the keeper's staff."""
    deposits = Deposit.objects.select_related("depositor", "project")
    if is_keeper(user):
        return deposits
    own = roles_of(user).organisations
    is_user = Exists(DepositUser.objects.filter(deposit=OuterRef("pk"), organisation__in=own))
    return deposits.filter(Q(depositor__in=own) | is_user)


def narrowed(
    deposits: QuerySet[Deposit], *, on: date, words: str = "", stage: str = "", item: str = "", ends: str = ""
) -> QuerySet[Deposit]:  # fmt: skip
    """Deposits that a reader asks for; `ends` is "soon" (60 days) or "unpaid"."""
    if words:
        deposits = deposits.filter(pk__in=_said(words))
    deposits = deposits.filter(**{k: v for k, v in (("stage", stage), ("item", item)) if v})
    if ends == "soon":
        deposits = deposits.filter(stage=DepositStage.KEPT, ends_on__lte=on + _renewable())
    if ends == "unpaid":
        deposits = deposits.filter(Exists(unpaid_terms().filter(deposit=OuterRef("pk"))))
    return deposits


def _said(words: str) -> QuerySet[Any, Any]:
    """The ids of deposits whose title, number or depositor says so; each way by its own index."""
    ids = Deposit.objects.order_by().values("pk")
    return ids.filter(title__icontains=words).union(
        ids.filter(number__startswith=words),
        ids.filter(depositor__name__icontains=words),
        all=True,
    )


def files_visible_to(user: Reader) -> QuerySet[DepositFile]:
    """Names and hashes of the files of these deposits."""
    return DepositFile.objects.filter(deposit__in=deposits_visible_to(user)).select_related(
        "deposit__depositor"
    )


def terms_visible_to(user: Reader) -> QuerySet[Term]:
    """The terms of these deposits."""
    return Term.objects.filter(deposit__in=deposits_visible_to(user)).select_related(
        "deposit__depositor"
    )


def openings_of(deposit: Deposit) -> QuerySet[Opening]:
    """Who opened files of a deposit, newest first."""
    return Opening.objects.filter(file__deposit=deposit).select_related(
        "file", "organisation", "user"
    )


def releases_visible_to(user: Reader) -> QuerySet[Release]:
    """Releases of visible deposits, to the depositor, to whom it is for, and to staff."""
    releases = Release.objects.select_related("deposit__depositor", "organisation", "granted_by")
    if is_keeper(user):
        return releases
    own = roles_of(user).organisations
    return releases.filter(Q(deposit__depositor__in=own) | Q(organisation__in=own))


def released_files_of(user: Reader, release: Release) -> QuerySet[ReleasedFile]:
    """What was handed out in a release, for the people of the organisation that received it."""
    released_files = ReleasedFile.objects.select_related("file__deposit", "release")
    if release.organisation_id not in roles_of(user).organisations:
        return released_files.none()
    return released_files.filter(release=release)


def released_files_visible_to(user: Reader) -> QuerySet[ReleasedFile]:
    """Every file that was released to one's own organisations."""
    own = roles_of(user).organisations
    return ReleasedFile.objects.filter(release__organisation__in=own).select_related(
        "file__deposit", "release__organisation"
    )


def open_release(deposit: Deposit) -> Release | None:
    """The release of a deposit that is not decided yet."""
    return deposit.releases.filter(stage__in=OPEN_RELEASES).first()


def key_of(organisation: Organisation | int) -> DepositKey | None:
    """The key of an organisation."""
    return DepositKey.objects.filter(organisation=organisation).first()


def key_of_officer(user: User) -> DepositKey | None:
    """The key of a release officer."""
    return DepositKey.objects.filter(officer=user).first()


def organisations_with_key(user: Reader) -> QuerySet[Organisation]:
    """The organisations that `user` manages and that have a key."""
    managed = roles_of(user).managed
    return Organisation.objects.filter(pk__in=managed, deposit_key__isnull=False).order_by("name")


def organisations_managed_by(user: Reader) -> QuerySet[Organisation]:
    """The organisations that `user` manages, with their keys."""
    managed = Organisation.objects.filter(pk__in=roles_of(user).managed)
    return managed.select_related("deposit_key").order_by("name")


def parties_managed_by(user: Reader, deposit: Deposit) -> QuerySet[Organisation]:
    """Depositor and users of a deposit, of those that `user` manages."""
    users = deposit.users.values("organisation")
    managed = Organisation.objects.filter(pk__in=roles_of(user).managed)
    return managed.filter(Q(pk=deposit.depositor_id) | Q(pk__in=users)).order_by("name")


def keys_visible_to(user: Reader) -> QuerySet[DepositKey]:
    """The keys of the organisations that `user` manages, and one's own as a release officer."""
    if not user.is_authenticated:
        return DepositKey.objects.none()
    managed = roles_of(user).managed
    return DepositKey.objects.filter(Q(organisation__in=managed) | Q(officer=user))


def successors_of(user: User) -> QuerySet[User]:
    """The other release officers who have a key."""
    return holders_of(Role.RELEASE_OFFICER).filter(deposit_key__isnull=False).exclude(pk=user.pk)


def keys_of_officers() -> QuerySet[DepositKey]:
    """The keys of those who are release officers now, the longest in office first."""
    officers = holders_of(Role.RELEASE_OFFICER)
    return DepositKey.objects.filter(officer__in=officers).order_by("created_at", "pk")


def keys_beside(deposit: Deposit, officer: User) -> QuerySet[DepositKey]:
    """The keys of the other officers who keep a share of the key of a deposit."""
    others = Share.objects.filter(deposit=deposit).exclude(officer=officer).values("officer")
    return DepositKey.objects.filter(officer__in=others)


def can_take_deposits() -> bool:
    """True once there are officers enough to share keys among."""
    return keys_of_officers().count() >= OFFICERS


def share_of(user: Reader, deposit: Deposit) -> Share | None:
    """The share that an officer keeps of the key of a deposit."""
    if not user.is_authenticated:
        return None
    return Share.objects.filter(deposit=deposit, officer=user).first()


def shares_kept_by(user: User) -> QuerySet[Share]:
    """All shares that an officer keeps."""
    return Share.objects.filter(officer=user)


def handed_to(user: User, release: Release) -> HandedShare | None:
    """The share that the first officer handed on to this one."""
    return HandedShare.objects.filter(release=release, officer=user).first()


def unpaid_terms() -> QuerySet[Term]:
    """Terms whose fee is to be paid."""
    return Term.objects.filter(fee__gt=0, paid_on__isnull=True).select_related("deposit__depositor")


def has_deposit_on(organisation: Organisation, on: date) -> bool:
    """True where a term of some deposit of an organisation covers a day."""
    terms = Term.objects.filter(deposit__depositor=organisation, starts_on__lte=on, ends_on__gte=on)
    return terms.exclude(deposit__stage=DepositStage.WITHDRAWN).exists()


def to_accept(user: Reader) -> QuerySet[Deposit]:
    """What was applied for and waits for the office; nothing of one's own organisations."""
    if not is_office(user):
        return Deposit.objects.none()
    waiting = Deposit.objects.filter(stage=DepositStage.APPLIED).select_related("depositor")
    return waiting.exclude(depositor__in=roles_of(user).organisations).order_by("created_at", "pk")


def to_renew(user: Reader, now: datetime) -> QuerySet[Deposit]:
    """Deposits of one's own organisations that end soon or lapsed, the most urgent first."""
    soon = localtime(now).date() + _renewable()
    deposits = Deposit.objects.filter(
        depositor__in=roles_of(user).managed,
        stage__in=(DepositStage.KEPT, DepositStage.LAPSED),
        ends_on__lte=soon,
    )
    return deposits.select_related("depositor").order_by("ends_on", "pk")


def to_release(user: Reader, now: datetime) -> QuerySet[Release]:
    """Releases that wait for this officer: the first grant, or the second once nobody can object."""
    if not is_release_officer(user):
        return Release.objects.none()
    kept = Exists(Share.objects.filter(deposit=OuterRef("deposit"), officer=user))
    is_ripe = Q(stage=ReleaseStage.WAITING, open_until__lt=localtime(now).date())
    releases = Release.objects.filter(kept, Q(stage=ReleaseStage.ASKED) | is_ripe)
    own = roles_of(user).organisations
    releases = releases.exclude(deposit__depositor__in=own).exclude(organisation__in=own)
    releases = releases.exclude(granted_by=user).select_related(
        "deposit__depositor", "organisation"
    )
    return releases.order_by("created_at", "pk")


def to_object(user: Reader, now: datetime) -> QuerySet[Release]:
    """Releases to somebody else to which one's own organisation can object."""
    releases = Release.objects.filter(
        deposit__depositor__in=roles_of(user).managed,
        stage=ReleaseStage.WAITING,
        open_until__gte=localtime(now).date(),
        objection="",
    )
    return releases.exclude(organisation=F("deposit__depositor")).select_related(
        "deposit__depositor", "organisation"
    )


def ending(on: date, days: int) -> QuerySet[Deposit]:
    """Kept deposits with at most so many days left whose people were not told at this distance."""
    not_told = Q(noticed_days__isnull=True) | Q(noticed_days__gt=days)
    last = on + timedelta(days=days)
    return Deposit.objects.filter(not_told, stage=DepositStage.KEPT, ends_on__lte=last)


def over(on: date) -> QuerySet[Deposit]:
    """Kept deposits whose term is over."""
    return Deposit.objects.filter(stage=DepositStage.KEPT, ends_on__lt=on)


def beyond_grace(on: date) -> QuerySet[Deposit]:
    """Lapsed deposits that nobody renewed in the days of grace, no release of which is open."""
    last = on - timedelta(days=rules().grace)
    deposits = Deposit.objects.filter(stage=DepositStage.LAPSED, ends_on__lt=last)
    return deposits.exclude(releases__stage__in=OPEN_RELEASES)


def projects_to_deposit_for(user: Reader) -> QuerySet[Project]:
    """Projects of one's own organisations, whose core data are to be deposited."""
    return Project.objects.filter(members__organisation__in=roles_of(user).organisations).distinct()


@dataclass(frozen=True, slots=True)
class Figures:
    """How the desk stands: deposits by stage, of those that came to an end how many were renewed."""

    by_stage: dict[str, int]
    renewals: int
    ended: int
    unpaid: int
    unpaid_won: int

    @property
    def renewed_percent(self) -> int | None:
        """Renewals of all terms that came to an end; None where none did."""
        ends = self.renewals + self.ended
        return round(100 * self.renewals / ends) if ends else None


def figures() -> Figures:
    """The figures of the whole desk."""
    by_stage = dict(Deposit.objects.order_by().values_list("stage").annotate(Count("pk")))
    terms = Term.objects.aggregate(all=Count("pk"), deposits=Count("deposit", distinct=True))
    due = unpaid_terms().aggregate(count=Count("pk"), won=Sum("fee"))
    ended = sum(by_stage.get(stage, 0) for stage in (DepositStage.LAPSED, DepositStage.DESTROYED))
    return Figures(by_stage, terms["all"] - terms["deposits"], ended, due["count"], due["won"] or 0)


def _renewable() -> timedelta:
    return timedelta(days=rules().notices[0])
