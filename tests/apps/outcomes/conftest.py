"""Lists of outcomes as people hand them in."""

import pytest

from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.outcomes import operations
from dure.foundation.sheets import workbook
from tests.conftest import NOON

HEADER = [
    "사업자등록번호", "성과 유형", "내용", "날짜", "상대방", "금액", "통화", "번호", "인원", "국가", "기간 시작",
    "만료일", "과제번호",
]  # fmt: skip


@pytest.fixture
def bring_in(cast, tmp_path):
    """A function that imports rows for somebody, or only checks them."""
    path = tmp_path / "outcomes.xlsx"

    def function(rows, by="officer", is_check=False):
        path.write_bytes(
            workbook("성과", HEADER, [[*row, *[""] * (13 - len(row))] for row in rows])
        )
        job = Job.objects.create(kind=operations.IMPORT, title="", requested_by=cast[by])
        run = operations.check_outcomes if is_check else operations.import_outcomes
        return run(path=path, by=cast[by], at=NOON, progress=Progress(job))

    return function
