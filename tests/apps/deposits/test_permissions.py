"""Who may do what with deposits, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest

from dure.apps.deposits import permissions, queries
from dure.apps.deposits.kinds import rules
from tests.apps.deposits.test_deposits import LATER, asked, granted
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    waiting, kept = cast.deposited(), cast.kept_deposit(users=[cast.buyer])
    release = granted(cast, asked(cast, kept), "officer")
    done = asked(cast, cast.kept_deposit(users=[cast.buyer], is_secret=False))
    done = granted(cast, granted(cast, done, "officer"), "officer2", LATER)
    open_ended = cast.kept_deposit(users=[cast.buyer])
    may, grounds, today = permissions, rules().grounds, NOON.date()
    near = kept.ends_on - timedelta(days=30)
    return {
        "may_keep_key: of the supplier": lambda user: may.may_keep_key(user, cast.supplier),
        "may_keep_officer_key": may.may_keep_officer_key,
        "may_deposit: for the supplier": lambda user: may.may_deposit(user, cast.supplier),
        "may_deposit: for the rival, no key": lambda user: may.may_deposit(user, cast.rival),
        "may_send_files": may.may_send_files,
        "may_accept": lambda user: may.may_accept(user, waiting),
        "may_enter_payment": lambda user: may.may_enter_payment(user, kept.terms.get()),
        "may_renew: early": lambda user: may.may_renew(user, kept, today),
        "may_renew: a month before its end": lambda user: may.may_renew(user, kept, near),
        "may_withdraw: while a release is open": lambda user: may.may_withdraw(user, kept),
        "may_withdraw": lambda user: may.may_withdraw(user, open_ended),
        "may_open": lambda user: may.may_open(user, kept),
        "may_ask_release: the user": lambda user: may.may_ask_release(
            user, open_ended, cast.buyer, grounds["CLOSURE"]
        ),
        "may_ask_any_release": lambda user: may.may_ask_any_release(user, open_ended),
        "may_grant: second, in the time to object": lambda user: may.may_grant(
            user, release, today
        ),
        "may_grant: second": lambda user: may.may_grant(user, release, LATER.date()),
        "may_refuse": lambda user: may.may_refuse(user, release),
        "may_object": lambda user: may.may_object(user, release, today),
        "may_take_back": lambda user: may.may_take_back(user, release),
        "may_open_released": lambda user: may.may_open_released(user, done.files.get()),
        "deposits_visible_to: handed in": lambda user: queries.deposits_visible_to(user).filter(
            pk=waiting.pk
        ),
        "deposits_visible_to: with a user": lambda user: queries.deposits_visible_to(user).filter(
            pk=kept.pk
        ),
        "files_visible_to: with a user": lambda user: queries.files_visible_to(user).filter(
            deposit=kept
        ),
        "terms_visible_to": lambda user: queries.terms_visible_to(user).filter(deposit=kept),
        "releases_visible_to": lambda user: queries.releases_visible_to(user).filter(pk=release.pk),
        "released_files_visible_to": queries.released_files_visible_to,
        "keys_visible_to": queries.keys_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
