"""The officer's queue and the pairs of needs that may be the same."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dure.apps.catalog import operations
from dure.apps.catalog.models import DuplicateCandidate, Need
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NeedStage
from dure.apps.notices.models import Notice
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db

WAITING = {"stage": NeedStage.UNDER_REVIEW}


@pytest.mark.parametrize("url", ["/needs/review/", "/technologies/review/", "/needs/duplicates/"])
@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 302), ("member", 404), ("auditor", 404), ("officer", 200), ("administrator", 200)],
)
def test_the_queue_is_for_officers(client, cast, url, who, status):
    if who != "visitor":
        client.force_login(cast[who])

    assert client.get(url).status_code == status


def test_oldest_first_and_what_cannot_be_published_says_why(client, cast):
    cast.need(title="새것", handed_in_at=NOON, **WAITING)
    cast.need(title="옛것", handed_in_at=NOON - timedelta(days=3), **WAITING)
    cast.need(title="내가 낸 것", handed_in_by=cast["officer"], **WAITING)
    client.force_login(cast["officer"])

    rows = client.get("/needs/review/").context["rows"]

    assert [row["row"].entry.title for row in rows] == ["옛것", "새것", "내가 낸 것"]
    assert [row["may_publish"].reason for row in rows] == [None, None, Reason.SECOND_PERSON]


def test_publish_selected(client, cast):
    first, second = cast.need(**WAITING), cast.need(title="둘째", **WAITING)
    client.force_login(cast["officer"])

    client.post("/needs/review/publish/", {"ids": [first.pk]})

    assert Need.objects.get(stage=NeedStage.PUBLISHED) == first
    assert Need.objects.get(stage=NeedStage.UNDER_REVIEW) == second


def test_the_button_of_a_row_settles_that_row_alone(client, cast):
    first, second = cast.need(**WAITING), cast.need(title="둘째", **WAITING)
    client.force_login(cast["officer"])

    client.post("/needs/review/publish/", {"ids": [first.pk, second.pk], "only": second.pk})

    assert Need.objects.get(stage=NeedStage.PUBLISHED) == second


def test_what_one_may_not_publish_is_skipped_and_named(client, cast):
    fine = cast.need(**WAITING)
    own = cast.need(title="내가 낸 것", handed_in_by=cast["officer"], **WAITING)
    client.force_login(cast["officer"])

    answer = client.post("/needs/review/publish/", {"ids": [fine.pk, own.pk]}, follow=True)

    assert Need.objects.get(stage=NeedStage.PUBLISHED) == fine
    messages = [str(message) for message in answer.context["messages"]]
    assert len(messages) == 2
    assert "내가 낸 것" in messages[1]


@pytest.mark.parametrize("data", [{}, {"ids": ["x"]}, {"ids": ["999999"]}])
def test_nothing_ticked_says_so(client, cast, data):
    client.force_login(cast["officer"])

    answer = client.post("/needs/review/publish/", data, follow=True)

    [message] = answer.context["messages"]
    assert message.level_tag == "error"


def test_return_selected_tells_every_owner_why(client, cast):
    first, second = cast.need(**WAITING), cast.need(title="둘째", **WAITING)
    client.force_login(cast["officer"])

    client.post("/needs/review/return/", {"ids": [first.pk, second.pk], "reason": "수치가 없어요."})

    returned = Need.objects.filter(stage=NeedStage.DRAFT, return_reason="수치가 없어요.")
    assert returned.count() == 2


def test_undo_puts_back_what_was_published_last(client, cast):
    earlier, later = cast.need(**WAITING), cast.need(title="둘째", **WAITING)
    client.force_login(cast["officer"])
    client.post("/needs/review/publish/", {"ids": [earlier.pk]})
    client.post("/needs/review/publish/", {"ids": [later.pk]})
    assert client.get("/needs/review/").context["undoable"] == 1

    client.post("/needs/review/undo/")

    later.refresh_from_db()
    assert (later.stage, later.published_at, later.published_by) == ("UNDER_REVIEW", None, None)
    assert Need.objects.get(stage=NeedStage.PUBLISHED) == earlier
    assert Notice.objects.filter(recipient=cast["member"]).count() == 1


def test_another_officer_has_nothing_to_undo(client, cast):
    need = cast.need(**WAITING)
    client.force_login(cast["officer"])
    client.post("/needs/review/publish/", {"ids": [need.pk]})
    client.force_login(cast["officer2"])

    assert client.get("/needs/review/").context["undoable"] == 0
    client.post("/needs/review/undo/")

    need.refresh_from_db()
    assert need.stage == NeedStage.PUBLISHED


@pytest.mark.parametrize(
    ("who", "minutes", "reason"),
    [
        ("officer", 10, None),
        ("officer", 11, Reason.UNDO_TOO_LATE),
        ("officer2", 1, Reason.UNDO_TOO_LATE),
    ],
)
def test_unpublish_within_ten_minutes_by_the_same_person(cast, who, minutes, reason):
    need = cast.need(**WAITING)
    [need] = operations.publish(entries=[need], by=cast["officer"], at=NOON)
    undo = {"entries": [need], "by": cast[who], "at": NOON + timedelta(minutes=minutes)}

    if reason:
        with pytest.raises(Refused) as refusal:
            operations.unpublish(**undo)
        assert refusal.value.reason == reason
    else:
        [back] = operations.unpublish(**undo)
        assert back.stage == NeedStage.UNDER_REVIEW


def test_what_was_matched_meanwhile_is_not_unpublished(cast):
    need = cast.need(**WAITING)
    operations.publish(entries=[need], by=cast["officer"], at=NOON)
    operations.move(entry=need, stage="MATCHED", reason="", by=cast["officer"], at=NOON)

    with pytest.raises(Refused) as refusal:
        operations.unpublish(entries=[need], by=cast["officer"], at=NOON)

    assert refusal.value.reason == Reason.STAGE_CLOSED


def test_the_queue_asks_the_same_number_of_queries_for_many(client, cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cast.need(**WAITING)
    client.force_login(cast["officer"])
    client.get("/needs/review/")

    with CaptureQueriesContext(connection) as alone:
        client.get("/needs/review/")
    for number in range(29):
        cast.need(title=f"{number}번", organisation=cast.rival, **WAITING)
    with CaptureQueriesContext(connection) as many:
        page = client.get("/needs/review/")

    assert len(page.context["rows"]) == 30
    assert len(many) == len(alone)


@pytest.fixture
def pair(cast):
    """Two published needs that look alike."""
    first = cast.need(title="지게차 충돌 방지")
    second = cast.need(title="지게차 보행자 충돌 방지", organisation=cast.rival)
    return DuplicateCandidate.objects.create(first=first, second=second, similarity=0.9)


def test_the_differing_words_are_marked(client, cast, pair):
    client.force_login(cast["officer"])

    left, right = client.get("/needs/duplicates/").context["halves"]

    assert [piece.text for piece in left.title if piece.differs] == []
    assert [piece.text.strip() for piece in right.title if piece.differs] == ["보행자"]


@pytest.mark.parametrize(("keep", "merged"), [("first", "second"), ("second", "first")])
def test_merging_keeps_the_chosen_one_and_tells_both(client, cast, pair, keep, merged):
    client.force_login(cast["officer"])

    client.post(f"/needs/duplicates/{pair.pk}/", {"keep": keep})

    pair.refresh_from_db()
    kept, gone = getattr(pair, keep), getattr(pair, merged)
    assert (gone.stage, gone.merged_into) == (NeedStage.MERGED, kept)
    assert kept.stage == NeedStage.PUBLISHED
    recipients = set(Notice.objects.values_list("recipient__email", flat=True))
    assert {"manager@example.org", "rival@example.org"} <= recipients


@pytest.mark.parametrize("was_published", [True, False])
def test_a_merger_is_taken_back_where_it_was_made(client, cast, pair, was_published):
    client.force_login(cast["officer"])
    if not was_published:
        Need.objects.filter(pk=pair.second.pk).update(
            stage=NeedStage.UNDER_REVIEW, published_at=None, published_by=None
        )
    before = pair.second.stage if was_published else NeedStage.UNDER_REVIEW
    page = client.post(f"/needs/duplicates/{pair.pk}/", {"keep": "first"}, follow=True)
    assert f"/needs/duplicates/{pair.pk}/undo/" in page.content.decode()

    client.post(f"/needs/duplicates/{pair.pk}/undo/")
    again = client.post(f"/needs/duplicates/{pair.pk}/undo/")

    gone = Need.objects.get(pk=pair.second.pk)
    assert (gone.stage, gone.merged_into) == (before, None)
    assert client.get("/needs/duplicates/").context["pair"] == pair
    assert Notice.objects.filter(kind="NEED_SEPARATED").exists()
    assert again.status_code == 404


def test_different_needs_are_kept_apart_for_good(client, cast, pair):
    client.force_login(cast["officer"])

    client.post(f"/needs/duplicates/{pair.pk}/", {"keep": ""})

    assert client.get("/needs/duplicates/").context["pair"] is None
    assert not Need.objects.filter(stage=NeedStage.MERGED).exists()


def test_what_is_passed_over_comes_later(client, cast, pair):
    other = cast.need(title="셋째")
    next_pair = DuplicateCandidate.objects.create(first=pair.first, second=other, similarity=0.5)
    client.force_login(cast["officer"])

    page = client.get(f"/needs/duplicates/?after={pair.pk}")
    answer = client.post(f"/needs/duplicates/{next_pair.pk}/", {"passed": f"{pair.pk}-x<y"})

    assert page.context["pair"] == next_pair
    assert answer["Location"] == f"/needs/duplicates/?after={pair.pk}&just={next_pair.pk}"


def test_less_likely_pair_does_not_wait_but_comes_after(client, cast, pair):
    other = cast.need(title="셋째")
    unlikely = DuplicateCandidate.objects.create(first=pair.first, second=other, similarity=0.3)
    client.force_login(cast["officer"])

    page = client.get("/needs/duplicates/").context
    after = client.get(f"/needs/duplicates/?after={pair.pk}").context

    assert (page["pair"], page["left"], page["less_likely"]) == (pair, 1, 1)
    assert (after["pair"], after["verdict"]) == (unlikely, "같은 수요인지 불분명해요.")


def test_page_says_how_likely_and_which_words_both_name(client, cast, pair):
    client.force_login(cast["officer"])

    page = client.get("/needs/duplicates/").context

    assert page["verdict"] == "같은 수요로 보여요."
    assert page["shared"].startswith("지게차 · 충돌 · 방지")


def test_undo_is_offered_for_ten_minutes_only(client, cast):
    cast.need(published_by=cast["officer"], published_at=timezone.now() - timedelta(minutes=11))
    client.force_login(cast["officer"])

    assert client.get("/needs/review/").context["undoable"] == 0
