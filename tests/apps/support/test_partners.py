"""Partners: proposed with reasons, wanted, introduced, agreed with a role; private ones unnamed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from dure.apps.notices.models import Notice
from dure.apps.support import adapter, operations, queries
from dure.apps.support.kinds import ProfileKind
from dure.apps.support.reasons import Reason
from dure.apps.support.stages import CandidateStage
from dure.foundation.facts import facts_about
from dure.foundation.ties import organisation, person, ties_of
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def refused(call, *arguments, **named):
    with pytest.raises(Refused) as refusal:
        call(*arguments, **named)
    return refusal.value.reason


def move(cast, candidate, stage, by, **said):
    return operations.answer(
        candidate=candidate, stage=CandidateStage(stage), by=cast[by], at=NOON, **said
    )


def test_the_engine_proposes_who_fits_first_and_says_why(cast):
    fits = cast.partner_profile()
    cast.partner_profile("EX-2", name="이도담", keywords=["마늘"], text="마늘 파종기를 연구해요.")
    request = cast.owned_request()

    best, *rest = adapter.proposals_for(request, queries.profiles_to_propose(request))

    assert best.profile == fits
    assert any("센서" in reason["text"]["ko"] for reason in best.reasons)
    assert all(reason["text"]["en"] for reason in best.reasons)
    assert [each.profile.number for each in rest] in ([], ["EX-2"])


def test_nobody_is_proposed_who_may_not_be(cast):
    request = cast.owned_request("partner")
    kind = {"kind": ProfileKind.FIRM, "pool": "", "email": ""}
    cast.partner_profile("F-1", **kind, organisation=cast.supplier)
    cast.partner_profile("F-2", **kind, is_open=False)
    cast.partner_profile("F-3", kind=ProfileKind.EXPERT)
    cast.supplier.group = cast.buyer.group
    cast.supplier.save()
    request.refresh_from_db()
    cast.partner_profile("F-4", **kind, organisation=cast.sister)
    cast.stranger.is_opted_out = True
    cast.stranger.save()
    cast.partner_profile("F-5", **kind, organisation=cast.stranger)
    free = cast.partner_profile("F-6", **kind)

    assert list(queries.profiles_to_propose(request)) == [free]
    closed = {"request": request, "by": cast["matcher"], "at": NOON}
    other = cast.partner_profile("F-7", **(kind | {"is_open": False}))
    assert refused(operations.propose, profile=other, **closed) == Reason.NOT_OPEN
    operations.propose(profile=free, **closed)
    assert refused(operations.propose, profile=free, **closed) == Reason.PROPOSED_ALREADY


def test_only_the_owner_proposes_and_only_while_searching(cast):
    profile, request = cast.partner_profile(), cast.owned_request()
    call = {"request": request, "profile": profile, "at": NOON}

    assert refused(operations.propose, **call, by=cast["colleague"]) == Reason.NOT_THE_OWNER
    assert refused(operations.propose, **call, by=cast["supplier"]) == Reason.NOT_THE_OWNER
    other = cast.support_request()
    call["request"] = other
    assert refused(operations.propose, **call, by=cast["matcher"]) == Reason.NO_PROPOSALS


def test_the_firm_wants_the_owner_introduces_the_partner_answers(cast):
    profile, request = cast.partner_profile(), cast.owned_request()
    made = operations.propose(request=request, profile=profile, by=cast["matcher"], at=NOON)

    assert refused(move, cast, made, "WANTED", "matcher") == Reason.NOT_ASKED
    made = move(cast, made, "WANTED", "supplier")
    assert refused(move, cast, made, "INTRODUCED", "supplier") == Reason.NOT_ASKED
    assert not queries.candidates_visible_to(cast["professor"])
    made = move(cast, made, "INTRODUCED", "matcher")
    assert Notice.objects.filter(recipient=cast["professor"]).count() == 1
    assert list(queries.candidates_waiting_for(cast["professor"])) == [made]
    assert refused(move, cast, made, "ACCEPTED", "supplier", role="x") == Reason.NOT_ASKED
    assert refused(move, cast, made, "ACCEPTED", "professor") == Reason.FIELD_MISSING
    assert refused(move, cast, made, "DECLINED", "professor") == Reason.SAY_WHY

    made = move(cast, made, "ACCEPTED", "professor", role="촉매 설계")

    assert (made.role, made.entered_for) == ("촉매 설계", False)
    assert refused(move, cast, made, "DECLINED", "professor", text="x") == Reason.STAGE_CLOSED


def test_what_the_owner_enters_for_a_partner_is_marked(cast):
    made = cast.agreed_partner(cast.owned_request(), cast.partner_profile())

    assert made.entered_for is True


def test_a_partner_answers_on_a_page_and_reads_no_more_than_needed(cast, as_role):
    profile, request = cast.partner_profile(), cast.owned_request()
    made = operations.propose(request=request, profile=profile, by=cast["matcher"], at=NOON)
    made = move(cast, move(cast, made, "WANTED", "supplier"), "INTRODUCED", "matcher")

    page = as_role("professor").get(made.get_absolute_url())
    assert "센서" in page.content.decode()
    assert as_role("professor").get(request.get_absolute_url()).status_code == 404
    assert as_role("rival").get(made.get_absolute_url()).status_code == 404
    answer = reverse("support:answer", args=[made.pk, "accepted"])
    assert as_role("professor").post(answer, {"text": ""}).status_code == 422
    sent = as_role("professor").post(answer, {"role": "시험", "text": "할게요."})
    assert sent.url == made.get_absolute_url()
    visit = reverse("support:visit", args=[request.pk])
    assert as_role("professor").get(visit).status_code == 404
    cast.support_step(request, "working")
    said = {"on": "2026-11-20", "hours": "2.5", "text": "첫 방문"}
    assert as_role("professor").post(visit, said).url == made.get_absolute_url()
    assert request.visits.get().by == cast["professor"]


def test_a_partner_takes_no_more_requests(cast, as_role):
    profile, request = cast.partner_profile(), cast.owned_request()
    url = reverse("support:set_open", args=[profile.pk, "closed"])
    assert as_role("supplier").post(url).status_code == 404

    assert "Your profile" in as_role("professor").get(reverse("support:services")).content.decode()
    as_role("professor").post(url)

    profile.refresh_from_db()
    assert not profile.is_open
    assert not queries.profiles_to_propose(request).exists()


def test_the_months_of_a_researcher_end_the_step(cast):
    researcher = {"kind": ProfileKind.RESEARCHER, "pool": ""}
    request = cast.owned_request("research-staff", months=24)
    cast.agreed_partner(request, cast.partner_profile(**researcher))

    request = cast.support_step(request, "working", values={"starts_on": "2026-12-01"})

    assert request.due_on.isoformat() == "2028-11-30"


def test_a_researcher_has_no_name_before_consenting(cast, as_role):
    researcher = {"kind": ProfileKind.RESEARCHER, "pool": "", "name": "박한결"}
    profile, request = cast.partner_profile(**researcher), cast.owned_request("research-staff")
    made = operations.propose(request=request, profile=profile, by=cast["matcher"], at=NOON)

    def page():
        return as_role("supplier").get(request.get_absolute_url()).content.decode()

    assert "박한결" not in page()
    assert as_role("supplier").get(profile.get_absolute_url()).status_code == 404
    assert "박한결" in as_role("matcher").get(request.get_absolute_url()).content.decode()
    assert not Notice.objects.filter(facts__who__contains="박한결").exists()
    made = move(cast, move(cast, made, "WANTED", "supplier"), "INTRODUCED", "matcher")
    assert "박한결" not in page()
    move(cast, made, "ACCEPTED", "professor", role="회로 설계")
    assert "박한결" in page()


def test_an_agreed_partner_is_a_fact_for_calls_from_that_day(cast):
    cast.agreed_partner(cast.owned_request("partner"), cast.partner_profile(**UNIVERSITY))

    def holds(on):
        return {f.name: f.value for f in facts_about(cast.supplier, on)}.get("matching_partner")

    assert holds(TODAY) is True
    assert holds(TODAY - timedelta(days=1)) is None


UNIVERSITY = {
    "kind": ProfileKind.UNIVERSITY, "name": "한결대학교", "pool": "", "email": "",
    "affiliation": "",
}  # fmt: skip


def test_whoever_advised_a_firm_is_tied_to_it(cast):
    cast.agreed_partner(cast.owned_request(), cast.partner_profile())

    facts = ties_of([cast["professor"].pk], [])

    tie = next(each for each in facts if each.kind == "mentoring")
    assert (tie.party, tie.other) == (
        person(cast["professor"].pk), organisation(cast.supplier.pk),
    )  # fmt: skip
    assert (tie.start, tie.end) == (TODAY, None)
    assert any(each.kind == "mentoring" for each in ties_of([], [cast.supplier.pk]))
    assert not [each for each in ties_of([], [cast.rival.pk]) if each.kind == "mentoring"]


def test_the_role_stands_in_the_application_of_a_fed_programme(cast):
    from dure.apps.support.panels import partners_in

    cast.agreed_partner(cast.owned_request("partner"), cast.partner_profile(**UNIVERSITY))
    application = cast.draft_application()
    programme = application.call.version.programme
    assert partners_in(application, cast["supplier"]) is None

    programme.slug = "academia-collab"
    panel = partners_in(application, cast["reviewer"])

    assert [each.role for each in panel["partners"]] == ["촉매 설계와 시험"]
    assert panel["open_to"] == set()


def test_an_agreed_partner_is_asked_to_take_part_from_the_application(cast, as_role):
    from dure.apps.support.panels import partners_in

    cast.agreed_partner(
        cast.owned_request("partner"), cast.partner_profile(**UNIVERSITY, organisation=cast.rival)
    )
    application = cast.draft_application()
    application.call.version.programme.slug = "academia-collab"
    panel = partners_in(application, cast["supplier"])
    [partner] = panel["partners"]
    assert panel["to_invite"] == {partner.pk}
    assert partners_in(application, cast["reviewer"])["to_invite"] == set()

    members = reverse("applications:members", args=[application.pk])
    page = as_role("supplier").get(members, {"number": cast.rival.number}).content.decode()

    assert f'value="{cast.rival.number}"' in page
