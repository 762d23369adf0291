"""The pages of programmes, for firms, visitors and officers."""

import io

from openpyxl import load_workbook

from dure.apps.programmes.models import Version
from dure.foundation import programmes


def test_a_visitor_reads_every_programme(as_role, shelf):
    client = as_role("visitor")
    page = client.get("/programmes/").text
    assert "Win-win innovation challenge" in page
    assert "Copy into a draft" not in client.get("/programmes/challenge/").text
    for slug in programmes.shipped():
        assert client.get(f"/programmes/{slug}/").status_code == 200
    filtered = client.get("/programmes/", {"words": "challenge", "goal": "growth"}).text
    assert "Win-win innovation challenge" in filtered
    assert "Nothing fits" in client.get("/programmes/", {"words": "zzzz"}).text
    book = client.get("/programmes/", {"format": "xlsx"})
    assert len(list(load_workbook(io.BytesIO(book.content)).active.values)) == 1 + len(
        programmes.shipped()
    )


def test_a_plan_is_tried_without_signing_in(as_role, shelf):
    client = as_role("visitor")
    address = "/programmes/challenge/plan/"
    figures = {
        "months": 14, "size": "small", "government-grant-cash": 210_000_000,
        "demand-own_share-cash": 105_000_000, "lead-own_share-cash": 35_000_000,
    }  # fmt: skip
    assert "The plan passes" in client.get(address, figures).text
    page = client.get(address, figures | {"months": 15}).text
    assert "The plan does not pass" in page
    for strange in ({"months": "²"}, {"months": "9" * 50}, {"government-grant-cash": "NaN"}):
        assert client.get(address, figures | strange).status_code == 200
    for slug in programmes.shipped():
        assert client.get(f"/programmes/{slug}/plan/", {"months": 12}).status_code == 200


def test_an_officer_changes_a_figure_and_a_second_one_releases_it(as_role, shelf):
    client = as_role("officer")
    address = client.post(f"/programmes/versions/{shelf.current_id}/copy/")["Location"]
    draft = Version.objects.get(stage="DRAFT")
    changes = {"seen": draft.digest, "note": "총액을 낮춤", "money.rules.0.won": "300,000,000"}
    client.post(f"/programmes/versions/{draft.pk}/figures/", changes)
    page = client.get(address).text
    assert "turned" in page
    assert "You changed it last" in page
    draft.refresh_from_db()
    wrong = client.post(
        f"/programmes/versions/{draft.pk}/figures/",
        {"seen": draft.digest, "money.rules.0.won": "NaN"}, follow=True,
    )  # fmt: skip
    assert "No number: money.rules.0.won" in wrong.text
    assert as_role("visitor").get(address).status_code == 302
    assert as_role("manager").get(address).status_code == 404

    client = as_role("officer2")
    assert "A draft waits for a second officer" in client.get("/programmes/").text
    client.post(f"/programmes/versions/{draft.pk}/release/")
    shelf.refresh_from_db()
    assert shelf.current.number == 2
    assert "300,000,000" in as_role("visitor").get("/programmes/challenge/").text


def test_mistakes_are_named_by_line_and_key(as_role, shelf):
    client = as_role("officer")
    client.post(f"/programmes/versions/{shelf.current_id}/copy/")
    draft = Version.objects.get(stage="DRAFT")
    broken = draft.content.replace("percent = 60", 'percent = "sixty"')
    client.post(
        f"/programmes/versions/{draft.pk}/draft/",
        {"seen": draft.digest, "note": "", "content": broken},
    )
    page = client.get(f"/programmes/versions/{draft.pk}/draft/").text
    line = broken.splitlines().index('percent = "sixty"') + 1
    assert f"line {line}" in page
    assert "percent" in page
    client.post(f"/programmes/versions/{draft.pk}/discard/")
    draft.refresh_from_db()
    assert draft.stage == "DISCARDED"


def test_the_file_of_a_version_is_the_file(as_role, shelf):
    answer = as_role("visitor").get(f"/programmes/versions/{shelf.current_id}/file/")
    assert answer.content == programmes.shipped()["challenge"].read_bytes()
