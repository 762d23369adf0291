"""From a firm that looks for a mentor to the end review of both."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from dure.apps.mentoring import adapter, operations, queries
from dure.apps.mentoring.kinds import Part, Side, Way
from dure.apps.mentoring.models import Case, Pair, Profile, Session
from dure.apps.mentoring.reasons import Reason
from dure.apps.mentoring.stages import PairStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import Organisation
from dure.foundation.ties import ties_of
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = localdate(NOON)


def refused(reason, act, **arguments):
    with pytest.raises(Refused) as refusal:
        act(at=NOON, **arguments)
    assert refusal.value.reason == reason


def review(cast, pair, part, who, at=NOON):
    return operations.review(pair=pair, part=part, score=4, text="좋아요.", by=cast[who], at=at)


def test_the_engine_proposes_with_reasons_who_teaches_what_is_wanted(cast):
    case = cast.mentoring_case()
    fits = cast.mentoring_profile("rival")
    cast.mentoring_profile("stranger", by="coordinator", teaches="해외 전시회와 통관을 도와요.")

    best, *_rest = adapter.proposals_for(case, queries.mentors_for(case), TODAY)

    assert best.profile == fits
    assert any("센서" in reason["text"]["ko"] for reason in best.fit.reasons)
    assert all(reason["text"]["en"] for reason in best.fit.reasons)


def test_both_say_yes_agree_on_goals_meet_review_and_end(cast):
    pair = cast.running_pair(-200)
    assert pair.stage == PairStage.RUNNING
    assert pair.person == cast["rival"]

    noted = operations.note_session(
        pair=pair, on=TODAY, minutes=60, way=Way.PHONE, text="검사 순서를 봤어요.",
        by=cast["coordinator"], at=NOON,
    )  # fmt: skip
    assert noted.side == Side.COORDINATOR
    refused(Reason.REVIEWS_MISSING, operations.end, pair=pair, reached=[], by=cast["coordinator"])
    review(cast, pair, Part.END, "rival")
    assert queries.reviews_of(pair, Side.MENTEE) == []
    review(cast, pair, Part.END, "supplier")
    assert len(queries.reviews_of(pair, Side.MENTEE)) == 2

    goal = pair.goals.get()
    pair = operations.end(pair=pair, reached=[goal.pk], by=cast["coordinator"], at=NOON)

    goal.refresh_from_db()
    assert (pair.stage, goal.is_reached) == (PairStage.ENDED, True)
    assert Case.objects.get().closed_at == NOON


def test_goals_count_once_both_confirm_the_same_ones(cast):
    pair = cast.pair_with_goals(by="supplier")
    seen_at = pair.goals_changed_at
    later = NOON + timedelta(hours=1)
    pair = operations.set_goals(
        pair=pair, goals=[operations.Draft("다른 목표", "다른 지표")], starts_on=TODAY,
        ends_on=TODAY + timedelta(days=90), by=cast["supplier"], at=later,
    )  # fmt: skip

    refused(
        Reason.CHANGED_MEANWHILE, operations.confirm, pair=pair, seen_at=seen_at, by=cast["rival"]
    )
    pair = operations.confirm(pair=pair, seen_at=later, by=cast["rival"], at=later)

    assert pair.stage == PairStage.RUNNING


@pytest.mark.parametrize("tie", ["group", "rivalry", "dispute"])
def test_who_is_tied_is_neither_proposed_nor_paired(cast, tie):
    case = operations.take(case=cast.mentoring_case(), by=cast["coordinator"], at=NOON)
    mentor = cast.mentoring_profile("rival")
    if tie == "group":
        Organisation.objects.filter(pk__in=[cast.supplier.pk, cast.rival.pk]).update(
            group=cast.buyer.group
        )
    elif tie == "rivalry":
        operations.name_rival(
            organisation=cast.rival, rival=cast.supplier, by=cast["rival"], at=NOON
        )
    else:
        request = cast.support_request("mediation")
        request.counterpart = cast.rival
        request.save()

    assert adapter.proposals_for(case, queries.mentors_for(case), TODAY) == []
    refused(
        Reason.TIED, operations.propose, case=case, mentor=mentor, by=cast["coordinator"],
        despite="그래도",
    )  # fmt: skip


def test_an_agreement_between_two_is_shown_and_needs_a_word(cast):
    agreement = cast.signed_agreement()
    parties = {party.organisation_id for party in agreement.parties.all()}
    assert {cast.supplier.pk, cast.buyer.pk} <= parties
    case = operations.take(case=cast.mentoring_case(), by=cast["coordinator"], at=NOON)
    mentor = cast.mentoring_profile("buyer", by="manager")

    [proposal] = adapter.proposals_for(case, queries.mentors_for(case), TODAY)
    assert proposal.ties
    refused(Reason.TIED, operations.propose, case=case, mentor=mentor, by=cast["coordinator"])
    pair = operations.propose(
        case=case, mentor=mentor, despite="과제와 다른 분야", by=cast["coordinator"], at=NOON
    )

    assert pair.despite == "과제와 다른 분야"


def test_a_mentor_and_the_coordinator_are_tied_to_the_mentee(cast):
    pair = cast.agreeing_pair()

    facts = [fact for fact in ties_of([cast["rival"].pk], []) if fact.kind == "mentoring"]
    assert {fact.party for fact in facts} >= {
        f"organisation:{cast.rival.pk}", f"person:{cast['rival'].pk}",
        f"person:{cast['coordinator'].pk}",
    }  # fmt: skip
    assert {fact.other for fact in facts} == {f"organisation:{pair.mentee_id}"}


def test_a_firm_mentors_no_more_than_it_said(cast):
    pair = cast.mentoring_pair()
    cast.mentoring_profile("stranger", by="coordinator", wants="센서", teaches="")
    case = operations.ask(organisation=cast.stranger, by=cast["coordinator"], at=NOON)
    operations.take(case=case, by=cast["coordinator"], at=NOON)
    mentor = Profile.objects.get(organisation=pair.mentor)

    assert not queries.mentors_for(case)
    refused(
        Reason.MENTOR_FULL, operations.propose, case=case, mentor=mentor, by=cast["coordinator"]
    )
    assert case.is_asked_for


def test_a_case_is_handed_over_with_a_note_and_everybody_is_told(cast):
    pair = cast.mentoring_pair()
    Notice.objects.all().delete()

    case = operations.hand_over(
        case=pair.case, to=cast["officer"], note="5월에 공장을 봤어요.", by=cast["coordinator"],
        at=NOON,
    )  # fmt: skip

    assert case.hand_overs.get().note == "5월에 공장을 봤어요."
    recipients = set(Notice.objects.values_list("recipient__name", flat=True))
    assert recipients == {"officer", "supplier"}
    assert not queries.pairs_visible_to(cast["coordinator"]).exists()


def test_reviews_that_are_due_and_silence_are_told_of_once(cast):
    cast.running_pair(-100)
    Notice.objects.all().delete()

    assert operations.remind(at=NOON) == 2
    assert operations.remind(at=NOON + timedelta(days=1)) == 0
    events = {(notice.facts["event"], notice.recipient.name) for notice in Notice.objects.all()}

    assert events == {("REVIEW", "rival"), ("REVIEW", "supplier"), ("QUIET", "coordinator")}


def test_a_session_is_noted_with_one_form_and_stands_on_the_page(cast, as_role):
    pair = cast.running_pair()
    page = reverse("mentoring:session", args=[pair.pk])
    assert 'value="VISIT"' in as_role("rival").get(page).content.decode()

    as_role("rival").post(page, {
        "on": TODAY.isoformat(), "minutes": 90, "way": "ONLINE", "text": "도면을 함께 봤어요.",
    })  # fmt: skip

    assert Session.objects.get().minutes == 90
    shown = as_role("supplier").get(pair.get_absolute_url()).content.decode()
    assert "도면을 함께 봤어요." in shown


def test_the_lists_go_out_as_excel_and_figures_hide_means_of_few(cast, as_role):
    pair = cast.running_pair(-200)
    for who in ("rival", "supplier"):
        review(cast, pair, Part.END, who)

    for name in ("pairs", "profiles", "cases"):
        answer = as_role("officer").get(reverse(f"mentoring:{name}") + "?format=xlsx")
        assert answer["Content-Type"].endswith("sheet"), name
    figures = as_role("officer").get(reverse("mentoring:figures")).content.decode()

    assert "4.0" not in figures
    assert Pair.objects.count() == 1
