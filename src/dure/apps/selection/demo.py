"""The selection of the demonstration: sixty reviewers, and two rounds of the challenge call.

The first round is decided and two firms object to their results: one objection is open, the other was
upheld and a second panel judges again; of a firm that was selected it has become known since that a
reviewer is its kin. In the second round one panel has half of its sheets, the other
has all of them and confirms its minutes. A call of another programme gives each application reviewers of
its own, half of whom have handed in. What is said is in `demo/selection.toml`. Everything goes through the same operations that people use, with the dates it
would have had.
"""

import tomllib
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.utils import timezone

from dure.apps.calls.models import Call, CallKind, Round
from dure.apps.calls.queries import programme_of
from dure.apps.people.demo import officers, person
from dure.apps.people.models import User
from dure.apps.people.queries import managers_of
from dure.apps.selection import operations, queries
from dure.apps.selection.kinds import Outcome
from dure.apps.selection.models import (
    Decision,
    Item,
    Member,
    Objection,
    Panel,
    Reviewer,
    Selection,
    Work,
)
from dure.apps.selection.stages import ItemStage, PanelStage, SelectionStage
from dure.foundation.demo import Demonstration, demonstrates

Script = Mapping[str, Any]
PLACES, RESERVE, PANELS = 5, 3, 2
CAPITAL = ("SEOUL", "GYEONGGI", "INCHEON")
MEMBERS, FEE = 7, 50_000


@demonstrates("selection")
def load(demonstration: Demonstration) -> None:
    """Load the pool and both selections, unless there is one."""
    if Selection.objects.exists():
        return
    call = Call.objects.filter(kind=CallKind.DESIGNATED, openings__count__gt=0).first()
    if call is None:
        return
    script = tomllib.loads((demonstration.folder / "selection.toml").read_text(encoding="utf-8"))
    first, second = call.rounds.filter(openings__count__gt=0).order_by("number")
    _fill_pool(demonstration, script["reviewers"], first.deadline_at)
    _add_works(script)
    now = timezone.now()
    _play_decided(_begun(call, first, now - timedelta(days=22)), script)
    _play_running(_begun(call, second, now + timedelta(days=4)), script)
    _play_each(script, now)
    _name_who_signs_in(demonstration)
    demonstration.say(
        f"{Reviewer.objects.count()} reviewers, {Selection.objects.count()} selections"
    )


def _fill_pool(demonstration: Demonstration, entries: list[Script], at: datetime) -> None:
    officer, _second = officers()
    for number, entry in enumerate(entries, start=1):
        user = person(
            demonstration, entry.get("email", f"expert{number:02}@dure.example"), entry["name"]
        )
        with pghistory.context(user=officer.pk):
            reviewer = operations.invite(person=user, by=officer, at=at)
        state = entry.get("state")
        if state == "INVITED":
            continue
        with pghistory.context(user=user.pk):
            if state == "DECLINED":
                operations.decline(reviewer=reviewer, by=user)
                continue
            operations.accept(
                reviewer=reviewer, fields=entry["fields"], kinds=entry.get("kinds", ""),
                region=entry["region"], most_a_year=30, by=user, at=at + timedelta(hours=number),
            )  # fmt: skip
            if state == "ABSENT":
                today = timezone.localdate(at)
                operations.set_absence(
                    reviewer=reviewer,
                    first=today,
                    last=today + timedelta(days=180),
                    by=user,
                    at=at,
                )
        if state == "BARRED":
            operations.bar(reviewer=reviewer, reason="비밀 유지 서약을 어겼음", by=officer)


def _add_works(script: Script) -> None:
    """What the first reviewer did, as a list from a spreadsheet would bring it."""
    reviewer = Reviewer.objects.get(user__email=script["reviewers"][0]["email"])
    Work.objects.bulk_create(
        Work(reviewer=reviewer, added_at=reviewer.declared_at, **work) for work in script["works"]
    )


def _begun(call: Call, within: Round, due_at: datetime) -> Selection:
    """The selection of a round, every application checked and its panels formed and pledged."""
    officer, _second = officers()
    opened = within.deadline_at + timedelta(days=2)
    with pghistory.context(user=officer.pk):
        selection = operations.begin(
            call=call, within=within, places=PLACES, reserve=RESERVE, most_of_a_challenge=1,
            fee_won=FEE, by=officer, at=opened,
        )  # fmt: skip
        items = list(selection.items.select_related("application__organisation"))
        for number, item in enumerate(items):
            _check(item, number, officer, opened + timedelta(days=1))
        panels = operations.form_panels(
            selection=selection, count=PANELS, members=MEMBERS, by=officer,
            due_at=due_at, at=opened + timedelta(days=4),
        )  # fmt: skip
    for panel in panels:
        seats = _pledged(panel, opened + timedelta(days=5))
        with pghistory.context(user=officer.pk):
            operations.elect_chair(member=seats[0], by=officer)
    selection.refresh_from_db()
    return selection


