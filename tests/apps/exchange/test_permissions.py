"""Who may do what in international exchange, role by role: permissions.csv."""

from pathlib import Path

import pytest
from django.utils import timezone

from dure.apps.exchange import permissions, queries
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(db, cast):
    firm, now = cast.foreigner(), timezone.now()
    abroad = cast.abroad(firm).organisation
    asked = cast.exchange_meeting()
    part, _other = cast.exchange_parts(asked, firm, answered=False)
    talk = cast.talk(foreigner=firm)
    contact = cast.contact(firm)
    request, taken = cast.help_request(), cast.help_request(taken=True)
    accord = cast.accord(abroad=abroad)
    technology = cast.technology(title="열펌프")
    return {
        "may_see_exchange": permissions.may_see_exchange,
        "may_run": permissions.may_run,
        "may_read_figures": permissions.may_read_figures,
        "may_register_abroad": permissions.may_register_abroad,
        "may_list: of the supplier": lambda user: permissions.may_list(user, technology),
        "may_change_meeting": lambda user: permissions.may_change_meeting(user, asked),
        "may_move: to arranging": lambda user: permissions.may_move(user, asked, "ARRANGING"),
        "may_apply_at_all": permissions.may_apply_at_all,
        "may_apply: for the buyer": lambda user: permissions.may_apply(
            user, asked, cast.buyer, now
        ),
        "may_answer": lambda user: permissions.may_answer(user, part),
        "may_withdraw": lambda user: permissions.may_withdraw(user, part),
        "may_arrange": lambda user: permissions.may_arrange(user, talk.meeting),
        "may_assign": lambda user: permissions.may_assign(user, talk),
        "may_record": lambda user: permissions.may_record(user, talk),
        "may_open: held": lambda user: permissions.may_open(user, contact.talk),
        "may_read_messages": lambda user: permissions.may_read_messages(user, contact),
        "may_write": lambda user: permissions.may_write(user, contact),
        "may_ask: for the supplier": lambda user: permissions.may_ask(user, cast.supplier),
        "may_take": lambda user: permissions.may_take(user, request),
        "may_report: taken by the officer": lambda user: permissions.may_report(user, taken),
        "may_enter_accord": lambda user: permissions.may_enter_accord(user, cast.supplier, abroad),
        "may_follow": lambda user: permissions.may_follow(user, accord),
        "abroad_visible_to": queries.abroad_visible_to,
        "accords_visible_to": queries.accords_visible_to,
        "contacts_visible_to": queries.contacts_visible_to,
        "listings_visible_to": queries.listings_visible_to,
        "meetings_visible_to": queries.meetings_visible_to,
        "parts_visible_to": queries.parts_visible_to,
        "requests_visible_to": queries.requests_visible_to,
        "talks_visible_to": queries.talks_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries, exclude=set())


def test_a_firm_from_abroad_sees_its_own_and_no_other_firm_of_its_side(cast):
    firm, other = cast.foreigner(), cast.foreigner("other@example.org")
    contact, accord = cast.contact(firm), cast.accord(abroad=cast.abroad(firm).organisation)
    meeting = contact.talk.meeting

    assert queries.contacts_visible_to(firm).get() == contact
    assert queries.accords_visible_to(firm).get() == accord
    assert queries.abroad_visible_to(firm).get() == cast.abroad(firm)
    assert meeting in queries.meetings_visible_to(other)  # of its country
    for seen in (
        queries.contacts_visible_to, queries.accords_visible_to, queries.parts_visible_to,
        queries.talks_visible_to, queries.requests_visible_to,
    ):  # fmt: skip
        assert not seen(other).exists()
    assert not permissions.may_run(firm)
    assert not permissions.may_register_abroad(firm)


def test_a_meeting_with_other_countries_is_not_announced_to_a_firm(cast):
    firm = cast.foreigner()
    elsewhere = cast.exchange_meeting(countries=["DE"])

    assert elsewhere not in queries.meetings_visible_to(firm)
    assert elsewhere in queries.meetings_visible_to(cast["supplier"])
