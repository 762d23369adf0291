"""An exchange group of the cast: a federation, a unit group below it, its chair the supplier."""

from datetime import date

from dure.apps.groups import operations
from dure.apps.groups.models import Group
from tests.cast import Cast
from tests.conftest import NOON


def federation(cast: Cast, name: str = "경남연합회") -> Group:
    """A regional federation."""
    values = {"name": name, "level": "REGION", "region": "GYEONGNAM"}
    return operations.found_group(values=values, by=cast["officer"])


def exchange_group(cast: Cast, name: str = "창원 융합교류회", parent: Group | None = None) -> Group:
    """A unit group whose chair is the supplier and whose member is the supplier's firm."""
    values = {"name": name, "region": "GYEONGNAM", "parent": parent}
    group = operations.found_group(values=values, by=cast["officer"])
    operations.name_officer(
        group=group, user=cast["supplier"], office="CHAIR", starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31), by=cast["officer"],
    )  # fmt: skip
    operations.join(
        group=group, organisation=cast.supplier, on=date(2026, 1, 5), is_agreed=False,
        by=cast["supplier"], today=NOON.date(),
    )  # fmt: skip
    return group
