"""A researcher applies alone, is proposed under a number, consents to one firm, withdraws, is erased."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.researchstaff import operations, permissions, queries
from dure.apps.researchstaff.models import Application, Consent
from dure.apps.researchstaff.reasons import Reason
from dure.apps.support import adapter
from dure.apps.support.models import Profile
from dure.apps.support.queries import profiles_to_propose
from dure.foundation.verdict import Refused
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole

pytestmark = pytest.mark.django_db


def refused(reason, act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(**arguments)
    assert refusal.value.reason == reason


def test_somebody_without_a_firm_applies_and_is_proposed_under_a_number(cast, as_role):
    answer = as_role("newcomer").post(reverse("researchstaff:apply"), {
        "text": "가스 센서 신호 처리", "level": "new", "degree": "doctor", "wish": "both",
        "region": "", "free_from": "2027-01-01", "name": "박한결", "telephone": "", "months": 6,
        "agrees": "on",
    })  # fmt: skip
    assert answer.status_code == 302
    application = Application.objects.get()
    request = cast.owned_request("secondment", work="가스 센서 신호 처리 회로를 개발해요.")

    [best] = adapter.proposals_for(request, profiles_to_propose(request))

    assert best.profile == application.profile
    assert best.reasons
    assert "박한결" not in str(vars(best.profile))
    assert not queries.applications_visible_to(cast["officer"]).exists()


def test_a_firm_reads_name_and_contact_only_while_there_is_consent(cast, as_role):
    candidate = cast.asked_researcher()
    page = candidate.get_absolute_url()

    def sees(role):
        return "010-0000-1234" in as_role(role).get(page).content.decode()

    assert not sees("supplier")
    operations.consent(candidate=candidate, by=cast["newcomer"], at=NOON)
    assert sees("supplier")
    assert not sees("matcher")
    assert not sees("officer")
    assert "박한결" not in str(list(Notice.objects.values_list("facts", flat=True)))
    operations.take_back(candidate=candidate, by=cast["newcomer"], at=NOON)
    assert not sees("supplier")


def test_consent_is_for_a_firm_that_was_introduced_and_given_by_the_researcher(cast):
    candidate = cast.asked_researcher()
    refused(Reason.NOT_YOURS, operations.consent, candidate=candidate, by=cast["matcher"], at=NOON)
    operations.consent(candidate=candidate, by=cast["newcomer"], at=NOON)
    refused(
        Reason.CONSENTED_ALREADY, operations.consent, candidate=candidate, by=cast["newcomer"],
        at=NOON,
    )  # fmt: skip


def test_who_withdraws_is_erased_and_proposed_no_more(cast):
    alone = cast.researcher("reviewer")
    operations.withdraw(application=alone, by=cast["reviewer"])
    assert not Profile.objects.filter(pk=alone.profile_id).exists()

    candidate = cast.asked_researcher(accepts=False)
    operations.consent(candidate=candidate, by=cast["newcomer"], at=NOON)
    application = Application.objects.get()
    operations.withdraw(application=application, by=cast["newcomer"])

    candidate.profile.refresh_from_db()
    kept = candidate.profile
    assert (kept.is_open, kept.text, kept.email) == (False, "", "")
    assert not Consent.objects.exists()
    assert not hasattr(Application, "pgh_event_model")


def test_what_is_over_is_erased_after_a_warning_but_not_while_at_work(cast):
    cast.researcher("reviewer", months=3)
    cast.asked_researcher()
    soon, later = NOON + timedelta(days=80), NOON + timedelta(days=400)

    assert operations.forget(at=soon) == 0
    assert operations.forget(at=soon) == 0
    notices = Notice.objects.filter(facts__event="SOON")
    assert [notice.recipient for notice in notices] == [cast["reviewer"]]
    assert operations.forget(at=later) == 1

    assert Application.objects.get().user == cast["newcomer"]


def test_a_term_of_more_than_ten_years_is_not_taken(cast, as_role):
    cast.support_body("secondment")
    answer = as_role("supplier").post(
        reverse("support:ask", args=["secondment"]), {"title": "연구자", "value_months": "1000000"}
    )
    assert answer.status_code == 422
    assert "120" in answer.content.decode()


def test_each_role_is_answered_as_the_table_says(cast):
    candidate = cast.asked_researcher()
    application = Application.objects.get()
    may = permissions
    cases = {
        "may_apply": may.may_apply,
        "may_change": lambda user: may.may_change(user, application),
        "may_consent": lambda user: may.may_consent(user, candidate),
        "may_take_back: nothing given": lambda user: may.may_take_back(user, candidate),
        "may_see_figures": may.may_see_figures,
        "applications_visible_to": queries.applications_visible_to,
        "consents_visible_to": queries.consents_visible_to,
        "candidates_visible_to": queries.candidates_visible_to,
    }

    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)
    assert_whole(cases, permissions, queries)
