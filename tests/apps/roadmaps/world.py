"""A roadmap and a proposal, for the test of routes."""

from pathlib import Path
from tempfile import TemporaryDirectory

from dure.apps.roadmaps import operations
from tests.apps.roadmaps.conftest import SMALL
from tests.conftest import NOON


def things(cast, world):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.toml"
        file.write_text(SMALL, encoding="utf-8")
        roadmap, _is_new = operations.load(file, at=NOON)
    branch = roadmap.branches.get(code="A-01")
    proposal = operations.propose(
        roadmap=roadmap, branch=branch, kind="ADD", source="PUBLIC", name="촉각 센서", name_en="",
        text="필요", by=cast["supplier"], at=NOON,
    )  # fmt: skip
    return {"roadmap_slug": "small", "branch_code": "A-01", "roadmaps:": proposal.pk}
