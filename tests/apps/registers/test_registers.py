"""What lists say of organisations is taken in whole, counts as a fact, and can be taken back."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from dure.apps.jobs import operations as jobs
from dure.apps.jobs.models import JobStage
from dure.apps.notices.models import Notice
from dure.apps.registers import operations
from dure.apps.registers.models import RecordedFact
from dure.apps.registers.reasons import Reason
from dure.engines.eligibility import Source
from dure.foundation.facts import facts_about
from dure.foundation.sheets import workbook
from dure.foundation.verdict import Refused
from tests.apps.registers.conftest import HEADER, ROWS, make_fact
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def counts(report):
    return report.rows, report.new, report.changed, report.same, len(report.problems)


def test_a_list_is_taken_in_and_its_facts_count(cast, bring_in):
    assert bring_in(ROWS, is_check=True).problems == []
    assert not RecordedFact.objects.exists()

    assert counts(bring_in(ROWS)) == (3, 3, 0, 0, 0)

    facts = {fact.name: fact for fact in facts_about(cast.rival, NOON.date())}
    assert (facts["arrears"].value, facts["debt_ratio"].value) == (True, 320)
    assert facts["arrears"].source is Source.IMPORTED
    assert (facts["arrears"].as_of, facts["arrears"].origin) == (date(2026, 11, 20), "국세청 명단")
    notice = Notice.objects.get(recipient=cast["rival"])
    assert notice.facts["count"] == 2


def test_the_same_list_again_changes_only_what_is_different(cast, bring_in):
    bring_in(ROWS)
    corrected = [[*ROWS[0][:2], "아니요", *ROWS[0][3:]], *ROWS[1:]]

    assert counts(bring_in(ROWS)) == (3, 0, 0, 3, 0)
    assert counts(bring_in(corrected)) == (3, 0, 1, 2, 0)
    assert RecordedFact.objects.get(fact="arrears").value == "no"


def test_every_problem_has_its_cell_and_nothing_is_taken(cast, bring_in):
    report = bring_in(
        [
            ["107-88-12343", "체납", "예", "2026-11-20", "명단"],
            ["116-82-00276", "키", "예", "2026-11-20", "명단"],
            ["116-82-00276", "체납", "어쩌면", "2026-11-20", "명단"],
            ["116-82-00276", "부채비율(%)", "많음", "2026-11-20", "명단"],
            ["116-82-00276", "체납", "예", "2026-13-20", "명단"],
            ["116-82-00276", "체납", "예", "2027-11-20", "명단"],
            ["116-82-00276", "체납", "예", "2026-11-20", ""],
            ["220-81-62517", "체납", "예", "2026-11-20", "명단"],
            ["220-81-62517", "체납", "아니요", "2026-11-20", "명단"],
            ["120-81-47521", "체납", "예", "2026-11-20", "명단"],
        ]
    )

    assert [(problem.place, problem.kind) for problem in report.problems] == [
        ("명단!A2", "NOT_A_BUSINESS_NUMBER"),
        ("명단!B3", "NOT_IN_LIST"),
        ("명단!C4", "NOT_YES_OR_NO"),
        ("명단!C5", "NOT_A_NUMBER"),
        ("명단!D6", "NO_SUCH_DAY"),
        ("명단!D7", "DAY_TO_COME"),
        ("명단!E8", "REQUIRED"),
        ("명단!B10", "SAID_TWICE"),
        ("명단!A11", "UNKNOWN_ORGANISATION"),
    ]
    assert not RecordedFact.objects.exists()


@pytest.mark.parametrize("who", ["supplier", "manager", "auditor", "reviewer"])
def test_only_the_office_takes_lists_in(cast, bring_in, who):
    with pytest.raises(Refused):
        bring_in(ROWS, by=who)


def test_an_upload_is_checked_confirmed_and_taken_in(cast, as_role):
    file = SimpleUploadedFile("명단.xlsx", workbook("명단", HEADER, ROWS))
    officer = as_role("officer")
    page = officer.post(reverse("registers:import_upload"), {"file": file}, follow=True)
    check = page.context["job"]
    jobs.run(job_id=str(check.pk), clock=timezone.now)
    assert "The file is in order" in officer.get(page.request["PATH_INFO"]).content.decode()

    page = officer.post(reverse("registers:import_confirm", args=[check.pk]), follow=True)
    jobs.run(job_id=str(page.context["job"].pk), clock=timezone.now)

    page.context["job"].refresh_from_db()
    assert page.context["job"].stage == JobStage.DONE
    assert RecordedFact.objects.count() == 3
    listed = officer.get(reverse("registers:facts")).content.decode()
    assert "국세청 명단" in listed


def test_what_is_wrong_is_withdrawn_and_counts_no_more(cast, as_role):
    fact = make_fact(cast)
    as_role("officer").post(reverse("registers:withdraw", args=[fact.pk]), {"reason": "납부 확인"})

    assert not any(f.name == "arrears" for f in facts_about(cast.supplier, NOON.date()))
    page = as_role("supplier").get(reverse("registers:organisation", args=[cast.supplier.pk]))
    assert "납부 확인" in page.content.decode()
    assert Notice.objects.filter(recipient=cast["supplier"], kind="FACT_WITHDRAWN").exists()
    with pytest.raises(Refused) as refused:
        operations.withdraw(fact=fact, reason="again", by=cast["officer"], at=NOON)
    assert refused.value.reason == Reason.WITHDRAWN_ALREADY


def test_a_withdrawal_needs_a_reason(cast):
    with pytest.raises(Refused) as refused:
        operations.withdraw(fact=make_fact(cast), reason=" ", by=cast["officer"], at=NOON)

    assert refused.value.reason == Reason.REASON_MISSING


def test_a_fact_stands_once_for_a_day_and_source(cast):
    make_fact(cast)

    with pytest.raises(IntegrityError, match="recorded_fact_once"):
        make_fact(cast, value="no")


def test_the_page_of_an_organisation_shows_every_source(cast, as_role):
    make_fact(cast)
    make_fact(cast, as_of=NOON.date() + timedelta(300), value="no")  # not yet
    url = reverse("registers:organisation", args=[cast.supplier.pk])

    page = as_role("supplier").get(url).content.decode()
    assert "the platform&#x27;s records" in page
    assert page.count("imported list") == 1
    assert as_role("rival").get(url).status_code == 404
    sheet = as_role("officer").get(url, {"format": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
