"""The pages of roadmaps, for visitors, proposers, experts and the office."""

import io

from openpyxl import load_workbook

from dure.apps.roadmaps import operations
from dure.apps.roadmaps.models import Proposal, Roadmap
from tests.conftest import NOON

WRITTEN = {"kind": "ADD", "name": "촉각 센서", "name_en": "Tactile sensors", "text": "필요해요."}


def test_a_visitor_reads_searches_and_exports(small, as_role):
    client = as_role("visitor")
    assert "Small roadmap" in client.get("/roadmaps/").text
    page = client.get("/roadmaps/small/").text
    assert "Robots" in page
    assert "Growth base" in page
    assert "Collision detection" in client.get("/roadmaps/small/", {"words": "collision"}).text
    assert "Nothing is called so" in client.get("/roadmaps/small/", {"words": "zzz"}).text
    assert "Logistics robots" in client.get("/roadmaps/small/A/").text
    assert "was chosen for this platform" in client.get("/roadmaps/small/A-01-01/").text
    assert client.get("/roadmaps/small/A-99/").status_code == 404

    book = client.get("/roadmaps/small/", {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert len(rows) == 7
    assert rows[1][:3] == ("A", "Field", "로봇")


def test_from_a_proposal_to_the_revision(small, as_role):
    client = as_role("supplier")
    made = client.post("/roadmaps/small/A-01/propose/", WRITTEN)
    address = made["Location"]
    proposal = Proposal.objects.get()
    assert "Take back" in client.get(address).text

    client = as_role("reviewer")
    client.post(f"{address}opinion/", {"is_in_favour": "1", "text": "새로워요."})
    assert "새로워요." in client.get(address).text
    client = as_role("officer")
    assert "새로워요." in client.get(address).text
    client.post(f"{address}move/", {"stage": "ACCEPTED", "reason": "수요가 있어요."})
    assert "수요가 있어요." in as_role("visitor").get(address).text
    assert "새로워요." not in as_role("visitor").get(address).text

    client = as_role("officer2")
    assert "1 proposal has been taken up" in client.get("/roadmaps/small/").text
    client.post("/roadmaps/small/release/")
    assert Roadmap.objects.get().revision == 2
    assert "Tactile sensors" in client.get("/roadmaps/small/A-01/").text
    proposal.refresh_from_db()
    assert proposal.released_in == 2


def test_a_refusal_keeps_what_was_typed(small, as_role):
    client = as_role("supplier")
    answer = client.post("/roadmaps/small/A-01/propose/", WRITTEN | {"name": " "})
    assert answer.status_code == 422
    assert "Write the name in Korean." in answer.text
    assert "Tactile sensors" in answer.text
    assert not Proposal.objects.exists()


def test_the_list_of_proposals_filters_and_exports(small, as_role, cast):
    operations.propose(
        roadmap=small, branch=None, source="SURVEY", by=cast["officer"], at=NOON,
        **WRITTEN,
    )  # fmt: skip
    client = as_role("officer2")
    assert "Tactile sensors" in client.get("/roadmaps/proposals/", {"source": "SURVEY"}).text
    assert "Nothing fits" in client.get("/roadmaps/proposals/", {"source": "PUBLIC"}).text
    book = client.get("/roadmaps/proposals/", {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(book.content)).active.values)
    assert rows[1][1] == "Add “Tactile sensors” under “Small roadmap”"
