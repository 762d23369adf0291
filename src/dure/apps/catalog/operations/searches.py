"""Saved searches: kept, renamed, deleted, and asked for what is new."""

from datetime import datetime

from django.db import IntegrityError, transaction

from dure.apps.catalog.models import SavedSearch
from dure.apps.catalog.permissions import UNDO_WITHIN
from dure.apps.catalog.queries import searches_of
from dure.apps.catalog.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

MOST = 50
LONGEST_NAME = 100


@transaction.atomic
def save_search(*, kind: str, name: str, query: str, by: User, at: datetime) -> SavedSearch:
    """Keep the filters of a list, as they stand in its address, under a name. Raises Refused."""
    if searches_of(by).count() >= MOST:
        raise Refused(Reason.TOO_MANY_SEARCHES)
    search = SavedSearch(user=by, kind=kind, query=query, created_at=at, told_until=at)
    return _named(search, name)


@transaction.atomic
def rename_search(*, search: SavedSearch, name: str) -> SavedSearch:
    """Give a saved search another name. Raises Refused."""
    return _named(search, name)


@transaction.atomic
def delete_search(*, search: SavedSearch) -> None:
    """Forget a saved search."""
    search.delete()


@transaction.atomic
def take_searches(*, user: User, at: datetime) -> list[tuple[SavedSearch, datetime, datetime]]:
    """The saved searches of `user`, each with the span of time that is to be told of it now.

    The spans follow each other without gap or overlap. What was published in the last ten minutes
    waits for the next one, since its publisher may still undo it.
    """
    until = at - UNDO_WITHIN
    waiting = searches_of(user).filter(told_until__lt=until)
    taken = [(search, search.told_until, until) for search in waiting.select_for_update()]
    waiting.update(told_until=until)
    return taken


def _named(search: SavedSearch, name: str) -> SavedSearch:
    search.name = " ".join(name.split())[:LONGEST_NAME]
    if not search.name:
        raise Refused(Reason.NAME_MISSING)
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError:
        raise Refused(Reason.NAME_TAKEN) from None
    return search
