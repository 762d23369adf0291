"""Proposals: from the public to a revision that a second officer puts into force."""

import threading

import pytest
from django.db import connection

from dure.apps.roadmaps import operations, queries
from dure.apps.roadmaps.models import Branch, Opinion, ProposalSource, Roadmap
from dure.apps.roadmaps.reasons import Reason
from dure.apps.roadmaps.stages import ProposalStage
from dure.foundation.verdict import Refused
from tests.conftest import NOON


def branch(code):
    return Branch.objects.get(code=code)


def proposed(cast, small, role="supplier", **changes):
    fields = {
        "roadmap": small,
        "branch": branch("A-01"),
        "kind": "ADD",
        "source": "EXPERT",
        "name": "촉각 센서",
        "name_en": "Tactile sensors",
        "text": "조립 현장에서 찾습니다.",
        "by": cast[role],
        "at": NOON,
    }
    return operations.propose(**fields | changes)


def decided(cast, proposal, stage=ProposalStage.ACCEPTED, role="officer", reason="현장 수요"):
    return operations.move(proposal=proposal, stage=stage, reason=reason, by=cast[role], at=NOON)


def refused(call):
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.reason


def test_what_the_public_proposes_is_decided_and_released_by_a_second_officer(cast, small):
    proposal = proposed(cast, small)
    assert proposal.source == ProposalSource.PUBLIC
    decided(cast, proposal)
    assert not Branch.objects.filter(name="촉각 센서").exists()

    release = {"roadmap": small, "at": NOON}
    assert (
        refused(lambda: operations.release_revision(**release, by=cast["officer"]))
        == Reason.SECOND_PERSON
    )
    operations.release_revision(**release, by=cast["officer2"])

    added = branch("A-01-03")
    assert (added.name, added.level, added.added_in) == ("촉각 센서", 2, 2)
    assert Roadmap.objects.get().revision == 2
    proposal.refresh_from_db()
    assert proposal.released_in == 2
    assert (
        refused(lambda: operations.release_revision(**release, by=cast["officer2"]))
        == Reason.NOTHING_TO_RELEASE
    )


def test_renaming_and_removing_keep_what_was(cast, small):
    for changes in (
        {"kind": "RENAME", "branch": branch("A-02"), "name": "이송로봇"},
        {"kind": "REMOVE", "branch": branch("B"), "name": ""},
    ):
        decided(cast, proposed(cast, small, **changes))
    operations.release_revision(roadmap=small, by=cast["officer2"], at=NOON)

    assert branch("A-02").name == "이송로봇"
    assert branch("B").removed_in == 2
    assert "B" not in set(queries.branches_of(small).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"branch": "A-01-01"}, Reason.TOO_DEEP),
        ({"name": " "}, Reason.NAME_MISSING),
        ({"text": " "}, Reason.TEXT_MISSING),
        ({"kind": "REMOVE", "branch": None}, Reason.BRANCH_REMOVED),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(cast, small, changes, reason):
    if changes.get("branch"):
        changes = changes | {"branch": branch(changes["branch"])}
    assert refused(lambda: proposed(cast, small, **changes)) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": "힘 제어"}, Reason.NAME_TAKEN),
        ({"kind": "REMOVE"}, Reason.HAS_BRANCHES),
        ({"kind": "RENAME", "name": "물류로봇"}, Reason.NAME_TAKEN),
    ],
)
def test_a_change_that_is_not_possible_is_not_taken_up(cast, small, changes, reason):
    proposal = proposed(cast, small, **changes)
    assert refused(lambda: decided(cast, proposal)) == reason


def test_a_revision_is_whole_or_not_at_all(cast, small):
    decided(cast, proposed(cast, small, name="둘째"))
    decided(cast, proposed(cast, small, kind="RENAME", branch=branch("A-02"), name="A"))
    decided(cast, proposed(cast, small, branch=branch("A"), name="A"))

    assert (
        refused(lambda: operations.release_revision(roadmap=small, by=cast["officer2"], at=NOON))
        == Reason.NAME_TAKEN
    )
    assert Branch.objects.count() == 6
    assert Roadmap.objects.get().revision == 1


def test_who_decides_and_who_does_not(cast, small):
    proposal = proposed(cast, small)
    for role in ("supplier", "manager", "reviewer", "auditor", "centre_officer"):
        assert refused(lambda: decided(cast, proposal, role=role)) == Reason.NOT_AN_OFFICER  # noqa: B023
    own = proposed(cast, small, role="officer", name="다른 이름")
    assert own.source == ProposalSource.EXPERT
    assert refused(lambda: decided(cast, own)) == Reason.OWN_PROPOSAL
    assert refused(lambda: decided(cast, proposal, reason=" ")) == Reason.REASON_MISSING
    decided(cast, proposal, ProposalStage.WITHDRAWN, role="supplier", reason="")
    assert refused(lambda: decided(cast, proposal)) == Reason.STAGE_CLOSED


def test_an_expert_gives_one_opinion_and_may_change_it(cast, small):
    proposal = proposed(cast, small)
    for is_in_favour in (True, False):
        operations.give_opinion(
            proposal=proposal, is_in_favour=is_in_favour, text="이미 있음",
            by=cast["reviewer"], at=NOON,
        )  # fmt: skip
    assert not Opinion.objects.get().is_in_favour
    assert (
        refused(
            lambda: operations.give_opinion(
                proposal=proposal, is_in_favour=True, text="예", by=cast["manager"], at=NOON
            )
        )
        == Reason.NOT_AN_EXPERT
    )


def test_open_proposals_are_seen_by_who_made_and_who_judges_them(cast, small):
    proposal = proposed(cast, small)
    seen = {
        role: queries.proposals_visible_to(cast[role]).filter(pk=proposal.pk).exists()
        for role in ("supplier", "rival", "manager", "reviewer", "officer", "auditor")
    }
    assert seen == {
        "supplier": True, "rival": False, "manager": False,
        "reviewer": True, "officer": True, "auditor": False,
    }  # fmt: skip
    decided(cast, proposal, ProposalStage.REJECTED)
    assert queries.proposals_visible_to(cast["rival"]).filter(pk=proposal.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_release_at_once_and_one_revision_comes_of_it(cast, small):
    decided(cast, proposed(cast, small), role="administrator")
    barrier, outcomes = threading.Barrier(2), []

    def release(role):
        barrier.wait()
        try:
            operations.release_revision(roadmap=small, by=cast[role], at=NOON)
            outcomes.append("released")
        except Refused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=release, args=[role]) for role in ("officer", "officer2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == sorted(["released", Reason.NOTHING_TO_RELEASE])
    assert Roadmap.objects.get().revision == 2
    assert Branch.objects.filter(name="촉각 센서").count() == 1
