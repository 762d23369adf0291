"""Agreements: asked for, signed or refused, taken back, ended, returned."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dure.apps.ndas import adapter, kinds, permissions
from dure.apps.ndas.kinds import Relation
from dure.apps.ndas.models import NamedPerson, Nda, ReturnWay, particulars_now
from dure.apps.ndas.notices import nda_moved
from dure.apps.ndas.operations.papers import sign_paper
from dure.apps.ndas.operations.telling import tell_of
from dure.apps.ndas.operations.terms import LANGUAGES, clauses_of, names_of, template_of
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import DraftStage, NdaStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, people_of, roles_of
from dure.apps.records.operations import FileHash, record
from dure.foundation.verdict import Refused


@transaction.atomic
def ask(
    *,
    disclosing_party: Organisation,
    receiving_party: Organisation,
    material: str,
    material_url: str,
    purpose: str,
    people: Sequence[User],
    ends_on: date,
    relation: str = Relation.FREE,
    items: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Nda:
    """Sign for `receiving_party` and ask `disclosing_party` to sign too; its managers are told. Raises Refused.

    `ends_on` is the last day. Only `people`, who belong to the receiving party, will read the material.
    `relation` says by which law's items it is written, `items` what it says under those that are asked
    for beside the others.
    """
    permissions.may_ask(by, disclosing_party, receiving_party).require()
    purpose = purpose.strip()
    if not purpose:
        raise Refused(Reason.PURPOSE_MISSING)
    check_people(people, receiving_party)
    today = timezone.localdate(at)
    template = template_of(relation, today)
    items = _asked(template, items or {})
    _check_end(ends_on, today, template)
    return_on = ends_on + timedelta(days=template["return_days"])
    facts = {
        "material": material,
        "purpose": purpose,
        "people": ", ".join(f"{person} <{person.email}>" for person in people),
        "ends_on": ends_on.isoformat(),
        "return_on": return_on.isoformat(),
        **items,
    }
    parties = {
        language: names_of(language, disclosing_party, receiving_party) for language in LANGUAGES
    }
    nda = Nda.objects.create(
        disclosing_party=disclosing_party,
        receiving_party=receiving_party,
        material=material,
        material_url=material_url,
        purpose=purpose,
        terms={
            language: clauses_of(template, language, facts | parties[language])
            for language in LANGUAGES
        },
        relation=relation,
        template=template["code"],
        items=items,
        parties=parties,
        particulars={"receiving_party": particulars_now(receiving_party)},
        ends_at=timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time())),
        return_on=return_on,
        requested_by=by,
        requested_at=at,
    )
    NamedPerson.objects.bulk_create(
        NamedPerson(nda=nda, user=person, name=person.name, email=person.email) for person in people
    )
    record(kind=kinds.ASKED, **adapter.recorded(nda), by=by, at=at)
    what = {"stage": nda.stage, "reason": ""}
    tell_of(nda, managers_of(disclosing_party), nda_moved, other=receiving_party, at=at, **what)
    return nda


@transaction.atomic
def move(*, nda: Nda, stage: str, reason: str = "", by: User, at: datetime) -> Nda:
    """Sign, refuse, take back or end an agreement; the other side is told. Raises Refused.

    Who refuses or ends it says why.
    """
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_move(by, nda, stage, at).require()
    reason = reason.strip()
    if stage in (NdaStage.REFUSED, NdaStage.ENDED) and not reason:
        raise Refused(Reason.REASON_MISSING)
    nda.stage, nda.reason = stage, reason
    if stage == NdaStage.ENDED:
        nda.ended_by, nda.ended_at = by, at
    else:
        nda.answered_by, nda.answered_at = by, at
    # Words that were proposed and not answered fall away.
    nda.drafts.filter(stage=DraftStage.OFFERED).update(
        stage=DraftStage.REPLACED, answered_by=by, answered_at=at
    )
    signed = None
    if stage == NdaStage.SIGNED:
        nda.particulars["disclosing_party"] = particulars_now(nda.disclosing_party)
        signed = sign_paper(nda)
    nda.save()
    files = [FileHash.of(f"{nda.document_number}.pdf", signed)] if signed else []
    record(kind=kinds.MOVED, **adapter.recorded(nda), files=files, by=by, at=at)
    if nda.disclosing_party_id in roles_of(by).organisations:
        recipients, other = people_of(nda.receiving_party), nda.disclosing_party
    else:
        recipients, other = managers_of(nda.disclosing_party), nda.receiving_party
    what = {"stage": stage, "reason": reason}
    tell_of(nda, recipients, nda_moved, other=other, at=at, **what)
    return nda


@transaction.atomic
def confirm_return(*, nda: Nda, way: str, how: str, by: User, at: datetime) -> Nda:
    """Say that what was received was returned or destroyed, and how; the disclosing party is told.

    `way` is a ReturnWay. Nothing takes a confirmation back. Raises Refused.
    """
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_confirm_return(by, nda, at).require()
    how = how.strip()
    if way not in ReturnWay:
        raise Refused(Reason.WAY_MISSING)
    if not how:
        raise Refused(Reason.HOW_MISSING)
    nda.returned_as, nda.return_how = way, how
    nda.return_confirmed_by, nda.return_confirmed_at = by, at
    nda.save()
    record(kind=kinds.RETURNED, **adapter.recorded(nda), by=by, at=at)
    what = {"stage": way, "reason": how}
    tell_of(
        nda, managers_of(nda.disclosing_party), nda_moved, other=nda.receiving_party, at=at, **what
    )
    return nda


def check_people(people: Sequence[User], receiving_party: Organisation) -> None:
    """Whether these may be named: somebody at all, and only people of the receiver. Raises Refused."""
    if not people:
        raise Refused(Reason.NOBODY_NAMED)
    belonging = set(people_of(receiving_party).values_list("pk", flat=True))
    if not {person.pk for person in people} <= belonging:
        raise Refused(Reason.NOT_OF_THE_ORGANISATION)


def _asked(template: Mapping[str, Any], items: Mapping[str, str]) -> dict[str, str]:
    """What is said under the items that are asked for beside the others. Raises Refused."""
    answers = {name: items.get(name, "").strip() for name in template["asks"]}
    if not all(answers.values()):
        raise Refused(Reason.ITEM_MISSING)
    return answers


def _check_end(ends_on: date, today: date, template: Mapping[str, Any]) -> None:
    if ends_on <= today:
        raise Refused(Reason.ENDS_TOO_SOON)
    if ends_on > today + timedelta(days=365 * template["longest_years"]):
        raise Refused(Reason.LASTS_TOO_LONG)
