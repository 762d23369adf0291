"""Changes of agreements and obligations, by who reads them and by what waits."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q, QuerySet

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
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.engines.funding import Kind, Role
from dure.foundation import programmes
from dure.foundation.workdays import over_on


def changes_visible_to(user: Reader) -> QuerySet[Change]:
    """The changes of the agreements that a reader sees."""
    return Change.objects.filter(
        agreement__in=agreements_visible_to(user).values("pk")
    ).select_related("agreement__version__programme", "requested_by", "answered_by")


def changes_to_answer(user: Reader, on: date) -> QuerySet[Change]:
    """The changes that wait for the office and are not late, the first to be answered at the head."""
    return _waiting(user).exclude(answer_by__isnull=False, answer_by__lte=over_on(on))


def late_answers(user: Reader, on: date) -> QuerySet[Change]:
    """The changes that wait for the office although the term of the answer is over, the oldest first."""
    return _waiting(user).filter(answer_by__lte=over_on(on))


def _waiting(user: Reader) -> QuerySet[Change]:
    changes = changes_visible_to(user).filter(stage=ChangeStage.ASKED)
    changes = changes.order_by(F("answer_by").asc(nulls_last=True), "requested_at", "pk")
    return changes if is_office(user) else changes.none()


def answers_to_remind(until: date) -> QuerySet[Change]:
    """The changes whose answer is due by a day, the oldest first."""
    waiting = Change.objects.filter(stage=ChangeStage.ASKED, answer_by__lte=until)
    return waiting.order_by("answer_by", "pk")


def vacant_too_long(user: Reader, on: date) -> QuerySet[Agreement]:
    """The agreements in force that have had no project leader for longer than their rules allow, for the
    office.
    """
    agreements = Agreement.objects.select_related("version__programme").order_by(
        "leaderless_since", "pk"
    )
    if not is_office(user):
        return agreements.none()
    vacant = agreements.filter(stage=AgreementStage.IN_FORCE, leaderless_since__isnull=False)
    return agreements.filter(pk__in=[row.pk for row in vacant if _is_looked_at(row, on)])


def _is_looked_at(agreement: Agreement, on: date) -> bool:
    day = looked_at_on(agreement)
    return day is not None and day <= on


def spending_rules(agreement: Agreement) -> programmes.SpendingRules | None:
    """The rules of use of the day of the agreement, before it of its first day; None without such rules."""
    rules = programme_in(agreement.version.content).rules.spending
    day = agreement.agreed_on or agreement.starts_on
    return programmes.rule_sets().rule_set("spending", rules, day)


def looked_at_on(agreement: Agreement) -> date | None:
    """The day from which a project without a leader is looked at; None where it has one or no rule."""
    rules = spending_rules(agreement)
    if agreement.leaderless_since is None or rules is None or rules.leader is None:
        return None
    return agreement.leaderless_since + relativedelta(months=rules.leader.vacant_months)


def open_change(agreement: Agreement) -> Change | None:
    """The change of an agreement that waits or is being signed."""
    return agreement.changes.filter(stage__in=CHANGE_OPEN).first()


def names_of(ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of some people by their ids."""
    people = User.objects.filter(pk__in=[pk for pk in ids if pk is not None])
    return {person.pk: str(person) for person in people}


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


def without_duties() -> list[Agreement]:
    """The agreements in force that list no duty although the file of their programme has some."""
    agreements = Agreement.objects.filter(stage=AgreementStage.IN_FORCE).exclude(
        obligations__kind=ObligationKind.DUTY
    )
    related = agreements.select_related("version").order_by("pk")
    return [row for row in related if programme_in(row.version.content).obligations]


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
