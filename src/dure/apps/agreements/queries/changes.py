"""Changes of agreements and obligations, by who reads them and by what waits."""

from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.agreements.models import (
    PROMISES,
    Agreement,
    Change,
    Instalment,
    Obligation,
    ObligationKind,
)
from dure.apps.agreements.queries.agreements import agreements_visible_to
from dure.apps.agreements.queries.payments import UNPAID
from dure.apps.agreements.stages import CHANGE_OPEN, AgreementStage, ChangeStage
from dure.apps.calls.queries import programme_in
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.engines.funding import Kind, Role
from dure.foundation.workdays import over_on


def changes_visible_to(user: Reader) -> QuerySet[Change]:
    """The changes of the agreements that a reader sees."""
    return Change.objects.filter(
        agreement__in=agreements_visible_to(user).values("pk")
    ).select_related("agreement__version__programme", "requested_by", "answered_by")


def changes_to_answer(user: Reader) -> QuerySet[Change]:
    """The changes that wait for the office, the oldest first."""
    changes = changes_visible_to(user).filter(stage=ChangeStage.ASKED)
    changes = changes.order_by("requested_at", "pk")
    return changes if is_office(user) else changes.none()


def open_change(agreement: Agreement) -> Change | None:
    """The change of an agreement that waits or is being signed."""
    return agreement.changes.filter(stage__in=CHANGE_OPEN).first()


def changes_by_id(ids: object) -> QuerySet[Change]:
    """The changes of some ids, for what names them."""
    return Change.objects.filter(pk__in=ids).select_related("agreement")


def changed_since(day: date) -> QuerySet[Agreement]:
    """The agreements that a change was written into since a day."""
    return Agreement.objects.filter(changes__applied_at__date__gte=day).distinct()


def obligations_visible_to(user: Reader) -> QuerySet[Obligation]:
    """The obligations of the agreements that a reader sees."""
    return Obligation.objects.filter(
        agreement__in=agreements_visible_to(user).values("pk")
    ).select_related("agreement", "party__organisation", "met_by")


def open_obligations(until: date) -> QuerySet[Obligation]:
    """What is not met and due by a day, of agreements in force or completed."""
    return Obligation.objects.filter(
        met_at__isnull=True,
        due_on__lte=until,
        agreement__stage__in=[AgreementStage.IN_FORCE, AgreementStage.COMPLETED],
    ).select_related("agreement__created_by", "party__organisation", "party__person")


def own_obligations(user: Reader, until: date) -> QuerySet[Obligation]:
    """What one's own organisations owe by a day and asked for no exemption of, the earliest first."""
    own = Q(party__organisation__in=roles_of(user).organisations, pleaded_at=None)
    return open_obligations(until).filter(own).order_by("due_on", "pk")


def is_waivable(obligation: Obligation) -> bool:
    """True where a justified reason exempts: of promises, and of duties whose file says so."""
    if obligation.kind == ObligationKind.DUTY:
        duties = programme_in(obligation.agreement.version.content).obligations
        return any(duty.id == obligation.what and duty.waived_for for duty in duties)
    return obligation.kind in PROMISES


def pleas_to_answer(user: Reader) -> QuerySet[Obligation]:
    """The exemptions that somebody asked for and a reader of the office answers, the oldest first."""
    if not is_office(user):
        return Obligation.objects.none()
    waiting = Obligation.objects.filter(met_at__isnull=True, pleaded_at__isnull=False)
    others = waiting.exclude(pleaded_by=user.pk)
    return others.select_related("agreement", "party").order_by("pleaded_at", "pk")


def own_cash_to_remind(today: date, before: date) -> QuerySet[Instalment]:
    """Own cash whose day has passed, of which nobody was told since `before`."""
    return (
        Instalment.objects.filter(
            Q(reminded_on__isnull=True) | Q(reminded_on__lte=before),
            agreement__stage=AgreementStage.IN_FORCE,
            kind=Kind.CASH,
            stage__in=UNPAID,
            due_on__lte=over_on(today),
        )
        .exclude(payer__role=Role.GOVERNMENT)
        .select_related("agreement__created_by", "payer__organisation", "payer__person")
    )


def changes_to_expire(on: date) -> QuerySet[Change]:
    """Changes whose last day to sign has passed."""
    return Change.objects.filter(stage=ChangeStage.SIGNING, sign_by__lte=over_on(on)).order_by("pk")
