"""The pages on which suggestions are read and answered, for every role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dure.apps.catalog.models import Technology, Visibility
from dure.apps.catalog.stages import NeedStage
from dure.apps.jobs.models import Job, JobStage
from dure.apps.matches.models import Answer, Direction, LastLook, Suggestion
from tests.apps.matches.conftest import suggest
from tests.cast import ROLES
from tests.html import flat

DETAIL = "판형"  # stands in the text of the technology, not in its title
HTMX = {"headers": {"HX-Request": "true"}}


def page_of(entry):
    kind = "technology" if isinstance(entry, Technology) else "need"
    return reverse(f"matches:for_{kind}", args=[entry.pk])


def form(pair, **values):
    need, technology = pair
    return {"need": need.pk, "technology": technology.pk, "direction": "FOR_NEED", **values}


STAFF = {"officer", "officer2", "centre_officer", "auditor", "administrator"}


@pytest.mark.parametrize("role", ROLES)
def test_a_needs_matches_are_for_its_own_people_and_staff(as_role, pair, role):
    response = as_role(role).get(page_of(pair[0]))

    assert response.status_code == (200 if role in STAFF | {"member", "manager"} else 404)


@pytest.mark.parametrize("role", ROLES)
def test_a_technologys_matches_are_for_its_own_people_and_staff(as_role, pair, role):
    response = as_role(role).get(page_of(pair[1]))

    assert response.status_code == (200 if role in STAFF | {"supplier"} else 404)


def test_a_card_says_who_why_and_what_does_not_fit_but_no_score(as_role, pair):
    page = flat(as_role("member").get(page_of(pair[0])).content.decode())

    for words in (
        "Strong match",
        "No. 1",
        "저온 배기가스 폐열회수 열교환기",
        'It answers this part of the need: ‘<span lang="ko">회수율 60% 이상 열교환 기술을 찾습니다</span>’.',
        '<blockquote lang="ko">',
        "Korean text",
        "Both texts speak of ‘배기’, ‘열교환’.",
        "It is not ready enough yet: TRL 4, but TRL 7 is asked for.",
        "<mark>배기</mark>",
        "<mark>열교환</mark>",
        "TRL 4 of 9",
    ):
        assert words in page
    for unsaid in ("8.25", "0.73", "NOBODY_KNOWS"):
        assert unsaid not in page


def test_a_weak_card_claims_no_answer_and_folds_its_evidence(as_role, pair):
    Suggestion.objects.update(strength="WEAK")

    page = as_role("member").get(page_of(pair[0])).content.decode()

    assert "It answers this part of the need" not in page
    own_words, folded = page.split("Why it came up", 1)
    assert "판형" in own_words
    assert "It comes nearest to this part of the need: ‘" in folded
    assert "TRL 4, but TRL 7 is asked for" in folded


@pytest.mark.parametrize("query", ["", "?one=1"])
def test_the_strongest_of_all_my_entries_comes_first(as_role, cast, query):
    suggest(cast.need(), cast.technology(title="약한 기술"), strength="WEAK", score=99)
    suggest(cast.need(), cast.technology(title="맞는 기술"), strength="GOOD", rank=3)

    page = as_role("member").get(reverse("matches:inbox") + query).content.decode()

    weak = page.find("약한 기술")
    assert page.index("맞는 기술") < (weak if weak >= 0 else len(page))


def test_with_htmx_the_page_is_a_fragment(as_role, pair):
    response = as_role("member").get(page_of(pair[0]), **HTMX)

    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_only_those_who_answer_see_the_buttons(as_role, pair):
    buttons = {
        role: as_role(role).get(page_of(pair[0])).content.decode().count('name="kind"')
        for role in ("member", "officer", "auditor")
    }

    assert buttons == {"member": 2, "officer": 2, "auditor": 0}


def test_a_technology_hidden_after_matching_leaves_the_list(as_role, cast, pair):
    Technology.objects.update(visibility=Visibility.MEMBERS)
    cast.buyer.verified_at = cast.buyer.verified_by = None
    cast.buyer.save()

    page = as_role("member").get(page_of(pair[0])).content.decode()

    assert pair[1].title not in page


def test_a_technology_withdrawn_after_matching_leaves_every_list(as_role, pair):
    Technology.objects.update(stage="WITHDRAWN")

    for address in (page_of(pair[0]), reverse("matches:inbox")):
        assert pair[1].title not in as_role("member").get(address).content.decode()


@pytest.mark.parametrize("address", ["need", "inbox", "one", "answer"])
def test_a_teaser_tells_its_title_and_nothing_of_its_text(as_role, pair, address):
    Technology.objects.update(visibility=Visibility.TEASER, title="저온 배기 설비")
    client = as_role("member")

    if address == "answer":
        response = client.post(reverse("matches:answer"), form(pair, kind="INTERESTED"), **HTMX)
    else:
        inbox = reverse("matches:inbox")
        places = {"need": page_of(pair[0]), "inbox": inbox, "one": f"{inbox}?one=1"}
        response = client.get(places[address])

    page = response.content.decode()
    assert "저온 배기 설비" in page
    assert DETAIL not in page
    assert "‘열교환’" not in page  # a word of the text; ‘배기’ stands in the title
    if address != "answer":
        assert "‘배기’" in page
        assert "non-disclosure agreement" in page


def test_staff_and_owners_read_a_teaser_in_full(as_role, pair):
    Technology.objects.update(visibility=Visibility.TEASER)

    assert DETAIL in as_role("officer").get(page_of(pair[0])).content.decode()


def test_a_teaser_need_stays_closed_to_the_firm_it_is_suggested_to(as_role, pair):
    pair[0].visibility = Visibility.TEASER
    pair[0].save()
    Suggestion.objects.update(evidence={"passage": {"text": pair[0].body, "marks": []}})

    page = as_role("supplier").get(page_of(pair[1])).content.decode()

    assert pair[0].title in page
    assert "60%" not in page


def test_answering_folds_the_card_and_undo_brings_it_back(as_role, cast, pair):
    client = as_role("member")

    folded = client.post(
        reverse("matches:answer"), form(pair, kind="NOT_FOR_US", why="KNOWN"), **HTMX
    ).content.decode()
    assert "We know it already" in folded
    assert "All answered" in folded
    assert 'data-key="y"' not in folded
    assert Answer.objects.get().rank_seen == 1

    opened = client.post(reverse("matches:take_back"), form(pair), **HTMX).content.decode()
    assert 'data-key="y"' in opened
    assert "1 left to answer" in opened
    assert not Answer.objects.exists()


def test_without_script_an_answer_leads_back_to_where_it_was_given(as_role, pair):
    back = page_of(pair[0])

    response = as_role("member").post(
        reverse("matches:answer"), form(pair, kind="INTERESTED", next=back)
    )

    assert (response.status_code, response["Location"]) == (302, back)


def test_no_answer_leads_to_a_foreign_host(as_role, pair):
    response = as_role("member").post(
        reverse("matches:answer"), form(pair, kind="INTERESTED", next="https://evil.example/")
    )

    assert response["Location"] == reverse("matches:inbox")


def test_declining_without_a_reason_is_refused_in_words(as_role, pair):
    page = (
        as_role("member")
        .post(reverse("matches:answer"), form(pair, kind="NOT_FOR_US"), **HTMX)
        .content.decode()
    )

    assert "Choose why it is not for you" in page
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"kind": "MAYBE"}, 400),
        ({"kind": "INTERESTED", "need": "x"}, 400),
        ({"kind": "INTERESTED", "technology": 10**9}, 404),
        ({"kind": "INTERESTED", "need": 0}, 400),
    ],
)
def test_a_nonsense_answer_is_turned_away(as_role, pair, values, status):
    response = as_role("member").post(reverse("matches:answer"), {**form(pair), **values})

    assert response.status_code == status


def test_a_draft_of_others_cannot_be_answered(as_role, cast, pair):
    draft = cast.technology(stage=NeedStage.DRAFT, title="비밀")

    response = as_role("member").post(
        reverse("matches:answer"), form((pair[0], draft), kind="INTERESTED")
    )

    assert response.status_code == 404
    assert not Answer.objects.exists()


def test_visitors_are_asked_to_sign_in(as_role, pair):
    client = as_role("visitor")

    for response in (
        client.get(reverse("matches:inbox")),
        client.post(reverse("matches:answer"), form(pair, kind="INTERESTED")),
    ):
        assert response.status_code == 302
        assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("member", "For your need"),
        ("supplier", "For your technology"),
        ("newcomer", "You belong to no organisation yet"),
        ("rival", "Nothing waits for your answer"),
    ],
)
def test_the_inbox_shows_what_one_should_answer(as_role, pair, role, sentence):
    assert sentence in as_role(role).get(reverse("matches:inbox")).content.decode()


@pytest.mark.parametrize(
    ("role", "to"), [("officer", "matches:mutual"), ("auditor", "matches:answers")]
)
def test_staff_without_an_organisation_go_where_their_work_is(as_role, pair, role, to):
    assert as_role(role).get(reverse("matches:inbox"))["Location"] == reverse(to)


def test_what_came_after_the_last_look_is_new_for_the_whole_visit(as_role, cast, pair):
    LastLook.objects.create(user=cast["member"], at=timezone.now() - timedelta(days=2))
    Suggestion.objects.update(first_created_at=timezone.now() - timedelta(days=1))
    client = as_role("member")

    first, second = (client.get(reverse("matches:inbox")).content.decode() for _ in range(2))

    assert "1 new" in first
    assert "1 new" in second
    assert LastLook.objects.get().at > timezone.now() - timedelta(minutes=1)


def test_what_was_there_at_the_last_look_is_not_new(as_role, cast, pair):
    LastLook.objects.create(user=cast["member"], at=timezone.now() - timedelta(hours=2))
    Suggestion.objects.update(first_created_at=timezone.now() - timedelta(days=1))

    page = as_role("member").get(reverse("matches:inbox")).content.decode()

    assert "1 new" not in page


@pytest.fixture
def many(cast):
    """Twelve technologies for one need of the buyer: the first answered, the last one weak."""
    need = cast.need()
    made = [
        suggest(
            need,
            cast.technology(title=f"기술 {rank:02}"),
            rank=rank,
            strength="WEAK" if rank == 12 else "GOOD",
        )
        for rank in range(1, 13)
    ]
    Answer.objects.create(
        need=need,
        technology=made[0].technology,
        side="DEMAND",
        kind="INTERESTED",
        answered_by=cast["manager"],
        answered_at=timezone.now(),
    )
    return need


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["02", "03", "04", "05", "06"]),
        ("strength=WEAK", ["12"]),
        ("state=INTERESTED", ["01"]),
        ("state=NOT_FOR_US", []),
        ("state=ALL", ["01", "02", "03", "04", "05"]),
        ("strength=NONSENSE&about=x", ["02", "03", "04", "05", "06"]),
    ],
)
def test_the_inbox_filters(as_role, many, query, titles):
    page = as_role("member").get(f"{reverse('matches:inbox')}?{query}").content.decode()

    assert [
        number for number in (f"{n:02}" for n in range(1, 13)) if f"기술 {number}" in page
    ] == titles


def test_the_inbox_narrows_to_one_need(as_role, cast, many):
    suggest(cast.need(title="다른 수요"), cast.technology(title="다른 기술"))

    page = as_role("member").get(f"{reverse('matches:inbox')}?about=FOR_NEED-{many.pk}")

    assert "기술 02" in page.content.decode()
    assert "다른 기술" not in page.content.decode()


def test_a_group_says_how_many_more_there_are(as_role, many):
    page = as_role("member").get(reverse("matches:inbox")).content.decode()

    assert "10 left to answer" in page
    assert "5 more suggestions" in page


def test_one_at_a_time_goes_on_after_an_answer_and_after_later(as_role, many):
    client, inbox = as_role("member"), reverse("matches:inbox")
    first = Suggestion.objects.get(rank=2)

    assert "기술 02" in client.get(f"{inbox}?one=1").content.decode()
    later = client.get(f"{inbox}?one=1&after={first.pk}").content.decode()
    assert "기술 03" in later
    assert "기술 02" not in later

    fields = form((many, first.technology), kind="INTERESTED", next=f"{inbox}?one=1")
    response = client.post(reverse("matches:answer"), fields)
    assert response["Location"] == f"{inbox}?one=1&did={first.pk}"
    after = client.get(response["Location"]).content.decode()
    assert "기술 03" in after
    assert "9 left to answer" in after
    assert "data-undo" in after


def test_those_set_aside_are_offered_again_at_the_end(as_role, pair):
    last = Suggestion.objects.get(direction=Direction.FOR_NEED)

    page = (
        as_role("member").get(f"{reverse('matches:inbox')}?one=1&after={last.pk}").content.decode()
    )

    assert "1 is set aside for later." in page


def test_an_empty_list_says_why(as_role, cast):
    need = cast.need()
    client, address = as_role("member"), page_of(need)

    pages = [client.get(address).content.decode()]
    job = Job.objects.create(
        kind="match_all", title="x", stage=JobStage.RUNNING, started_at=timezone.now()
    )
    pages.append(client.get(address).content.decode())
    job.stage, job.ended_at = JobStage.DONE, timezone.now()
    job.save()
    pages.append(client.get(address).content.decode())
    need.stage = NeedStage.CLOSED
    need.save()
    pages.append(client.get(address).content.decode())

    for page, sentence in zip(
        pages,
        ("Not matched yet", "Matching is running", "No technology fits yet", "at this stage"),
        strict=True,
    ):
        assert sentence in page
    assert 'hx-trigger="every 3s"' in pages[1]
    assert 'hx-trigger="every 3s"' not in pages[2]


@pytest.mark.parametrize("place", ["need", "inbox"])
def test_twenty_suggestions_cost_no_more_queries_than_one(as_role, cast, pair, place):
    client = as_role("member")
    address = page_of(pair[0]) if place == "need" else reverse("matches:inbox")
    client.get(address)
    with CaptureQueriesContext(connection) as for_one:
        client.get(address)

    for rank in range(2, 21):
        suggest(pair[0], cast.technology(title=f"기술 {rank}"), rank=rank)
    with CaptureQueriesContext(connection) as twenty:
        client.get(address)

    assert len(twenty) == len(for_one)
