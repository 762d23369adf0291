"""Living labs of the cast: the supplier leads a project that asks consumers at four steps."""

from datetime import timedelta

from django.utils.timezone import localdate

from dure.apps.livinglabs import operations
from dure.apps.livinglabs.models import Answer, Lab, Trial
from tests.cast import Cast
from tests.conftest import NOON


def living_lab(cast: Cast, number: str = "L-1", places: int = 20) -> Lab:
    """Open to everybody."""
    project = cast.project(number, programme="living-lab")
    return operations.open_lab(
        project=project, title="조용한 환기구", text="집에서 써 보고 말해 주세요.", places=places,
        by=cast["supplier"], at=NOON,
    )  # fmt: skip


def consumer_trial(cast: Cast, lab: Lab) -> Trial:
    """The next step, for two weeks, with two questions."""
    return operations.open_trial(
        lab=lab, text="밤에 켜 두세요.", questions=["소리가 어땠나요?", "값은 알맞나요?"],
        closes_on=localdate(NOON) + timedelta(days=14), by=cast["supplier"], at=NOON,
    )  # fmt: skip


def consumer_answer(cast: Cast, trial: Trial, who: str = "newcomer", **values) -> Answer:
    """A four, and ready."""
    given = {"score": 4, "is_ready": True, "texts": ["조용했어요", ""]}
    return operations.answer(trial=trial, **given | values, by=cast[who], at=NOON)
