"""Who advised which firm: an expert or a partner who worked with it does not review it."""

from collections.abc import Collection, Iterator

from django.utils.timezone import localdate

from dure.apps.support import queries
from dure.engines.conflicts import Fact
from dure.foundation.ties import organisation, person, tie_source


@tie_source("support")
def advised(people: Collection[int], organisations: Collection[int]) -> Iterator[Fact]:
    """Partnerships of these people, found by their address, and of these organisations."""
    accounts = queries.accounts_of_partners(people)
    for partnership in queries.partnerships(people, organisations):
        firm, profile = organisation(partnership.request.organisation_id), partnership.profile
        start = localdate(partnership.answered_at) if partnership.answered_at else None
        end = partnership.ended_on or (
            localdate(partnership.request.closed_at) if partnership.request.closed_at else None
        )
        account = accounts.get(profile.email.lower()) if profile.is_person else None
        if account is not None:
            yield Fact("mentoring", person(account), firm, start, end)
        elif profile.organisation_id and not profile.is_person:
            yield Fact("mentoring", organisation(profile.organisation_id), firm, start, end)
