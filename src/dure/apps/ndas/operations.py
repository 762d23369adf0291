"""Everything that changes agreements: asked for, signed or refused, taken back, ended, returned.

Also what is told of them by itself, and who read what under them.
"""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from dure.apps.ndas import adapter, kinds, permissions
from dure.apps.ndas.models import NamedPerson, Nda, Reminder, ReturnWay
from dure.apps.ndas.notices import nda_moved, nda_reminder
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NdaStage
from dure.apps.notices.kinds import NoticeKind
from dure.apps.notices.operations import tell
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import managers_of, people_of, roles_of
from dure.apps.records.operations import record
from dure.foundation.verdict import Refused

LANGUAGES = ("ko", "en")


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
    by: User,
    at: datetime,
) -> Nda:
    """Sign for `receiving_party` and ask `disclosing_party` to sign too; its managers are told. Raises Refused.

    `ends_on` is the last day. Only `people`, who belong to the receiving party, will read the material.
    """
    permissions.may_ask(by, disclosing_party, receiving_party).require()
    purpose = purpose.strip()
    if not purpose:
        raise Refused(Reason.PURPOSE_MISSING)
    _check_people(people, receiving_party)
    _check_end(ends_on, timezone.localdate(at))
    return_on = ends_on + timedelta(days=_standard()["return_days"])
    facts = {
        "material": material,
        "purpose": purpose,
        "people": ", ".join(f"{person} <{person.email}>" for person in people),
        "ends_on": ends_on.isoformat(),
        "return_on": return_on.isoformat(),
    }
    parties = {
        language: _names(language, disclosing_party, receiving_party) for language in LANGUAGES
    }
    nda = Nda.objects.create(
        disclosing_party=disclosing_party,
        receiving_party=receiving_party,
        material=material,
        material_url=material_url,
        purpose=purpose,
        terms={language: _clauses(language, facts | parties[language]) for language in LANGUAGES},
        parties=parties,
        ends_at=timezone.make_aware(datetime.combine(ends_on + timedelta(days=1), time())),
        return_on=return_on,
        requested_by=by,
        requested_at=at,
    )
    NamedPerson.objects.bulk_create(
        NamedPerson(nda=nda, user=person, name=person.name, email=person.email) for person in people
    )
    record(kind=kinds.ASKED, **adapter.recorded(nda), by=by, at=at)
    told = {"stage": nda.stage, "reason": ""}
    _tell(nda, managers_of(disclosing_party), nda_moved, other=receiving_party, at=at, **told)
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
    nda.save()
    record(kind=kinds.MOVED, **adapter.recorded(nda), by=by, at=at)
    if nda.disclosing_party_id in roles_of(by).organisations:
        recipients, other = people_of(nda.receiving_party), nda.disclosing_party
    else:
        recipients, other = managers_of(nda.disclosing_party), nda.receiving_party
    told = {"stage": stage, "reason": reason}
    _tell(nda, recipients, nda_moved, other=other, at=at, **told)
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
    told = {"stage": way, "reason": how}
    _tell(
        nda, managers_of(nda.disclosing_party), nda_moved, other=nda.receiving_party, at=at, **told
    )
    return nda


def remind(*, at: datetime) -> int:
    """Tell the people of agreements that run out soon or are over; returns of how many.

    It can be run as often as one likes and by several at once: each round of reminders is kept in
    the transaction that tells. After days without a run only the last round that is due is told.
    """
    marks = _standard()["remind_days"]
    soon = Q(stage=NdaStage.SIGNED, ends_at__lte=at + timedelta(days=max(marks) + 1))
    waiting = Nda.objects.filter(
        soon | Q(stage=NdaStage.ENDED), return_confirmed_at__isnull=True
    ).exclude(reminders__mark=min(marks))
    told = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            nda = Nda.objects.select_for_update(of=("self",)).get(pk=pk)
            mark = _due(nda, marks, at)
            if mark is None or nda.reminders.filter(mark=mark).exists():
                continue
            Reminder.objects.create(nda=nda, mark=mark, told_at=at)
            _remind_of(nda, at)
            told += 1
    return told


