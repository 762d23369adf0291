"""What higher apps add to the pages of lower ones."""

import pytest

from dure.foundation.ui import panels


def test_a_place_is_filled_for_those_who_are_shown_something():
    @panels.fills("test place", "first.html")
    def first(thing, reader):
        return {"thing": thing}

    @panels.fills("test place", "second.html")
    def second(thing, reader):
        return {"reader": reader} if reader == "insider" else None

    assert [template for template, _ in panels.panels_at("test place", 1, "insider")] == [
        "first.html",
        "second.html",
    ]
    assert list(panels.panels_at("test place", 1, "stranger")) == [("first.html", {"thing": 1})]
    assert list(panels.panels_at("no such place", 1, "insider")) == []


def test_the_page_of_an_organisation_leads_to_its_entries(client, cast):
    text = client.get(f"/organisations/{cast.buyer.pk}/").content.decode()

    assert f'href="/needs/?organisation={cast.buyer.pk}"' in text


@pytest.mark.parametrize(("role", "is_there"), [("member", True), ("rival", False)])
def test_the_page_of_a_need_shows_its_matches_to_its_own_people(as_role, cast, role, is_there):
    need = cast.need()

    text = as_role(role).get(f"/needs/{need.pk}/").content.decode()

    assert (f'hx-get="/matches/needs/{need.pk}/"' in text) is is_there