def _pledged(panel: Panel, at: datetime) -> list[Member]:
    """The members of a panel, after each gave the pledge."""
    seats = list(panel.members.select_related("reviewer__user"))
    for seat in seats:
        with pghistory.context(user=seat.reviewer.user_id):
            operations.pledge(member=seat, by=seat.reviewer.user, at=at)
    return seats


def _check(item: Item, number: int, by: User, at: datetime) -> None:
    """Complete, but for one that hands in later and, in each round, one that is excluded."""
    bonus = 0 if item.application.organisation.region in CAPITAL else 2
    stages = [(ItemStage.ADMITTED, "")]
    if number == 4:
        stages = [(ItemStage.INCOMPLETE, "신용조회 동의서에 서명이 없습니다."), *stages]
    elif number == 14:
        stages = [(ItemStage.EXCLUDED, "중소기업 확인서의 유효 기간이 지났습니다.")]
    for days, (stage, missing) in enumerate(stages):
        operations.check_item(
            item=item, stage=stage, missing=missing, bonus=bonus, penalty=0, by=by,
            at=at + timedelta(days=days),
        )  # fmt: skip


def _play_decided(selection: Selection, script: Script) -> None:
    """From the sheets to the decision, and the objection of a firm that was not selected."""
    officer, second = officers()
    end = timezone.now() - timedelta(days=4)
    for panel in selection.panels.all():
        _score(panel, script, end - timedelta(days=20))
        _close(panel, script["minutes"]["text"], end - timedelta(days=14))
    with pghistory.context(user=officer.pk):
        operations.propose(selection=selection, changes={}, by=officer, at=end - timedelta(days=2))
    with pghistory.context(user=second.pk):
        operations.decide(selection=selection, by=second, at=end)
    objecting = queries.decisions_of(selection).filter(outcome=Outcome.REJECTED, rank__gt=0)
    two = list(objecting.order_by("rank", "pk")[:2])
    for decision in two[:1]:
        _object(decision, script["objection"], end + timedelta(days=2))
    for decision in two[1:]:
        _play_second_panel(decision, script, end)
    _become_known(selection, script, timezone.now() - timedelta(hours=5))


def _object(decision: Decision, script: Script, at: datetime) -> Objection:
    by = managers_of(decision.application.organisation).get()
    with pghistory.context(user=by.pk):
        return operations.object_to(
            decision=decision, ground=script["ground"], text=script["text"], by=by, at=at
        )


def _play_second_panel(decision: Decision, script: Script, end: datetime) -> None:
    """An objection that a fresh panel upheld; of the panel that judges again some have handed in."""
    officer, _second = officers()
    upheld = script["upheld"]
    objection = _object(decision, upheld, end + timedelta(hours=20))
    members = queries.rules_of(decision.selection).objection.members
    fresh = queries.second_judges(objection.decision.application, timezone.localdate(end))
    with pghistory.context(user=officer.pk):
        operations.name_voters(
            objection=objection, reviewers=fresh[:members], by=officer, at=end + timedelta(days=1)
        )
    for voter in objection.voters.select_related("reviewer__user"):
        by = voter.reviewer.user
        with pghistory.context(user=by.pk):
            operations.vote(voter=voter, is_yes=True, by=by, at=end + timedelta(days=2))
    now = timezone.now()
    with pghistory.context(user=officer.pk):
        objection = operations.settle(
            objection=objection, answer=upheld["answer"], by=officer, at=end + timedelta(days=2)
        )
        panel = operations.judge_again(
            objection=objection, reviewers=fresh[members : 2 * members],
            due_at=now + timedelta(days=6), by=officer, at=end + timedelta(days=3),
        )  # fmt: skip
        operations.elect_chair(member=_pledged(panel, end + timedelta(days=3))[0], by=officer)
    _score(panel, script, now - timedelta(hours=12), share=2)


def _play_running(selection: Selection, script: Script) -> None:
    """Half of the sheets of one panel, all of the other, whose minutes not all have confirmed."""
    half, whole = selection.panels.all()
    now = timezone.now()
    _score(half, script, now - timedelta(days=2), share=2)
    _score(whole, script, now - timedelta(days=5))
    chair = whole.members.get(is_chair=True).reviewer.user
    with pghistory.context(user=chair.pk):
        panel = operations.start_consensus(panel=whole, by=chair, at=now - timedelta(days=3))
        panel = operations.write_minutes(
            panel=panel, text=script["minutes"]["text"], seen=panel.version, by=chair,
            at=now - timedelta(days=1),
        )  # fmt: skip
    _confirm(panel, list(panel.members.all())[:4], now - timedelta(hours=20))


