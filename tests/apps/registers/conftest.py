"""Lists of facts as officers hand them in."""

import pytest

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.registers import operations
from dure.apps.registers.models import RecordedFact
from dure.foundation.sheets import workbook
from tests.conftest import NOON

HEADER = ["사업자등록번호", "항목", "값", "기준일", "출처"]
ROWS = [
    ["116-82-00276", "체납", "예", "2026-11-20", "국세청 명단"],
    ["116-82-00276", "부채비율(%)", "320", "2026-11-20", "신용평가"],
    ["124-81-00998", "참여제한", "아니요", "2026. 11. 1.", "범부처 제재 명단"],
]


@pytest.fixture
def bring_in(cast, tmp_path):
    """A function that imports rows for an officer, or only checks them."""
    path = tmp_path / "facts.xlsx"

    def function(rows, header=HEADER, by="officer", is_check=False):
        path.write_bytes(workbook("명단", header, rows))
        job = Job.objects.create(kind=operations.IMPORT, title="", requested_by=cast[by])
        run = operations.check_facts if is_check else operations.import_facts
        return run(path=path, by=cast[by], at=NOON, progress=Progress(job))

    return function


def make_fact(cast, **values):
    """Arrears of the supplier."""
    given = {"fact": "arrears", "value": "yes", "as_of": NOON.date(), "origin": "국세청 명단"}
    return RecordedFact.objects.create(
        **{"organisation": cast.supplier} | given | values,
        recorded_by=cast["officer"],
        recorded_at=NOON,
    )
