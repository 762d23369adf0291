"""Nobody finds or reads, by any way in, what stands only in the details of a teaser."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dure.apps.catalog.models import Need, Technology, Visibility
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches import adapter, operations
from dure.apps.matches.models import Direction, Suggestion
from dure.apps.people.operations import issue_token
from tests.apps.matches.conftest import suggest
from tests.conftest import NOON

KINDS = ("need", "technology")
# One word for each part of a teaser that is closed; none of them stands in title or field.
WORDS = {
    "body": "극저온밸브",
    "body_en": "cryovalve",
    "keywords": "헬륨누설",
    "more": "칠천시간",
    "source": "비밀문헌",
    "external_id": "TSR-31",
}
SAID = (*WORDS.values(), "777000000", "7억", "TRL 8", "전북", "Jeonbuk", "Licence")


@pytest.fixture
def teasers(cast):
    """A teaser need of the buyer and a teaser technology of the supplier, with full details."""
    details = {
        "title": "냉각 설비",
        "title_en": "Cooling plant",
        "body": f"{WORDS['body']} 본문",
        "body_en": f"{WORDS['body_en']} text",
        "keywords": [WORDS["keywords"]],
        "source": WORDS["source"],
        "external_id": WORDS["external_id"],
        "trl": 8,
        "region": "JEONBUK",
        "cooperation": ["LICENCE"],
        "visibility": Visibility.TEASER,
    }
    return {
        "need": cast.need(**details, requirements=WORDS["more"], budget=777_000_000),
        "technology": cast.technology(**details, track_record=WORDS["more"]),
    }


def path_of(kind):
    return "/needs" if kind == "need" else "/technologies"


def insider(kind):
    return "member" if kind == "need" else "supplier"


def stranger(kind):
    return "supplier" if kind == "need" else "member"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("word", WORDS.values())
def test_no_word_of_the_details_finds_it(as_role, teasers, kind, word):
    for role in ("visitor", "rival", stranger(kind)):
        client = as_role(role)
        for place in (f"{path_of(kind)}/", f"/api/v1{path_of(kind)}"):
            answer = client.get(place, {"q": word})
            assert answer.status_code == 200
            assert teasers[kind].title not in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query", ["trl_from=8", "trl_to=8", "region=JEONBUK", "cooperation=LICENCE"]
)
def test_no_filter_looks_at_closed_details(as_role, teasers, kind, query):
    shows_it = {}
    for role in ("visitor", "rival", insider(kind), "officer"):
        page = as_role(role).get(f"{path_of(kind)}/?{query}").content.decode()
        shows_it[role] = "Cooling plant" in page

    assert shows_it == {"visitor": False, "rival": False, insider(kind): True, "officer": True}
    answer = as_role("visitor").get(f"/api/v1{path_of(kind)}?{query}").json()
    assert answer["total"] == 0


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found_where_its_organisation_is_at_home(as_role, cast, teasers, kind):
    region = teasers[kind].organisation.region

    def total(role):
        page = as_role(role).get(f"{path_of(kind)}/?region={region}")
        return page.context["page"].paginator.count

    assert (total("visitor"), total("officer")) == (1, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_no_order_tells_the_readiness(as_role, cast, teasers, kind):
    make = getattr(cast, kind)
    make(title="한 단계", title_en="Level one", trl=1)

    def order(role, sort):
        page = as_role(role).get(f"{path_of(kind)}/?sort={sort}")
        return [row.entry.title_en for row in page.context["rows"]]

    for sort in ("trl", "-trl"):
        assert order("visitor", sort) == ["Level one", "Cooling plant"]
    assert order("officer", "-trl") == ["Cooling plant", "Level one"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_file_or_answer_says_a_detail(as_role, teasers, kind):
    place = f"{path_of(kind)}/{teasers[kind].pk}"
    for role in ("visitor", "newcomer", "rival", stranger(kind)):
        client = as_role(role)
        pages = [
            client.get(f"{place}/").content.decode(),
            client.get(f"{path_of(kind)}/?visibility=TEASER").content.decode(),
            client.get("/").content.decode(),
            client.get(f"/api/v1{place}").content.decode(),
            client.get(f"/api/v1{path_of(kind)}").content.decode(),
            _cells(client.get(f"{path_of(kind)}/export/").content),
        ]
        for page in pages:
            shown = page.partition('class="filters-result"')[2] or page  # not the filters' names
            assert [word for word in SAID if word in shown] == [], role
        assert all("Cooling plant" in page for page in pages[:2])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["own", "officer"])
def test_its_own_people_and_staff_read_it_whole(as_role, teasers, kind, role):
    client = as_role(insider(kind) if role == "own" else role)
    page = client.get(f"{path_of(kind)}/{teasers[kind].pk}/").content.decode()

    for word in ("cryovalve", WORDS["keywords"], WORDS["more"], "TRL 8", "Licence"):
        assert word in page


@pytest.mark.parametrize("kind", KINDS)
def test_reasons_found_before_it_was_closed_say_nothing_of_it(as_role, cast, teasers, kind):
    reasons = [
        ("WORDS_SHARED", {"words": ["극저온밸브", "냉각"]}),
        ("WORDS_TRANSLATED", {"words": ["극저온밸브"], "names": ["cryovalve"]}),
        ("KEYWORDS_FOUND", {"words": ["헬륨누설"]}),
        ("READINESS_REACHED", {"level": 8, "wanted": 3}),
        ("REGION_DIFFERENT", {"region": "JEONBUK", "wanted": "BUSAN"}),
        ("COOPERATION_SHARED", {"forms": ["LICENCE"]}),
        ("FIELD_SAME", {"field": "SMARTFAC"}),
    ]
    evidence = {
        "reasons": [
            {"code": code, "effect": -1 if "DIFFERENT" in code else 1, "arguments": arguments}
            for code, arguments in reasons
        ],
        "passage": {"text": "극저온밸브 본문 헬륨누설", "marks": [[0, 5]]},
    }
    other = cast.technology(trl=8) if kind == "need" else cast.need(trl=3)
    need, technology = (teasers["need"], other) if kind == "need" else (other, teasers[kind])
    direction = Direction.FOR_TECHNOLOGY if kind == "need" else Direction.FOR_NEED
    suggest(need, technology, direction, evidence=evidence)
    client = as_role(stranger(kind))

    page = client.get(reverse("matches:inbox")).content.decode()
    start = client.get("/").content.decode()
    own = "technologies" if kind == "need" else "needs"
    client.logout()
    key = _key(cast[stranger(kind)])
    asked = client.get(f"/api/v1/{own}/{other.pk}/suggestions", headers={"authorization": key})

    assert [reason["code"] for reason in asked.json()["items"][0]["reasons"]] == [
        "WORDS_SHARED",
        "FIELD_SAME",
    ]
    for text in (page, start, asked.content.decode()):
        for word in (*WORDS.values(), "READINESS", "It is ready enough", "forms of cooperation"):
            assert word not in text, word
    assert "‘냉각’" in page


@pytest.mark.timeout(300)  # the text model is read once
def test_the_index_holds_no_detail_and_matching_quotes_none(as_role, cast, teasers):
    asking = cast.technology(
        title="극저온밸브 헬륨누설 시험",
        title_en="",
        body="칠천시간 cryovalve",
        trl=8,
        region="JEONBUK",
    )
    progress = Progress(Job.objects.create(kind="match_all", title=""))
    operations.match_all(at=NOON, progress=progress)

    rows = adapter.to_rows([teasers["need"], teasers["technology"]])
    assert all(word not in row.words for row in rows for word in ("극저온", "헬륨", "cryovalv"))
    for made in Suggestion.objects.filter(
        technology=asking, need=teasers["need"], direction=Direction.FOR_TECHNOLOGY
    ):
        passage = str(made.evidence["passage"])
        assert all(word not in passage for word in WORDS.values())
        assert {"READINESS", "COOPERATION"}.isdisjoint(made.evidence["facets"])
    for role in ("visitor", "rival"):
        for kind in ("needs", "technologies"):
            answer = as_role(role).get(
                reverse("matches:try"),
                {"text": "극저온밸브 헬륨누설", "kind": kind},
                headers={"HX-Request": "true"},
            )
            for card in answer.content.decode().split("<article")[1:]:
                if "Cooling plant" in card:
                    text = card.partition("</article>")[0].replace(
                        "극저온밸브 헬륨누설", ""
                    )  # asked
                    assert [word for word in SAID if word in text] == []
                    assert "<mark>" not in text
                    assert "Keywords that fit" not in text


@pytest.mark.parametrize("model", [Need, Technology])
def test_a_veiled_copy_is_never_saved(teasers, model):
    entry = teasers[model.__name__.lower()]
    with pytest.raises(TypeError):
        entry.redacted().save()
    assert entry.body


def _cells(book: bytes) -> str:
    _header, *rows = load_workbook(io.BytesIO(book)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def _key(user) -> str:
    _token, key = issue_token(name="test", by=user, at=timezone.now())
    return f"Bearer {key}"
