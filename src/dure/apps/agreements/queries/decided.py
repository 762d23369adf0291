"""What a selection decided, on its way to an agreement."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dure.apps.agreements.models import Agreement, Party
from dure.apps.agreements.queries.agreements import agreements_visible_to
from dure.apps.agreements.stages import AgreementStage
from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.people.queries import Reader, is_office, roles_of
from dure.apps.programmes.models import Programme
from dure.apps.selection.kinds import Cause, Outcome
from dure.apps.selection.models import Decision
from dure.apps.selection.stages import ObjectionStage
from dure.engines.funding import Role
from dure.foundation.workdays import over_on

_OPEN = (ObjectionStage.RECEIVED, ObjectionStage.HEARD)


def decided_without_agreement() -> QuerySet[Decision]:
    """What was selected and has never had an agreement, the oldest first."""
    return (
        Decision.objects.filter(outcome=Outcome.SELECTED, application__agreements=None)
        .select_related("application__organisation", "selection__call__version__programme")
        .order_by("decided_at", "pk")
    )


def to_take_over(user: Reader) -> QuerySet[Decision]:
    """What was selected and became no agreement by itself, for the office."""
    decisions = decided_without_agreement()
    return decisions if is_office(user) else decisions.none()


NOT_IN_FORCE = (
    AgreementStage.DRAFT,
    AgreementStage.SIGNING,
    AgreementStage.REFUSED,
    AgreementStage.EXPIRED,
)
"""Stages before an agreement is in force, in which it can still be dropped."""


def given_up() -> QuerySet[Agreement]:
    """The agreements, not in force yet, of applicants who gave their place up."""
    agreements = Agreement.objects.filter(stage__in=NOT_IN_FORCE)
    return agreements.filter(application__decision__outcome=Outcome.WITHDRAWN).order_by("pk")


def revoked_while_signed() -> QuerySet[Agreement]:
    """The agreements that are being signed although the place in the selection was taken back."""
    agreements = Agreement.objects.filter(stage=AgreementStage.SIGNING)
    return agreements.filter(application__decision__cause=Cause.REVOKED).order_by("pk")


def revoked_for_good(on: date) -> list[Agreement]:
    """The agreements, not in force yet, whose place was taken back and cannot be objected to any more."""
    agreements = Agreement.objects.filter(
        stage__in=NOT_IN_FORCE, application__decision__cause=Cause.REVOKED,
        application__decision__objections_until__lt=on,
    )  # fmt: skip
    revoked = agreements.select_related("application__decision").order_by("pk")
    return [agreement for agreement in revoked if is_final(agreement.application.decision, on)]


def is_revoked(agreement: Agreement) -> bool:
    """Whether the place in the selection that an agreement rests on was taken back."""
    decision = decision_of(agreement)
    return decision is not None and decision.cause == Cause.REVOKED


def revoked_among(agreements: Collection[int]) -> set[int]:
    """Those of some agreements (ids) whose place in the selection was taken back."""
    revoked = Agreement.objects.filter(application__decision__cause=Cause.REVOKED)
    return set(revoked.filter(pk__in=agreements).values_list("pk", flat=True))


def decision_of(agreement: Agreement) -> Decision | None:
    """The decision that an agreement comes from."""
    if agreement.application_id is None:
        return None
    return Decision.objects.filter(application=agreement.application_id).first()


def is_final(decision: Decision, on: date) -> bool:
    """True once nobody can object to a decision any more, and no objection to it is open or upheld."""
    if on <= decision.objections_until:
        return False
    objection = getattr(decision, "objection", None)
    return objection is None or objection.stage not in (*_OPEN, ObjectionStage.UPHELD)


def agency_for(programme: Programme) -> Organisation | None:
    """Who pays the public money: as in the programme's last agreement, else the only agency known."""
    payers = Party.objects.filter(role=Role.GOVERNMENT, organisation__isnull=False)
    last = payers.filter(agreement__version__programme=programme).order_by("-pk").first()
    if last is not None:
        return last.organisation
    agencies = Organisation.objects.filter(kind=OrganisationKind.AGENCY, verified_at__isnull=False)
    known = list(agencies.order_by("pk")[:2])
    return known[0] if len(known) == 1 else None


def to_replan(user: Reader) -> QuerySet[Agreement]:
    """The drafts whose plan the reader's organisation still has to revise, the first due at the head."""
    agreements = Agreement.objects.filter(
        stage=AgreementStage.DRAFT, replan_until__isnull=False, replanned_at=None
    ).select_related("version__programme")
    own = Q(parties__role=Role.LEAD, parties__organisation__in=roles_of(user).organisations)
    return agreements.filter(own).order_by("replan_until", "pk")


def to_open(user: Reader, on: date) -> QuerySet[Agreement]:
    """The drafts of decisions whose plan is revised or whose term for it is over, for the office."""
    if not is_office(user):
        return Agreement.objects.none()
    is_over = Q(replan_until__isnull=True) | Q(replan_until__lte=over_on(on))
    is_ready = Q(replanned_at__isnull=False) | is_over
    return (
        Agreement.objects.filter(is_ready, stage=AgreementStage.DRAFT, application__isnull=False)
        .select_related("version__programme")
        .order_by("created_at", "pk")
    )


def agreements_of(user: Reader, applications: Any) -> QuerySet[Agreement]:
    """The agreements that came of some applications (ids) and that a reader sees."""
    agreements = agreements_visible_to(user).filter(application__in=applications)
    return agreements.exclude(stage=AgreementStage.DROPPED)
