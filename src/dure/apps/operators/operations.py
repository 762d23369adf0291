"""Everything that changes operators: called for, applied, appointed, ranked, reminded."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.notices.operations import tell
from dure.apps.operators import adapter, permissions, queries
from dure.apps.operators.models import Operator, OperatorApplication, OperatorCall, Ranking
from dure.apps.operators.notices import operator_moved
from dure.apps.operators.reasons import Reason
from dure.apps.operators.stages import ApplicationStage, CallStage, RankingStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import people_of
from dure.apps.programmes.models import Programme
from dure.foundation.verdict import Refused

LARGEST_RESULT = 10**12


@transaction.atomic
def call_for_operators(
    *, programme: Programme, name: str, name_en: str, text: str, places: int,
    closes_at: datetime, rule: str, by: User, at: datetime,
) -> OperatorCall:  # fmt: skip
    """Call for operators of a programme; `rule` is the text of the file that will rank them.

    Raises Refused, adapter.BrokenRule.
    """
    permissions.may_run(by).require()
    adapter.read(rule, "rule")
    return OperatorCall.objects.create(
        programme=programme, name=name.strip(), name_en=name_en.strip(), text=text.strip(),
        places=places, closes_at=closes_at, rule=rule, opened_by=by, opened_at=at,
    )  # fmt: skip


@transaction.atomic
def apply(
    *, call: OperatorCall, organisation: Organisation, plan: str, by: User, at: datetime
) -> OperatorApplication:
    """Apply for an organisation. Raises Refused."""
    call = _locked(call)
    permissions.may_apply(by, call, at).require()
    if not queries.organisations_managed_by(by).filter(pk=organisation.pk).exists():
        raise Refused(Reason.NOT_A_MANAGER)
    if not queries.organisations_to_apply_for(by, call).filter(pk=organisation.pk).exists():
        raise Refused(Reason.APPLIED_ALREADY)
    if not plan.strip():
        raise Refused(Reason.PLAN_MISSING)
    return OperatorApplication.objects.create(
        call=call, organisation=organisation, plan=plan.strip(), applied_by=by, applied_at=at
    )


@transaction.atomic
def move(
    *, application: OperatorApplication, stage: str, reason: str, starts_on: date | None = None,
    by: User, at: datetime,
) -> OperatorApplication:  # fmt: skip
    """Appoint an operator, say why not, or take the application back. Raises Refused.

    A term begins on `starts_on` (the day of the decision without it) and lasts as many years as
    the rule of the call says.
    """
    call = _locked(application.call)
    application = OperatorApplication.objects.select_related("organisation", "call").get(
        pk=application.pk
    )
    permissions.may_move(by, application, stage, at).require()
    if stage == ApplicationStage.REJECTED and not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    application.stage, application.reason = stage, reason.strip()
    application.decided_by, application.decided_at = by, at
    application.save()
    if stage == ApplicationStage.APPOINTED:
        _appoint(application, call, starts_on or localdate(at), at)
    elif stage == ApplicationStage.REJECTED:
        _tell(application.organisation, call.programme, at, what=stage, reason=reason.strip())
    if (
        not call.applications.filter(stage=ApplicationStage.APPLIED).exists()
        and at > call.closes_at
    ):
        call.stage = CallStage.DECIDED
        call.save()
    return application


@transaction.atomic
def prepare_ranking(
    *, programme: Programme, year: int, places: int, results: Mapping[int, Mapping[str, Any]],
    by: User, at: datetime,
) -> Ranking:  # fmt: skip
    """Write the results of a year down, by id of an operator and of a measure; again until it is in
    force. Raises Refused."""
    permissions.may_run(by).require()
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    known = (
        Ranking.objects.select_for_update(of=("self",))
        .filter(programme=programme, year=year)
        .first()
    )
    if known and known.stage != RankingStage.DRAFT:
        raise Refused(Reason.RANKED_ALREADY)
    operators = list(queries.operators_of(programme, date(year, 12, 31)))
    if not operators:
        raise Refused(Reason.NO_OPERATORS)
    text = operators[0].application.call.rule
    rule = adapter.read(text, "rule")
    kept = {
        str(operator.pk): {
            measure.id: _figure(results.get(operator.pk, {}).get(measure.id))
            for measure in rule.measures
        }
        for operator in operators
    }
    ranking = known or Ranking(programme=programme, year=year)
    ranking.places, ranking.rule, ranking.results = places, text, kept
    ranking.prepared_by, ranking.prepared_at = by, at
    ranking.save()
    return ranking


@transaction.atomic
def release_ranking(*, ranking: Ranking, seen: datetime, by: User, at: datetime) -> Ranking:
    """Put a ranking into force and tell the operators; `seen` is its `prepared_at` as it was read.

    Raises Refused.
    """
    ranking = Ranking.objects.select_for_update(of=("self",)).get(pk=ranking.pk)
    permissions.may_release(by, ranking).require()
    if ranking.prepared_at != seen:
        raise Refused(Reason.CHANGED_MEANWHILE)
    ranking.stage, ranking.released_by, ranking.released_at = RankingStage.IN_FORCE, by, at
    ranking.save()
    terms = queries.terms_in(ranking)
    for line in standings(ranking):
        organisation = terms[line.operator].organisation
        _tell(
            organisation, ranking.programme, at, what="RANKED",
            rank=line.rank, quota=line.quota, year=ranking.year,
        )  # fmt: skip
    return ranking


def standings(ranking: Ranking) -> list[adapter.Ranked]:
    """The operators of a ranking from the best to the last, with their places."""
    results = {int(pk): figures for pk, figures in ranking.results.items()}
    return adapter.ranked(results, adapter.read(ranking.rule, "rule"), ranking.places)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell operators that their term ends, once for each number of days of the rule."""
    today, reminded = localdate(at), 0
    for operator in queries.running_out(today, 1000).select_for_update(of=("self",)):
        rule = adapter.read(operator.application.call.rule, "rule")
        left = (operator.ends_on - today).days
        due = min((days for days in rule.reminder_days if days >= left), default=None)
        if due is None or (operator.reminded_days or 10**4) <= due:
            continue
        operator.reminded_days = due
        operator.save(update_fields=["reminded_days"])
        _tell(operator.organisation, operator.programme, at, what="ENDS", until=operator.ends_on)
        reminded += 1
    return reminded


