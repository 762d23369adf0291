"""Two at once: one takes a request on, caps hold together, one partner is proposed once."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import connection

from dure.apps.people.models import User
from dure.apps.support import operations
from dure.apps.support.models import Candidate, SupportRequest, Visit
from dure.apps.support.reasons import Reason
from dure.apps.support.stages import CandidateStage
from dure.foundation.verdict import Refused
from tests.cast import make_cast
from tests.conftest import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*calls):
    """What each call gave, or its reason; all begin together."""

    def run(call):
        try:
            return call()
        except Refused as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def person(name):
    return User.objects.get(name=name)


def test_of_two_who_take_a_request_on_one_owns_it():
    cast = make_cast()
    cast.support_body()
    asked = cast.support_request()

    answers = at_once(*(
        lambda name=name: operations.take_on(request=asked, by=person(name), at=NOON)
        for name in ("matcher", "colleague")
    ))  # fmt: skip

    assert answers.count(Reason.OWNED_ALREADY) == 1
    assert SupportRequest.objects.get().steps.count() == 2


def test_eight_visits_at_once_stay_within_the_hours():
    cast = make_cast()
    request = cast.support_step(cast.owned_request("legal-help"), "working")

    answers = at_once(*(
        lambda: operations.note_visit(
            request=request, on=NOON.date(), hours=Decimal(20), text="상담",
            by=person("matcher"), at=NOON,
        )
        for _number in range(8)
    ))  # fmt: skip

    assert answers.count(Reason.OVER_THE_CAP) == 5
    assert sum(visit.hours for visit in Visit.objects.all()) == 60


def test_a_partner_is_proposed_once_and_answers_once():
    cast = make_cast()
    request, profile = cast.owned_request(), cast.partner_profile()

    proposals = at_once(*(
        lambda: operations.propose(request=request, profile=profile, by=person("matcher"), at=NOON)
        for _number in range(4)
    ))  # fmt: skip
    assert proposals.count(Reason.PROPOSED_ALREADY) == 3
    made = Candidate.objects.get()
    for stage, by in (("WANTED", "supplier"), ("INTRODUCED", "matcher")):
        operations.answer(candidate=made, stage=CandidateStage(stage), by=person(by), at=NOON)

    answers = at_once(
        lambda: operations.answer(
            candidate=made, stage=CandidateStage.ACCEPTED, role="시험", by=person("professor"),
            at=NOON,
        ),
        lambda: operations.answer(
            candidate=made, stage=CandidateStage.DECLINED, text="바빠요.", by=person("professor"),
            at=NOON,
        ),
    )  # fmt: skip

    assert answers.count(Reason.STAGE_CLOSED) == 1
    made.refresh_from_db()
    assert made.stage in (CandidateStage.ACCEPTED, CandidateStage.DECLINED)
