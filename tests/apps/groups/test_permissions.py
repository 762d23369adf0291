"""Who may do what with exchange groups, role by role: permissions.csv. The supplier is chair."""

from functools import partial
from pathlib import Path

import pytest

from dure.apps.groups import operations, permissions, queries
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.apps.groups.world import small_photo
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    group, today = cast.exchange_group(), NOON.date()
    operations.note_activity(
        group=group, values={"on": today, "title": "월례회", "attended": 9}, by=cast["supplier"],
        at=NOON,
    )  # fmt: skip
    operations.add_goal(
        group=group, values={"year": 2026, "kind": "PURCHASE", "measure": "절감액", "target": 10},
        by=cast["supplier"], today=today,
    )  # fmt: skip
    meeting = cast.group_meeting(group)
    meeting = operations.write_minutes(
        meeting=meeting, minutes="의논함", result="", by=cast["officer"], at=NOON
    )
    operations.add_photo(
        meeting=meeting, file=small_photo(), caption="사진", by=cast["supplier"], at=NOON
    )
    proposal = operations.raise_proposal(
        group=cast.federation(), by=cast["officer"], at=NOON,
        values={"kind": "POLICY", "title": "시험 장비", "text": "함께 써요."},
    )  # fmt: skip
    proposal = operations.take_up(
        proposal=proposal, owner=cast["reviewer"], due_on=today, by=cast["officer"], at=NOON
    )
    operations.set_dues(
        group=group, year=2026, amount=10, due_on=today, by=cast["supplier"], at=NOON
    )
    values = {"on": today, "kind": "DUES", "amount": 10, "party": "열림테크", "text": ""}
    values["member"] = group.members.get()
    paid = operations.book(group=group, values=values, by=cast["supplier"], at=NOON)
    operations.give_receipt(booking=paid, by=cast["supplier"], at=NOON)
    cast.second_member(group)
    pair = cast.group_pair(group)
    project = operations.found_group(
        values={"name": "과제 모임", "level": "PROJECT", "region": "BUSAN"}, by=cast["officer"]
    )
    load_shipped(at=NOON)
    operations.open_package(
        group=project, programme=Programme.objects.get(slug="exchange-package"),
        by=cast["officer"], at=NOON,
    )  # fmt: skip
    of_group = {
        "may_act_for: the supplier's group": permissions.may_act_for,
        "may_confirm: minutes of the officer": permissions.may_confirm,
        "may_speak_for: the supplier's firm": permissions.may_speak_for,
    }
    about = {"may_act_for": group, "may_confirm": meeting, "may_speak_for": cast.supplier}
    return {
        "may_run": permissions.may_run,
        **{
            name: partial(_on_a_day, rule, about[name.partition(":")[0]], today)
            for name, rule in of_group.items()
        },
        "may_read_minutes: the supplier's group": lambda user: permissions.may_read_minutes(
            user, group
        ),
        "may_take_part: the supplier's and the member's firm": permissions.may_take_part,
        "may_answer: the reviewer's": lambda user: permissions.may_answer(user, proposal),
        "may_own: the reviewer": permissions.may_own,
        "may_converge": permissions.may_converge,
        "may_read_pair": lambda user: permissions.may_read_pair(user, pair),
        "groups_visible_to": queries.groups_visible_to,
        "members_visible_to": queries.members_visible_to,
        "goals_visible_to": queries.goals_visible_to,
        "activities_visible_to": queries.activities_visible_to,
        "meetings_visible_to": queries.meetings_visible_to,
        "photos_visible_to": queries.photos_visible_to,
        "bookings_visible_to": queries.bookings_visible_to,
        "dues_visible_to": lambda user: queries.dues_visible_to(user, today),
        "receipts_visible_to": lambda user: queries.receipts_visible_to(user, today),
        "proposals_visible_to": queries.proposals_visible_to,
        "strengths_visible_to": queries.strengths_visible_to,
        "pairs_visible_to": queries.pairs_visible_to,
        "steps_visible_to": queries.steps_visible_to,
    }


def _on_a_day(rule, about, today, user):
    return rule(user, about, today)


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
