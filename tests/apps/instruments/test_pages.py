"""What each side does on its pages: office, investor, firm, operating institution, guarantor."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from dure.apps.instruments import queries
from dure.apps.instruments.kinds import SchemeKind
from dure.apps.instruments.models import Movement, Scheme, Stake
from dure.apps.jobs.models import Job, JobStage
from dure.apps.jobs.operations import cancel, run
from dure.apps.ledger.models import Entry
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.apps.instruments.test_savings import months_of, sheet
from tests.apps.ledger.test_races import at_once
from tests.conftest import NOON
from tests.html import flat

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"instruments:{name}", args=args)


def test_the_office_sets_a_fund_up_and_a_founder_sees_its_part_alone(as_role, cast):
    load_shipped(at=NOON)
    programme = Programme.objects.get(slug="co-investment")
    office = as_role("officer")
    office.post(
        url("new"),
        {
            "kind": "FUND", "programme": programme.pk, "name": "제1호 협력펀드",
            "keeper": cast.sister.business_number, "project_cap": "24억",
        },
    )  # fmt: skip
    fund = Scheme.objects.get()
    assert fund.project_cap == 2_400_000_000
    for founder, won in ((cast.buyer, "6억"), (cast.rival, "400,000,000")):
        office.post(
            url("pledge", fund.pk),
            {"founder": founder.name, "amount": won, "on": "2026-11-30"},
        )
    stake = Stake.objects.get(organisation=cast.buyer)
    office.post(url("pay_in", stake.pk), {"amount": "100000000", "on": "2026-11-30"})

    page = as_role("member").get(url("scheme", fund.pk)).content.decode()

    assert cast.buyer.name in page
    assert cast.rival.name not in page
    assert 'value="100000000"' in page
    assert as_role("member").get(url("stake", stake.pk)).status_code == 200
    assert as_role("rival").get(url("stake", stake.pk)).status_code == 404
    assert queries.scheme_figures(fund).pledged == 1_000_000_000


@pytest.mark.django_db(transaction=True)
def test_a_list_of_payments_is_taken_in_by_a_job_or_told_by_cell(as_role, cast):
    stake = cast.saver()
    cast.appropriation(slug="young-worker-savings", amount=10**9)
    office = as_role("officer")
    rows = months_of(stake, 2)

    def cancels(job):
        if job.step == "Entering and posting":
            at_once(lambda: cancel(job=job, by=cast["officer"], at=NOON))

    def sent(content, listener=None):
        file = SimpleUploadedFile("11월.xlsx", content)
        answer = office.post(url("collect", stake.scheme_id), {"file": file})
        job = Job.objects.latest("requested_at")
        assert answer["Location"] == reverse("instruments:collection", args=[job.pk])
        run(job_id=str(job.pk), clock=timezone.now, listener=listener)
        return office.get(answer["Location"]).content.decode()

    due = f"{rows[-1][3]:,}"
    page = sent(sheet(*rows[:-1], [*rows[-1][:3], 1, rows[-1][4]]).read())
    assert '<b class="number">D</b>' in flat(page)
    assert due in page
    assert "Nothing was taken in" in sent(b"no spreadsheet")
    sent(sheet(*rows).read(), listener=cancels)
    assert Job.objects.latest("requested_at").stage == JobStage.CANCELLED
    assert not Movement.objects.exists()
    assert not Entry.objects.filter(kind="PAID_IN").exists()

    assert "Newly entered" in sent(sheet(*rows).read())
    assert Movement.objects.count() == 6
    sent(sheet(*rows).read())
    assert Movement.objects.count() == 6
    assert Job.objects.latest("requested_at").result["same"] == 6
    assert office.get(url("collection_template", stake.scheme_id)).status_code == 200
    assert (
        as_role("supplier")
        .get(reverse("instruments:collection", args=[Job.objects.first().pk]))
        .status_code
        == 404
    )


def test_a_voucher_goes_from_firm_to_institution_and_back(as_role, cast):
    scheme = cast.scheme(SchemeKind.VOUCHER)
    cast.appropriation(slug="equipment-voucher", year=localdate().year, amount=10**9)
    office = as_role("officer")
    office.post(url("institutions", scheme.pk), {"institutions": f"{cast.rival.business_number}\n"})
    wrong = office.post(url("institutions", scheme.pk), {"institutions": "없는 기관"})
    assert wrong.status_code == 422
    as_role("supplier").post(
        url("ask", scheme.pk),
        {"organisation": cast.supplier.pk, "trl": 4, "amount": "25,000,000"},
    )
    as_role("officer").post(url("issue", scheme.pk))
    stake = Stake.objects.get()
    as_role("rival").post(
        url("use", scheme.pk),
        {
            "stake": stake.number, "institution": cast.rival.pk, "what": "전자현미경",
            "amount": "500만", "on": localdate().isoformat(),
        },
    )  # fmt: skip
    use = Movement.objects.get()

    assert "전자현미경" in as_role("supplier").get("/").content.decode()
    as_role("supplier").post(url("confirm_use", use.pk))

    assert queries.figures_of([stake])[stake.pk].given == 5_000_000


def test_a_guarantor_confirms_its_step_on_its_page(as_role, cast):
    stake = cast.way()
    step = stake.movements.get(part="guarantee")
    guarantor = as_role("rival")
    assert url("confirm_step", step.pk) in guarantor.get(url("stake", stake.pk)).content.decode()
    form = {"amount": "2억 1원", "on": NOON.date().isoformat()}
    assert guarantor.post(url("confirm_step", step.pk), form).status_code == 422

    guarantor.post(url("confirm_step", step.pk), form | {"amount": "2억"})

    assert list(queries.steps_done(stake)) == ["guarantee"]
    assert as_role("supplier").get(url("confirm_step", step.pk)).status_code == 404


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_opens_in_both_languages(as_role, cast, world_of_schemes, language):
    office = as_role("officer")
    for name, pk in world_of_schemes:
        answer = office.get(url(name, pk), headers={"Accept-Language": language})
        assert answer.status_code == 200, name


@pytest.fixture
def world_of_schemes(cast):
    from tests.apps.instruments.world import things

    wanted = ("scheme", "stake", "commitment", "pledge", "commit", "join", "begin", "leave")
    known = things(cast, {})
    return [(name, known[f"instruments:{name}"]) for name in wanted]


def test_stakes_are_handed_out_as_excel(as_role, cast):
    fund = cast.founded_fund()

    answer = as_role("officer").get(url("scheme", fund.pk), {"format": "xlsx"})

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows[1:]] == [str(stake) for stake in fund.stakes.order_by("pk")]
    assert rows[1][6:8] == (600_000_000, 600_000_000)
