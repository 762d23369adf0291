"""Visits with their list, fingerprints of evidence, ranking by verdicts, drift."""

import io
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from dure.apps.projects.models import Evidence
from dure.apps.screening import adapter, operations, presenters, queries
from dure.apps.screening.kinds import Check
from dure.apps.screening.models import EvidenceMark, Place, Run, Visit
from dure.engines.auditing import Checked, Finding, Level, Ranked, Screening
from dure.foundation.verdict import Refused

pytestmark = pytest.mark.django_db


def visited(case, cast, day=None, **results):
    now = timezone.now()
    return operations.write_visit(
        case=case, visited_on=day or localdate(now), results=results, note="창고를 보았음",
        by=cast["auditor"], at=now,
    )  # fmt: skip


def test_what_a_visit_did_not_check_is_counted(cast, place):
    visit = visited(cast.audit_case(place.project), cast, goods="OTHERWISE", people="AS_SAID")

    line = presenters.visits_of(visit.case)[0]
    assert (line["checked"], line["otherwise"]) == (2, 1)
    assert line["unchecked"] == len(visit.results) - 2 > 0
    goods = next(item for item in presenters.visit_items() if item["otherwise"])
    assert (goods["checked"], goods["unchecked"]) == (1, 0)


def test_no_visit_of_tomorrow_and_none_to_a_closed_case(cast, place):
    case = cast.audit_case(place.project)

    with pytest.raises(Refused, match="NOT_YET"):
        visited(case, cast, localdate() + timedelta(days=1))
    operations.close(case=case, note="끝", by=cast["auditor"], at=timezone.now())
    with pytest.raises(Refused, match="CASE_CLOSED"):
        visited(case, cast)


def test_a_visit_is_written_on_its_page(as_role, cast, place):
    case = cast.audit_case(place.project)
    answer = as_role("auditor").post(
        reverse("screening:visit", args=[case.pk]),
        {"visited_on": localdate().isoformat(), "goods": Check.OTHERWISE, "note": "물건이 없음"},
    )

    assert answer.url == case.get_absolute_url()
    assert Visit.objects.get().results["goods"] == Check.OTHERWISE
    assert "물건이 없음" in as_role("auditor").get(answer.url).content.decode()
    assert as_role("auditor").get(reverse("screening:drift")).status_code == 200


def picture():
    image = Image.new("RGB", (200, 300), "white")
    ImageDraw.Draw(image).rectangle((20, 40, 130, 200), fill="black")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_one_picture_behind_two_expenses_is_seen(cast, made, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    for key in ("a", "b"):
        expense = cast.expense(made, key=key, number=f"2026-{key}", payee=f"상사 {key}")
        Evidence.objects.create(
            expense=expense, kind="card_slip", file=ContentFile(picture(), "a.png"), name="a.png",
            size=1, sha256=key * 64, added_at=timezone.now(), added_by=cast["supplier"],
        )  # fmt: skip
    assert operations.mark_evidence() == 2
    assert operations.mark_evidence() == 0
    assert EvidenceMark.objects.exclude(picture=None).count() == 2

    opening, _rows = adapter.ledger()
    with opening as ledger:
        rows = ledger.expenses.select("evidence_picture").to_pyarrow()["evidence_picture"]
    assert len(set(rows.to_pylist())) == 1
    assert "evidence_picture" in ledger.columns


def test_verdicts_teach_a_place_beside_the_plain_sum(as_role, place):
    known = [Checked({"same_evidence": 1.0}, True)] * 60 + [Checked({"cash": 1.0}, False)] * 60
    findings = [
        Finding("7", "cash", Level.STRONG, 1.0, ("1",), {}),
        Finding("8", "same_evidence", Level.WEAK, 1.0, ("2",), {}),
    ]
    seen = Screening(tuple(findings), (Ranked("7", 1, 4.0), Ranked("8", 2, 0.5)))

    by_verdicts = adapter.places_by_verdicts(seen, known)

    assert [by_verdicts[project]["learned"] for project in "78"] == [2, 1]
    assert adapter.places_by_verdicts(seen, known[:90]) == {}
    assert presenters.missing_verdicts()["checked"] > 0
    Place.objects.filter(pk=place.pk).update(**by_verdicts["8"])
    page = as_role("auditor").get(place.get_absolute_url())
    assert page.context["place"].learned == 1
    assert [line["name"] for line in page.context["learned"]] == [adapter.name("same_evidence")]


def test_a_closed_case_teaches_with_the_run_before_it(cast, place):
    case = cast.audit_case(place.project)
    question = cast.audit_question(case, place.findings.get(signal="same_evidence"))
    now = timezone.now()
    operations.answer(question=question, text="두 번", by=cast["supplier"], at=now)
    operations.judge(
        question=question,
        verdict="CONFIRMED",
        disallowed=0,
        note="중복",
        by=cast["auditor"],
        at=now,
    )
    assert queries.checked_projects() == []

    operations.close(case=case, note="끝", by=cast["auditor"], at=now)
    cast.screening()

    scores = {"same_evidence": place.findings.get(signal="same_evidence").score}
    assert queries.checked_projects() == [(scores, True)]


def test_a_signal_that_many_more_show_than_a_year_ago_is_marked(cast, made, place):
    old = Run.objects.create(done_at=timezone.now() - timedelta(days=366), projects=400, rows=1)
    Run.objects.filter(pk=place.run_id).update(projects=1)
    assert Place.objects.filter(run=old).count() == 0

    shares = next(line for line in presenters.drift() if line["shares"][0]["projects"])["shares"]

    assert [share["is_other"] for share in shares] == [True, False]


def test_before_the_first_run_the_years_say_that_nothing_was_screened(as_role, cast):
    page = as_role("auditor").get(reverse("screening:drift")).content.decode()

    assert "Nothing was screened yet" in page
