"""A budget with its entry and accounts, for the test of routes."""

from dure.apps.ledger.models import Account, Entry


def things(cast, world):
    budget = cast.appropriation()
    return {
        "ledger:account": Account.objects.get(kind="FREE").pk,
        "ledger:entry": Entry.objects.get().pk,
        "ledger:budget": budget.pk,
    }
