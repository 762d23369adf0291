"""Two officers at once: one of them does it, the other is told."""

import pytest

from dure.apps.calls import operations
from dure.apps.calls.models import Call, Proposal
from dure.apps.calls.stages import CallStage, ProposalStage
from tests.apps.calls.conftest import CLOSES, announced_call, draft_call
from tests.at_once import at_once
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_announce_one_does():
    cast = make_cast()
    draft = draft_call(cast)

    outcomes = at_once(
        *(
            lambda who=who: operations.announce(call=draft, by=cast[who], at=NOON)
            for who in ("officer2", "administrator")
        )
    )

    assert outcomes == ["STAGE_CLOSED", "done"]
    assert Call.objects.get().revision == 1


def test_of_two_who_propose_one_does_and_of_two_who_confirm_one_does():
    cast = make_cast()
    call = announced_call(cast)

    proposed = at_once(
        lambda: operations.propose_cancellation(call=call, reason="x", by=cast["officer"], at=NOON),
        lambda: operations.propose_extension(
            call=call, until=CLOSES.replace(hour=9), reason="x", by=cast["officer"], at=NOON
        ),
    )
    assert proposed == ["PROPOSED_ALREADY", "done"]

    proposal = Proposal.objects.get()
    confirmed = at_once(
        *(
            lambda who=who: operations.confirm(proposal=proposal, by=cast[who], at=NOON)
            for who in ("officer2", "administrator")
        )
    )
    assert confirmed == ["STAGE_CLOSED", "done"]
    assert Proposal.objects.get().stage == ProposalStage.CONFIRMED


def test_a_call_is_opened_or_extended_never_both():
    cast = make_cast()
    call = announced_call(cast)
    operations.close_due(at=CLOSES)
    proposal_made = lambda: operations.propose_extension(  # noqa: E731
        call=call, until=CLOSES.replace(hour=9), reason="x", by=cast["officer"], at=CLOSES
    )

    outcomes = at_once(
        proposal_made, lambda: operations.note_opening(call=call, by=cast["officer2"], at=CLOSES)
    )

    assert outcomes in (["OPENED_ALREADY", "done"], ["STILL_SEALED", "done"])
    call = Call.objects.get()
    assert (call.opened_at is None) == Proposal.objects.exists()
    assert call.stage == CallStage.CLOSED