def _appoint(
    application: OperatorApplication, call: OperatorCall, starts_on: date, at: datetime
) -> None:
    appointed = call.applications.filter(stage=ApplicationStage.APPOINTED).count()
    if appointed > call.places:
        raise Refused(Reason.TOO_MANY)
    in_office = queries.operators_of(call.programme, starts_on)
    if in_office.filter(organisation=application.organisation).exists():
        raise Refused(Reason.IN_OFFICE)
    years = adapter.read(call.rule, "rule").term_years
    ends_on = _years_later(starts_on, years) - timedelta(days=1)
    Operator.objects.create(
        programme=call.programme, organisation=application.organisation, application=application,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    _tell(
        application.organisation, call.programme, at, what=ApplicationStage.APPOINTED, until=ends_on
    )


def _years_later(day: date, years: int) -> date:
    """The same day of a later year; 1 March for 29 February of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _figure(value: Any) -> float | int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isfinite(value) or not 0 <= value <= LARGEST_RESULT:
        raise Refused(Reason.BAD_RESULTS)
    return value


def _tell(organisation: Organisation, programme: Programme, at: datetime, **facts: object) -> None:
    tell(
        recipients=people_of(organisation),
        kind=operator_moved,
        facts={
            "organisation": organisation.name,
            "programme": programme.name,
            **{name: str(value) for name, value in facts.items()},
        },
        url=reverse("operators:programme", args=[programme.slug]),
        at=at,
    )


def _locked(call: OperatorCall) -> OperatorCall:
    return (
        OperatorCall.objects.select_for_update(of=("self",))
        .select_related("programme")
        .get(pk=call.pk)
    )
