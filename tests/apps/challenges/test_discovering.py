"""From what centres gather to what is announced."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from dure.apps.challenges import operations, queries
from dure.apps.challenges.models import Candidate, Discovery, Judgement, SimilarPair
from dure.apps.challenges.operations import Text
from dure.apps.challenges.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

CHANGED = Text(
    "설비 안전 영상 감지", "프레스 끼임 사고를 카메라로 미리 알아야 합니다.", "정확도 97 %"
)


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        call(*args, **kwargs)
    return refusal.value.reason


def discovery():
    return Discovery.objects.get()


def judge_all(cast, scene, decisions):
    operations.open_round(discovery=discovery(), held_on=NOON.date(), by=cast["officer"])
    for name, (decision, reason) in decisions.items():
        operations.judge(
            candidate=scene[name], decision=decision, reason=reason, by=cast["reviewer"], at=NOON
        )
    operations.close_round(discovery=discovery(), by=cast["officer"], at=NOON)


def test_the_whole_way_from_three_to_one(cast, scene):
    operations.start_verification(discovery=discovery(), by=cast["officer"])
    judge_all(
        cast, scene,
        {"wall": ("KEEP", ""), "gate": ("HOLD", "범위를 좁힐 것"), "taps": ("DROP", "이미 있음")},
    )  # fmt: skip
    assert {name: scene[name].stage for name in scene.candidates} == {
        "wall": "IN_REVIEW", "gate": "HELD", "taps": "DROPPED",
    }  # fmt: skip
    judge_all(cast, scene, {"wall": ("KEEP", ""), "gate": ("DROP", "자료 없음")})

    operations.select(
        discovery=discovery(), candidates=[scene["wall"]], by=cast["officer"], at=NOON
    )
    assert (
        refused(operations.announce, discovery=discovery(), by=cast["officer2"], at=NOON)
        == Reason.TEXT_NOT_APPROVED
    )
    operations.approve(candidate=scene["wall"], seen=1, by=cast["manager"], at=NOON)
    assert (
        refused(operations.announce, discovery=discovery(), by=cast["officer"], at=NOON)
        == Reason.SECOND_PERSON
    )
    operations.announce(discovery=discovery(), by=cast["officer2"], at=NOON)

    assert queries.funnel(discovery()) == [
        ("gathered", 3, 0),
        ("round-1", 1, 2),
        ("round-2", 1, 1),
        ("selected", 1, 0),
    ]
    for key, count, _ended in queries.funnel(discovery()):
        assert queries.at_step(Candidate.objects.all(), key).count() == count


def test_a_later_change_voids_the_approval(cast, scene):
    operations.start_verification(discovery=discovery(), by=cast["officer"])
    judge_all(cast, scene, dict.fromkeys(scene.candidates, ("KEEP", "")))
    operations.select(
        discovery=discovery(), candidates=[scene["wall"]], by=cast["officer"], at=NOON
    )
    operations.approve(candidate=scene["wall"], seen=1, by=cast["manager"], at=NOON)
    operations.revise(
        candidate=scene["wall"], text=CHANGED, note="수치", seen=1, by=cast["member"], at=NOON
    )

    assert scene["wall"].approved is None
    assert (
        refused(operations.approve, candidate=scene["wall"], seen=1, by=cast["manager"], at=NOON)
        == Reason.CHANGED_MEANWHILE
    )
    assert (
        refused(operations.announce, discovery=discovery(), by=cast["officer2"], at=NOON)
        == Reason.TEXT_NOT_APPROVED
    )
    assert scene["gate"].stage == "DROPPED"
    assert "자리가 모자라" in scene["gate"].reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": Text(" ", "문제")}, Reason.TITLE_MISSING),
        ({"text": Text("제목", "")}, Reason.PROBLEM_MISSING),
        ({"organisation": "supplier"}, Reason.NO_DEMAND_ORGANISATION),
        ({"by": "manager"}, Reason.NOT_THE_CENTRE),
        ({"by": "coordinator"}, Reason.NOT_THE_CENTRE),
        ({"at": NOON + timedelta(days=30)}, Reason.NOT_GATHERING),
        ({"need": "rival"}, Reason.NEED_OF_ANOTHER),
        ({}, Reason.CENTRE_FULL),
    ],
)
def test_what_a_centre_may_not_bring(cast, scene, changes, reason):
    fields = {"organisation": "buyer", "by": "centre_officer", "at": NOON, "need": None} | changes
    if reason != Reason.CENTRE_FULL:
        operations.add_centre(
            discovery=discovery(), organisation=scene.centre.organisation, quota=9,
            by=cast["officer"],
        )  # fmt: skip
    need = cast.need(organisation=getattr(cast, fields["need"])) if fields["need"] else None
    assert (
        refused(
            operations.gather,
            centre=scene.centre,
            organisation=getattr(cast, fields["organisation"]),
            text=fields.get("text", Text("제목", "문제")),
            need=need,
            by=cast[fields["by"]],
            at=fields["at"],
        )
        == reason
    )
    assert Candidate.objects.count() == 3


def test_a_need_is_a_candidate_once_and_the_chain_is_kept(cast, scene):
    need = cast.need()
    fields = {
        "centre": scene.other_centre, "organisation": cast.buyer, "text": Text("제목", "문제"),
        "need": need, "by": cast["coordinator"], "at": NOON,
    }  # fmt: skip
    assert operations.gather(**fields).need == need
    assert refused(operations.gather, **fields) == Reason.NEED_TAKEN


def test_rounds_are_closed_only_when_all_is_decided_and_reasons_are_given(cast, scene):
    operations.start_verification(discovery=discovery(), by=cast["officer"])
    fields = {"candidate": scene["wall"], "by": cast["reviewer"], "at": NOON}
    assert refused(operations.judge, decision="KEEP", reason="", **fields) == Reason.NO_ROUND
    operations.open_round(discovery=discovery(), held_on=NOON.date(), by=cast["officer"])
    assert refused(operations.judge, decision="DROP", reason=" ", **fields) == Reason.REASON_MISSING
    operations.judge(decision="KEEP", reason="", **fields)
    operations.judge(decision="HOLD", reason="다시 볼 것", **fields)
    assert Judgement.objects.get().decision == "HOLD"
    assert (
        refused(operations.close_round, discovery=discovery(), by=cast["officer"], at=NOON)
        == Reason.NOT_ALL_JUDGED
    )
    assert (
        refused(
            operations.select, discovery=discovery(), candidates=[scene["wall"]],
            by=cast["officer"], at=NOON,
        )
        == Reason.ROUND_OPEN
    )  # fmt: skip


def test_only_what_was_kept_is_selected_and_no_more_than_there_are_places(cast, scene):
    operations.start_verification(discovery=discovery(), by=cast["officer"])
    judge_all(
        cast, scene, {"wall": ("KEEP", ""), "gate": ("KEEP", ""), "taps": ("HOLD", "자료 없음")}
    )
    fields = {"discovery": discovery(), "by": cast["officer"], "at": NOON}
    every = list(Candidate.objects.all())
    assert refused(operations.select, candidates=every, **fields) == Reason.TOO_MANY
    assert refused(operations.select, candidates=[scene["taps"]], **fields) == Reason.NOT_JUDGED
    assert refused(operations.select, candidates=[], **fields) == Reason.NONE_SELECTED


def test_who_sees_a_candidate_before_and_after_it_is_announced(cast, scene):
    def seeing():
        return {
            role
            for role in ("visitor", *cast.people)
            if queries.candidates_visible_to(
                cast[role] if role != "visitor" else AnonymousUser()
            ).filter(pk=scene["wall"].pk)
        }

    from django.contrib.auth.models import AnonymousUser

    inside = {"officer", "officer2", "administrator", "centre_officer", "reviewer",
              "member", "manager"}  # fmt: skip
    assert seeing() == inside
    operations.start_verification(discovery=discovery(), by=cast["officer"])
    judge_all(cast, scene, dict.fromkeys(scene.candidates, ("KEEP", "")))
    operations.select(
        discovery=discovery(), candidates=[scene["wall"]], by=cast["officer"], at=NOON
    )
    operations.approve(candidate=scene["wall"], seen=1, by=cast["manager"], at=NOON)
    assert seeing() == inside
    operations.announce(discovery=discovery(), by=cast["officer2"], at=NOON)
    assert seeing() == {"visitor", *cast.people}


def test_near_duplicates_are_merged_when_both_owners_agree(cast, scene):
    operations.gather(
        centre=scene.other_centre, organisation=cast.rival,
        text=Text("설비 안전 영상 감지", "공장 끼임 사고를 카메라로 미리 알아야 합니다.", "정확도 95 %"),
        by=cast["coordinator"], at=NOON,
    )  # fmt: skip
    assert operations.find_similar(discovery=discovery(), by=cast["officer"]) == 1
    assert operations.find_similar(discovery=discovery(), by=cast["officer"]) == 0
    pair = SimilarPair.objects.get()
    assert pair.first == scene["wall"]

    operations.answer_pair(pair=pair, are_same=True, by=cast["officer"], at=NOON)
    assert refused(operations.agree_to_merge, pair=pair, by=cast["supplier"], at=NOON) == (
        Reason.NOT_THE_OWNER
    )
    operations.agree_to_merge(pair=pair, by=cast["manager"], at=NOON)
    assert refused(operations.agree_to_merge, pair=pair, by=cast["manager"], at=NOON) == (
        Reason.AGREED_ALREADY
    )
    assert pair.second.stage == "GATHERED"
    operations.agree_to_merge(pair=pair, by=cast["rival"], at=NOON)
    merged = Candidate.objects.get(pk=pair.second_id)
    assert (merged.stage, merged.merged_into) == ("MERGED", scene["wall"])


@pytest.mark.django_db(transaction=True)
def test_two_centres_bring_the_same_need_at_once_and_one_is_kept(cast, scene):
    need = cast.need()
    barrier, outcomes = threading.Barrier(2), []

    def bring(centre, role):
        barrier.wait()
        try:
            operations.gather(
                centre=centre, organisation=cast.buyer, text=Text("제목", "문제"), need=need,
                by=cast[role], at=NOON,
            )  # fmt: skip
            outcomes.append("brought")
        except Refused as refusal:
            outcomes.append(refusal.reason)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=bring, args=pair)
        for pair in ((scene.other_centre, "coordinator"), (scene.other_centre, "officer"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["brought", Reason.NEED_TAKEN])