def _play_each(script: Script, now: datetime) -> None:
    """A call whose applications have reviewers of their own: assigned, pledged, half of the sheets in."""
    begun = now - timedelta(days=9)
    calls = Call.objects.filter(
        selections=None, openings__opened_at__isnull=False, openings__count__gt=0
    )
    reviewed_calls = (
        call for call in calls.distinct().order_by("pk") if programme_of(call).reviewing
    )
    if (call := next(reviewed_calls, None)) is None:
        return
    officer, _second = officers()
    with pghistory.context(user=officer.pk):
        selection = operations.begin(
            call=call, within=None, places=3, reserve=1, fee_won=FEE, by=officer, at=begun
        )
        for item in selection.items.select_related("application__organisation"):
            operations.check_item(
                item=item, stage=ItemStage.ADMITTED, missing="", bonus=0, penalty=0, by=officer,
                at=begun + timedelta(days=1),
            )  # fmt: skip
        panel = operations.assign_reviewers(
            selection=selection, due_at=now + timedelta(days=5), by=officer,
            at=begun + timedelta(days=2),
        )  # fmt: skip
    _pledged(panel, begun + timedelta(days=3))
    _score(panel, script, now - timedelta(days=3), share=2)


def _become_known(selection: Selection, script: Script, at: datetime) -> None:
    """The office hears that who gave a selected firm the most is its kin."""
    officer, _second = officers()
    selected = queries.decisions_of(selection).filter(outcome=Outcome.SELECTED)
    item = selected.order_by("-rank", "pk")[0].application.item
    sheets = queries.final_sheets([item]).select_related("member__reviewer")
    best = max(sheets, key=lambda sheet: (sum(sheet.marks.values()), -sheet.pk))
    with pghistory.context(user=officer.pk):
        operations.pin_conflict(
            item=item,
            reviewer=best.member.reviewer,
            reason=script["kin"]["reason"],
            by=officer,
            at=at,
        )


def _score(panel: Panel, script: Script, at: datetime, share: int = 1) -> None:
    """The sheets of a panel; of every `share` reviewers only the first has handed in."""
    items = list(panel.items.select_related("application__organisation", "selection"))
    for number, item in enumerate(items):
        for place, seat in enumerate(queries.readers_of(item)):
            if (place + number) % share:
                continue
            by = seat.reviewer.user
            with pghistory.context(user=by.pk):
                operations.save_sheet(
                    item=item, seen=0, **_sheet(item, seat, script), failed=[], note="",
                    is_final=True, by=by, at=at + timedelta(minutes=37 * number + place),
                )  # fmt: skip


def _sheet(item: Item, seat: Member, script: Script) -> dict[str, Any]:
    """Marks about what most find, each with its sentence; some reviewers are more severe."""
    number = item.application.organisation.business_number
    quality = next(
        (mark for firm, mark in script["quality"].items() if firm.replace("-", "") == number), 60
    )
    severity = _chance(f"{seat.reviewer_id}", 13) - 6
    sentences, marks, reasons = script["said"], {}, {}
    for criterion in queries.criteria_of(item.selection):
        mark = quality + severity + _chance(f"{seat.pk} {item.pk} {criterion.id}", 29) - 14
        marks[criterion.id] = max(20, min(100, round(mark / 20) * 20))
        place = 0 if marks[criterion.id] >= 80 else 1 if marks[criterion.id] == 60 else 2
        reasons[criterion.id] = sentences[criterion.id][place]
    best, worst = max(marks, key=lambda code: marks[code]), min(marks, key=lambda code: marks[code])
    opinion = f"잘한 점: {reasons[best]}\n보완할 점: {reasons[worst]}"
    return {"marks": marks, "reasons": reasons, "opinion": opinion}


def _chance(about: str, sides: int) -> int:
    """The same number for the same thing, from 0 to `sides` - 1."""
    return zlib.crc32(about.encode()) % sides


def _close(panel: Panel, text: str, at: datetime) -> None:
    chair = panel.members.get(is_chair=True).reviewer.user
    with pghistory.context(user=chair.pk):
        panel = operations.start_consensus(panel=panel, by=chair, at=at)
        panel = operations.write_minutes(
            panel=panel, text=text, seen=panel.version, by=chair, at=at + timedelta(days=1)
        )
    _confirm(panel, list(panel.members.all()), at + timedelta(days=2))
    with pghistory.context(user=chair.pk):
        operations.close_panel(panel=panel, by=chair, at=at + timedelta(days=3))


def _confirm(panel: Panel, seats: list[Member], at: datetime) -> None:
    for seat in seats:
        by = seat.reviewer.user
        with pghistory.context(user=by.pk):
            operations.confirm_minutes(panel=panel, seen=panel.version, by=by, at=at)


def _name_who_signs_in(demonstration: Demonstration) -> None:
    """A chair, a reviewer with sheets to fill in, and who objects."""
    panels = Panel.objects.filter(stage__in=[PanelStage.SCORING, PanelStage.CONSENSUS])
    for panel in panels.filter(selection__stage=SelectionStage.REVIEWING):
        for seat in panel.members.all()[:2]:
            role = "위원장" if seat.is_chair else "평가위원"
            user, where = seat.reviewer.user, "신청서별" if panel.reviews else f"{panel}분과"
            demonstration.sign_ins.setdefault(user.email, f"{user.name}  {where} {role}")
    for objection in queries.objections_visible_to(officers()[0]):
        user = objection.created_by
        demonstration.sign_ins.setdefault(user.email, f"{user.name}  이의신청")
