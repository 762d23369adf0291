"""Needs and technologies point into roadmaps: chosen, suggested, imported, listed, counted."""

import pytest
from django.urls import reverse

from dure.apps.catalog.adapter.branches import branches_named, suggested
from dure.apps.catalog.models import Need, Visibility
from dure.apps.roadmaps.presenters import nodes
from dure.apps.roadmaps.queries import branches_of

pytestmark = pytest.mark.django_db


def test_the_words_of_a_text_find_its_branch(collaborative_robots):
    branches = suggested("사람 곁에서 일하는 협동로봇의 충돌을 감지", limit=3)
    assert collaborative_robots in branches
    assert "충돌 감지" in [branch.name for branch in branches]
    assert suggested("", limit=3) == []


def test_sheets_call_a_branch_by_name_or_address(collaborative_robots):
    wanted = ["small:A-01", "협동로봇", "Collaborative robots", "없는 분야", ""]
    branches = branches_named(wanted)
    assert set(branches) == set(wanted[:3])
    assert set(branches.values()) == {collaborative_robots}


def test_the_form_offers_branches_and_keeps_the_chosen_one(as_role, cast, collaborative_robots):
    client = as_role("member")
    asked = client.get(reverse("catalog:branches"), {"title": "협동로봇 안전", "body": ""})
    assert f'value="{collaborative_robots.pk}"' in asked.text
    searched = client.get(reverse("catalog:branches"), {"branch_words": "물류"}).text
    assert "Logistics robots" in searched
    for strange in ("²", "x", "9" * 30):
        assert client.get(reverse("catalog:branches"), {"branch": strange}).status_code == 200
    fields = {
        "organisation": cast.buyer.pk, "title": "협동로봇 안전", "body": "충돌", "language": "ko",
        "visibility": "PUBLIC", "branch": collaborative_robots.pk,
    }  # fmt: skip
    went = client.post(reverse("catalog:need_new"), fields)
    assert Need.objects.get().branch == collaborative_robots
    page = client.get(went["Location"]).text
    assert reverse("roadmaps:branch", args=["small", "A-01"]) in page
    assert client.post(reverse("catalog:need_new"), fields | {"branch": "0"}).status_code == 422
    assert Need.objects.count() == 1


def test_a_list_is_narrowed_to_a_branch_and_all_below(as_role, cast, collaborative_robots):
    below = collaborative_robots.children.first()
    cast.need(title="힘 제어", branch=below)
    cast.need(title="다른 것")
    address = reverse("catalog:need_list")
    page = as_role("visitor").get(address, {"branch": "small:A"}).text
    assert "힘 제어" in page
    assert "다른 것" not in page
    assert "다른 것" in as_role("visitor").get(address, {"branch": "small:X-²"}).text


def test_a_branch_counts_what_its_reader_may_know(cast, collaborative_robots):
    cast.need(title="하나", branch=collaborative_robots)
    cast.need(title="둘", branch=collaborative_robots, visibility=Visibility.TEASER)
    everything = list(branches_of(collaborative_robots.roadmap))
    field = next(branch for branch in everything if branch.code == "A")

    def count(reader):
        [node] = nodes([field], everything, field.roadmap, reader)
        return next(use["count"] for use in node.uses if "needs" in use["url"])

    assert (count(cast["officer"]), count(cast["supplier"])) == (2, 1)