def note_access(*, reader: User, read: Iterable[tuple[int, str, str]], at: datetime) -> None:
    """Keep that `reader` read something now; `read` holds agreement id, address and name of each.

    One statement, whatever else reads at the same time: a row for each agreement, thing and day.
    """
    ndas, urls, names = zip(*sorted(read), strict=True)  # in one order, so that none deadlock
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ndas_accessrecord
              (nda_id, reader_id, url, name, day, first_at, last_at, times)
            SELECT nda_id, %s, url, name, %s, %s, %s, 1
            FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS opened (nda_id, url, name)
            ON CONFLICT (nda_id, reader_id, url, day) DO UPDATE SET
              first_at = LEAST(ndas_accessrecord.first_at, EXCLUDED.first_at),
              last_at = GREATEST(ndas_accessrecord.last_at, EXCLUDED.last_at),
              times = ndas_accessrecord.times + 1
            """,
            [reader.pk, timezone.localdate(at), at, at, list(ndas), list(urls), list(names)],
        )


def standard_terms(
    *, disclosing_party: Organisation, receiving_party: Organisation, material: str, language: str
) -> list[dict[str, str]]:
    """What one would sign: the clauses with title and text, dots where it is still open."""
    open_ = dict.fromkeys(("purpose", "people", "ends_on", "return_on"), "…")
    facts = {"material": material, **open_, **_names(language, disclosing_party, receiving_party)}
    return _clauses(language, facts)


def _check_people(people: Sequence[User], receiving_party: Organisation) -> None:
    if not people:
        raise Refused(Reason.NOBODY_NAMED)
    belonging = set(people_of(receiving_party).values_list("pk", flat=True))
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


def _names(
    language: str, disclosing_party: Organisation, receiving_party: Organisation
) -> dict[str, str]:
    return {
        "disclosing_party": disclosing_party.official_name(language),
        "receiving_party": receiving_party.official_name(language),
    }


def _clauses(language: str, facts: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "title": clause[f"title_{language}"],
            "text": clause[f"text_{language}"].format(**facts),
        }
        for clause in _standard()["clauses"]
    ]


def _due(nda: Nda, marks: Iterable[int], at: datetime) -> int | None:
    """The last round of reminders whose day has come; those before it no longer matter.

    Nobody is reminded of a day that was nearer than the round when the agreement was signed.
    """
    is_over, today = nda.is_over(at), timezone.localdate(at)
    if nda.return_confirmed_at or not (is_over or nda.stage == NdaStage.SIGNED):
        return None
    last = timezone.localdate(nda.ended_at) if nda.ended_at else nda.last_day
    signed = timezone.localdate(nda.answered_at)
    days = {mark: last - timedelta(days=mark) for mark in marks if (mark < 0) == is_over}
    due = [mark for mark, day in days.items() if day <= today and (is_over or signed < day)]
    return min(due, default=None)


def _remind_of(nda: Nda, at: datetime) -> None:
    is_over = nda.is_over(at)
    disclosing_parties = list(managers_of(nda.disclosing_party))
    named = people_of(nda.receiving_party).filter(named_in__nda=nda) if is_over else ()
    # A set: who manages and is named is told once, as is who stands on both sides.
    receiving_parties = {*managers_of(nda.receiving_party), *named} - {*disclosing_parties}
    for recipients, other in (
        (disclosing_parties, nda.receiving_party),
        (receiving_parties, nda.disclosing_party),
    ):
        facts = {
            "is_over": is_over,
            "is_receiver": other == nda.disclosing_party,
            "last_day": nda.last_day.isoformat(),
            "return_on": nda.return_on.isoformat(),
        }
        _tell(nda, recipients, nda_reminder, other=other, at=at, **facts)


def _tell(
    nda: Nda,
    recipients: Iterable[User],
    kind: NoticeKind,
    *,
    other: Organisation,
    at: datetime,
    **facts: Any,
) -> None:
    tell(
        recipients=recipients,
        kind=kind,
        facts={"material": nda.material, "organisation": other.name, **facts},
        url=f"/ndas/{nda.pk}/",
        at=at,
    )
