"""A deposit with a release, handed in and released, for the test of routes."""

from dure.apps.deposits import queries
from tests.apps.deposits.test_deposits import LATER, asked, granted


def things(cast, world):
    done = granted(
        cast,
        granted(
            cast, asked(cast, cast.kept_deposit(users=[cast.buyer], is_secret=False)), "officer"
        ),
        "officer2",
        LATER,
    )
    released = done.files.get()
    waiting = cast.deposited()
    kept = cast.kept_deposit(users=[cast.buyer])
    release = granted(cast, asked(cast, kept), "officer")
    return {
        "deposits:": kept.pk,
        "deposits:accept": waiting.pk,
        "deposits:send_back": waiting.pk,
        "deposits:open_file": kept.files.get().pk,
        "deposits:paid": kept.terms.get().pk,
        "deposits:new_key": cast.supplier.pk,
        "deposits:change_key": queries.key_of(cast.supplier).pk,
        "deposits:secret": queries.key_of(cast.supplier).pk,
        "deposits:release": release.pk,
        "deposits:grant": release.pk,
        "deposits:refuse": release.pk,
        "deposits:object": release.pk,
        "deposits:take_back": release.pk,
        "deposits:open_released": released.pk,
        "deposits:ask_release": cast.kept_deposit(users=[cast.buyer]).pk,
    }
