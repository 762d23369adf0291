"""Everything that changes agreements: asked for, signed or refused, taken back, ended."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from dure.apps.notices.models import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, people_of, standing_of
from dure.apps.records import permissions
from dure.apps.records.models import NamedPerson, Nda
from dure.apps.records.reasons import Reason
from dure.apps.records.stages import NdaStage
from dure.foundation.verdict import Refused

LANGUAGES = ("ko", "en")


@transaction.atomic
def ask(
    *,
    giver: Organisation,
    taker: Organisation,
    material: str,
    material_url: str,
    purpose: str,
    people: Sequence[User],
    ends_on: date,
    by: User,
    at: datetime,
) -> Nda:
    """Sign for `taker` and ask `giver` to sign too; its managers are told. Raises Refused.

    `ends_on` is the last day. Only `people`, who belong to the taker, will read the material.
    """
    permissions.may_ask(by, giver, taker).require()
    purpose = purpose.strip()
    if not purpose:
        raise Refused(Reason.PURPOSE_MISSING)
    _check_people(people, taker)
    _check_end(ends_on, timezone.localdate(at))
    return_on = ends_on + timedelta(days=_standard()["return_days"])
    facts = {
        "material": material,
        "purpose": purpose,
        "people": ", ".join(f"{person} <{person.email}>" for person in people),
        "ends_on": ends_on.isoformat(),
        "return_on": return_on.isoformat(),
    }
    nda = Nda.objects.create(
        giver=giver,
        taker=taker,
        material=material,
        material_url=material_url,
        purpose=purpose,
        terms={language: _clauses(language, giver, taker, facts) for language in LANGUAGES},
        ends_at=timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time())),
        return_on=return_on,
        asked_by=by,
        asked_at=at,
    )
    NamedPerson.objects.bulk_create(
        NamedPerson(nda=nda, user=person, name=person.name, email=person.email) for person in people
    )
    _tell(nda, managers_of(giver), other=taker, at=at)
    return nda


@transaction.atomic
def move(*, nda: Nda, stage: str, because: str = "", by: User, at: datetime) -> Nda:
    """Sign, refuse, take back or end an agreement; the other side is told. Raises Refused.

    Who refuses or ends it says why.
    """
    nda = Nda.objects.select_for_update(of=("self",)).get(pk=nda.pk)
    permissions.may_move(by, nda, stage, at).require()
    because = because.strip()
    if stage in (NdaStage.REFUSED, NdaStage.ENDED) and not because:
        raise Refused(Reason.REASON_MISSING)
    nda.stage, nda.because = stage, because
    if stage == NdaStage.ENDED:
        nda.ended_by, nda.ended_at = by, at
    else:
        nda.answered_by, nda.answered_at = by, at
    nda.save()
    if nda.giver_id in standing_of(by).organisations:
        _tell(nda, people_of(nda.taker), other=nda.giver, at=at)
    else:
        _tell(nda, managers_of(nda.giver), other=nda.taker, at=at)
    return nda


def standard_terms(
    *, giver: Organisation, taker: Organisation, material: str, language: str
) -> list[dict[str, str]]:
    """What one would sign: the clauses with title and text, dots where it is still open."""
    open_ = dict.fromkeys(("purpose", "people", "ends_on", "return_on"), "…")
    return _clauses(language, giver, taker, {"material": material, **open_})


def _check_people(people: Sequence[User], taker: Organisation) -> None:
    if not people:
        raise Refused(Reason.NOBODY_NAMED)
    belonging = set(people_of(taker).values_list("pk", flat=True))
    if not {person.pk for person in people} <= belonging:
        raise Refused(Reason.NOT_OF_THE_ORGANISATION)


def _check_end(ends_on: date, today: date) -> None:
    if ends_on <= today:
        raise Refused(Reason.ENDS_TOO_SOON)
    if ends_on > today + timedelta(days=365 * _standard()["longest_years"]):
        raise Refused(Reason.LASTS_TOO_LONG)


@cache
def _standard() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "nda.toml").read_text(encoding="utf-8"))


def _clauses(
    language: str, giver: Organisation, taker: Organisation, facts: dict[str, str]
) -> list[dict[str, str]]:
    names = {
        side: organisation.name_en or organisation.name if language == "en" else organisation.name
        for side, organisation in (("giver", giver), ("taker", taker))
    }
    return [
        {
            "title": clause[f"title_{language}"],
            "text": clause[f"text_{language}"].format(**facts, **names),
        }
        for clause in _standard()["clauses"]
    ]


def _tell(nda: Nda, recipients: Iterable[User], *, other: Organisation, at: datetime) -> None:
    tell(
        recipients=recipients,
        kind=NoticeKind.NDA_MOVED,
        facts={
            "material": nda.material,
            "organisation": other.name,
            "stage": nda.stage,
            "because": nda.because,
        },
        url=f"/ndas/{nda.pk}/",
        at=at,
    )
