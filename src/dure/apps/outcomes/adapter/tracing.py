"""The way from an outcome back to the need, link by link."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Model

from dure.apps.agreements.models import Agreement
from dure.apps.applications.models import Application
from dure.apps.challenges.models import Candidate
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.introductions.models import Introduction
from dure.apps.outcomes import queries
from dure.apps.outcomes.models import LINKS, Chain, Outcome
from dure.apps.projects.kinds import MemberRole
from dure.apps.projects.models import Project

Links = dict[str, Any]


def traced(outcome: Outcome, anchor: str = "", thing: Model | None = None) -> Chain:
    """The chain of an outcome, not saved: from the thing it was tied to, else from what the two
    organisations had in common before its day."""
    traced_links: Links = {}
    likely: list[str] = []
    if thing is not None:
        traced_links = _back_from(anchor, thing)
    else:
        ties = queries.things_between(outcome.organisation_id, outcome.counterpart_id, outcome.on)
        if ties and (outcome.counterpart_id or len(ties) == 1):
            traced_links = _back_from(*ties[0])
            rank = ties[0][0]
            several = sum(name == rank for name, _ in ties) > 1
            likely = sorted(traced_links) if several else []
    if "need" not in traced_links:
        met = _met_before(outcome, traced_links)
        likely += sorted(met)
        traced_links = met | traced_links
    links = {name: traced_links.get(name) for name in LINKS}
    return Chain(
        outcome=outcome,
        anchor=anchor if thing is not None else "",
        likely=[name for name in LINKS if name in likely],
        programme=_programme(traced_links),
        **links,
    )


def anchor_of(outcome: Outcome) -> tuple[str, Model | None]:
    """What somebody tied an outcome to: the link's name and the thing."""
    chain = getattr(outcome, "chain", None)
    name = chain.anchor if chain else ""
    return (name, getattr(chain, name)) if name else ("", None)


def anchors_for(outcome: Outcome) -> list[tuple[str, Model]]:
    """What an outcome may have come of, as far as the two organisations tell."""
    return queries.things_between(outcome.organisation_id, outcome.counterpart_id, outcome.on)


def _met_before(outcome: Outcome, links: Links) -> Links:
    """A meeting or introduction of the demand side and the firm, before what they agreed on."""
    before: date = outcome.on
    pair = outcome.parties
    if project := links.get("project"):
        before = project.agreed_on
        pair = _sides_of_project(project) or pair
    elif agreement := links.get("agreement"):
        before = agreement.agreed_on or before
    if len(pair) != 2:
        return {}
    met = queries.meetings_between(*pair, before)
    return _back_from(*met[0]) if met else {}


def _sides_of_project(project: Project) -> tuple[int, ...]:
    roles = {member.role: member.organisation_id for member in project.members.all()}
    sides = (roles.get(MemberRole.DEMAND), roles.get(MemberRole.LEAD))
    return tuple(pk for pk in sides if pk)


def _back_from(name: str, thing: Any) -> Links:
    """A thing and everything before it, by the names of the links."""
    steps: dict[str, Callable[[Any], Links]] = {
        "project": _before_project,
        "agreement": _before_agreement,
        "application": _before_application,
        "candidate": _before_candidate,
        "record": _before_record,
        "introduction": _before_introduction,
    }
    before = steps[name](thing) if name in steps else {}
    return {**{key: value for key, value in before.items() if value is not None}, name: thing}


def _before_project(project: Project) -> Links:
    agreement = queries.agreement_of_project(project)
    return _back_from("agreement", agreement) if agreement else {}


def _before_agreement(agreement: Agreement) -> Links:
    before = _back_from("application", agreement.application) if agreement.application else {}
    return {**before, "project": queries.project_of_agreement(agreement)}


def _before_application(application: Application) -> Links:
    challenge = application.challenge
    before = _back_from("candidate", challenge) if challenge else {}
    return {**before, "call": application.call}


def _before_candidate(candidate: Candidate) -> Links:
    return {"need": candidate.need}


def _before_record(record: ConsultationRecord) -> Links:
    if record.introduction:
        return _back_from("introduction", record.introduction)
    return {"need": record.of.need, "technology": record.of.technology}


def _before_introduction(introduction: Introduction) -> Links:
    record = getattr(introduction, "record", None)
    return {
        "need": introduction.need,
        "technology": introduction.technology,
        **({"record": record} if record else {}),
    }


def _programme(links: Links) -> Any:
    for name in ("project", "agreement", "call"):
        if name in links and links[name] is not None:
            return links[name].version.programme
    return None
