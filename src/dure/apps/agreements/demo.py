"""Agreements of the demonstration, in several states: `demo/project-agreements.toml`.

Everything goes through the same operations that people use.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dure.apps.agreements import adapter, operations, queries
from dure.apps.agreements.models import Agreement, Instalment
from dure.apps.agreements.operations import NewAnnex, NewCost, NewMoney, NewParty
from dure.apps.agreements.stages import InstalmentStage
from dure.apps.people.demo import join, officers, person
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.apps.people.queries import managers_of
from dure.apps.programmes.queries import programmes
from dure.engines.funding import Role
from dure.foundation.demo import Demonstration, demonstrates
from dure.foundation.paper import pdf

MILLION = 1_000_000
SIGN_WITHIN = timedelta(days=14)
# Why an agreement that has ended has no project here.
NOTE = "과제는 이전 시스템에서 수행하고 정산했으며, 여기에는 협약과 지급만 옮겨 왔습니다."
# Who can stand in a role, of the organisations that were invented.
KINDS = {
    "lead": (OrganisationKind.SME, OrganisationKind.STARTUP),
    "demand": (OrganisationKind.LARGE, OrganisationKind.MID_SIZE, OrganisationKind.PUBLIC),
}


@demonstrates("agreements")
def load(demonstration: Demonstration) -> None:
    """Load the agreements, unless they are there; what was selected draws itself up."""
    if Agreement.objects.filter(application=None).exists():
        return
    file = demonstration.folder / "project-agreements.toml"
    script = tomllib.loads(file.read_text(encoding="utf-8"))
    first, second = officers()
    agency = _agency(first)
    known = {programme.slug: programme for programme in programmes()}
    place, today = count(), timezone.localdate()
    for group in script["agreements"]:
        for title, signed, until in _each(group):
            number, at = next(place), _noon(_day(signed, today))
            with pghistory.context(user=first.pk):
                made = _draft(known[group["programme"]], group, title, agency, number, first, at)
            with transaction.atomic():  # what has ended opens no project any more
                _bring_on(made, until, group, first, second, at)
        _change(group, first)
        _plead(group, second)
    for group in script["agreements"]:  # once an approver is named nobody signs alone
        _sign_otherwise(demonstration, group, first)
    operations.expire_due(at=timezone.now())
    operations.draft_decided(at=timezone.now())
    demonstration.say(f"{Agreement.objects.count()} agreements")


def _each(group: Mapping[str, Any]) -> Iterator[tuple[str, Any, str]]:
    """Title, when it was signed and how far it went, of each agreement of a group."""
    titles = group["titles"]
    signed, until = group.get("signed", 0), group["until"]
    for place, title in enumerate(titles):
        yield (
            title,
            signed[place] if isinstance(signed, list) else signed,
            until[place] if isinstance(until, list) else until,
        )


def _day(signed: int | str, today: date) -> date:
    return date.fromisoformat(signed) if isinstance(signed, str) else today - timedelta(days=signed)


def _agency(officer: User) -> Organisation:
    now = timezone.now()
    organisation, _made = Organisation.objects.get_or_create(
        business_number="9998899990",
        defaults={
            "name": "한국기술협력진흥원",
            "name_en": "Korea Technology Cooperation Agency",
            "kind": OrganisationKind.AGENCY,
            "is_invented": True,
            "verified_at": now,
            "verified_by": officer,
        },
    )
    return organisation


def _draft(
    programme: Any,
    row: Mapping[str, Any],
    title: str,
    agency: Organisation,
    number: int,
    by: User,
    at: datetime,
) -> Agreement:
    roles = ["government", *row["parties"]]
    parties = [NewParty(Role.GOVERNMENT, agency)]
    for place, role in enumerate(row["parties"]):
        whose = _organisation("lead" if role == Role.WORKER else role, number * len(roles) + place)
        if role == Role.DEMAND and "demand_of" in row:
            whose = _organisation_of(row["demand_of"]) or whose
        account = f"999-{number:06d}-01-{place + 1:03d}"
        if role == Role.WORKER:
            worker = managers_of(whose)[0]
            parties.append(NewParty(role, person=worker, bank="기업은행", account_number=account))
        else:
            parties.append(
                NewParty(
                    role, whose, representative="대표이사", bank="기업은행", account_number=account
                )
            )
    starts_on = timezone.localdate(at) + timedelta(days=row["starts"])
    return operations.draft(
        version=programme.current,
        title=title,
        starts_on=starts_on,
        ends_on=_ends(starts_on, row["months"]),
        months=row["months"],
        trl=row.get("trl"),
        confirmed=row.get("confirmed", ()),
        parties=parties,
        money=[
            NewMoney(
                roles.index(role), instrument, kind, won * MILLION, phase=phase[0] if phase else ""
            )
            for role, instrument, kind, won, *phase in row["money"]
        ],
        costs=[
            NewCost(roles.index(role), category, kind, won * MILLION)
            for role, category, kind, won in row.get("costs", ())
        ],
        by=by,
        at=at,
    )


def _change(row: Mapping[str, Any], officer: User) -> None:
    """The changes that the leads of the first agreements of a kind ask for."""
    for title, row_of_change in zip(row["titles"], row.get("changes", ()), strict=False):
        agreement = Agreement.objects.get(title=title, application=None)
        lead = agreement.parties.get(role=Role.LEAD)
        by = managers_of(lead.organisation).first() or officer
        wish, files = adapter.Wish(goal=row_of_change.get("goal")), []
        if "annex" in row_of_change:
            demand = agreement.parties.get(role=Role.DEMAND)
            wish, files = (
                adapter.Wish(duties=(demand.pk,)),
                [NewAnnex(row_of_change["annex"], _paper(row_of_change["annex"]))],
            )
        if moved := row_of_change.get("moved", 0) * MILLION:
            source, target = agreement.costs.order_by("pk")[:2]
            wish = adapter.Wish(
                costs={source.pk: source.amount - moved, target.pk: target.amount + moved}
            )
        with pghistory.context(user=by.pk):
            operations.ask_change(
                agreement=agreement,
                wish=wish,
                files=files,
                reason=row_of_change["reason"],
                by=by,
                at=timezone.now(),
            )


def _plead(row: Mapping[str, Any], officer: User) -> None:
    """What the owing organisations ask to be exempted of, and what an officer accepts of it."""
    for title, row_of_plea in zip(row["titles"], row.get("pleas", ()), strict=False):
        agreement = Agreement.objects.get(title=title, application=None)
        owed = agreement.obligations.get(party__role=Role.DEMAND)
        by = managers_of(owed.party.organisation)[0]
        with pghistory.context(user=by.pk):
            operations.plead(
                obligation=owed, reason=row_of_plea["reason"], by=by, at=timezone.now()
            )
        if row_of_plea.get("accepted"):
            with pghistory.context(user=officer.pk):
                operations.answer_plea(
                    obligation=owed, is_yes=True, answer="", by=officer, at=timezone.now()
                )


def _sign_otherwise(demonstration: Demonstration, row: Mapping[str, Any], officer: User) -> None:
    """What is being signed by other ways: first by who approves it, or outside on sealed paper."""
    for title, way in zip(row["titles"], row.get("signed_by", ()), strict=False):
        agreement = Agreement.objects.get(title=title, application=None)
        demand = agreement.parties.get(role=Role.DEMAND)
        if way == "APPROVER":
            approver = person(demonstration, "approver@dure.example", "서결재")
            join(approver, demand.organisation)
            demonstration.sign_ins[approver.email] = f"{approver.name}  {demand} 내부 결재자"
            by = managers_of(demand.organisation).exclude(pk=approver.pk)[0]
            operations.name_approver(
                organisation=demand.organisation, user=approver, by=by, at=timezone.now()
            )
            continue
        file = operations.hand_in(
            agreement=agreement, way=way, file=_paper("날인 협약서"), by=officer, at=timezone.now()
        )
        lead = agreement.parties.get(role=Role.LEAD)
        by = managers_of(lead.organisation)[0]
        operations.accept_file(file=file, party=lead, by=by, at=timezone.now())


def _paper(title: str) -> "ContentFile[bytes]":
    """A file of one page with a title."""
    return ContentFile(
        pdf(f'<html lang="ko"><h1>{title}</h1><p>시연 자료</p></html>'), f"{title}.pdf"
    )


def _ends(starts_on: date, months: int) -> date:
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + months, 12)
    return date(year, month + 1, min(starts_on.day, 28)) - timedelta(days=1)


def _organisation_of(email: str) -> Organisation | None:
    """The organisation of somebody of the demonstration."""
    return Organisation.objects.filter(
        memberships__user__email=email, verified_at__isnull=False
    ).first()


def _organisation(role: str, number: int) -> Organisation:
    """An invented organisation that fits a role and has somebody who signs."""
    kinds = KINDS.get(role, KINDS["demand"])
    organisations = Organisation.objects.filter(
        kind__in=kinds, is_invented=True, verified_at__isnull=False, memberships__role="MANAGER"
    ).distinct()
    # Of whom a list says something may be kept out of programmes.
    fitting = list(organisations.filter(recorded_facts__isnull=True).order_by("pk"))
    return fitting[number % len(fitting)]


def _bring_on(
    made: Agreement, until: str, row: Mapping[str, Any], first: User, second: User, at: datetime
) -> None:
    if until in ("DRAFT", "DROPPED"):
        if until == "DROPPED":
            reason = "기업이 사업 계획을 접었습니다."
            operations.drop(agreement=made, reason=reason, by=first, at=at)
        return
    with pghistory.context(user=first.pk):
        for title in row.get("annexes", ()):
            operations.add_annex(agreement=made, what=title, file=_paper(title), by=first, at=at)
        text = operations.open_for_signing(
            agreement=made, sign_by=timezone.localdate(at) + SIGN_WITHIN, by=first, at=at
        )
    if "signed_by" in row:
        return
    for party in sorted(
        queries.parties_left(text), key=lambda one_party: one_party.role == Role.GOVERNMENT
    ):
        is_agency = party.role == Role.GOVERNMENT
        by = second if is_agency else party.person or managers_of(party.organisation)[0]
        with pghistory.context(user=by.pk):
            if until == "REFUSED":
                operations.refuse(party=party, reason="투자 일정이 미루어졌습니다.", by=by, at=at)
                return
            operations.sign(party=party, by=by, at=at)
        if until in ("SIGNING", "EXPIRED"):
            return
    with pghistory.context(user=first.pk):
        _runs(made, until, row, first)


def _runs(made: Agreement, until: str, row: Mapping[str, Any], by: User) -> None:
    """What came in of an agreement in force, and its end."""
    due, note = _own_first(made), row.get("note", NOTE)
    made.refresh_from_db()
    if until == "COMPLETED":
        for instalment in due:
            _pay(instalment, by)
        at = _noon(made.ends_on + timedelta(days=30))
        operations.end(agreement=made, stage=until, reason=note, by=by, at=at)
    elif until == "TERMINATED":
        _pay(due[0], by)
        at = _noon(due[0].due_on + timedelta(days=90))
        reason = f"주관기업이 사업을 접어 협약을 해지했습니다. {note}"
        operations.end(agreement=made, stage=until, reason=reason, by=by, at=at)
    else:
        for instalment in due[: row.get("pay", 0)]:
            _pay(instalment, by)


def _pay(instalment: Instalment, by: User) -> None:
    """Confirmed where it waits for a milestone, and paid on its day."""
    if instalment.stage == InstalmentStage.PLANNED:
        asked = _noon(instalment.due_on - timedelta(days=20))
        instalment = operations.ask_confirmation(instalment=instalment, by=by, at=asked)
        confirmed = _noon(instalment.due_on - timedelta(days=2))
        instalment = operations.confirm(instalment=instalment, by=by, at=confirmed)
    operations.enter_payment(
        instalment=instalment, paid_on=instalment.due_on, by=by, at=_noon(instalment.due_on)
    )


def _noon(day: date) -> datetime:
    """Noon of a day in Korea."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def _own_first(agreement: Agreement) -> list[Any]:
    due = agreement.instalments.select_related("payer", "agreement").order_by("due_on", "number")
    return sorted(
        due, key=lambda instalment: (instalment.due_on, instalment.payer.role == Role.GOVERNMENT)
    )
