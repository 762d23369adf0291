"""Entries of the cast."""

from dure.apps.catalog.adapter.words import fill_search
from dure.apps.catalog.models import Need, Technology, Visibility
from dure.apps.catalog.stages import NeedStage
from tests.cast import Cast
from tests.conftest import NOON


def need(cast: Cast, **values: object) -> Need:
    """A published need of the buyer; `values` change it."""
    return _entry(
        cast,
        Need,
        {
            "organisation": cast.buyer,
            "title": "도장 건조로 배기열 회수",
            "body": "건조로 배기 180도, 회수율 60% 이상 열교환 기술을 찾습니다.",
            "field": "SMARTFAC",
            **values,
        },
    )


def technology(cast: Cast, **values: object) -> Technology:
    """A published technology of the supplier; `values` change it."""
    return _entry(
        cast,
        Technology,
        {
            "organisation": cast.supplier,
            "title": "저온 배기가스 폐열회수 열교환기",
            "body": "150~200도 배기가스에서 열을 회수하는 판형 열교환기입니다.",
            "field": "SMARTFAC",
            **values,
        },
    )


def _entry(cast: Cast, kind: type, values: dict) -> Need | Technology:
    stage = values.setdefault("stage", NeedStage.PUBLISHED)
    if stage != NeedStage.DRAFT:
        values.setdefault("handed_in_by", cast["manager"])
        values.setdefault("handed_in_at", NOON)
    if stage not in (NeedStage.DRAFT, NeedStage.UNDER_REVIEW):
        values.setdefault("published_by", cast["officer"])
        values.setdefault("published_at", NOON)
    values.setdefault("visibility", Visibility.PUBLIC)
    entry = kind(**values)
    fill_search([entry])
    entry.save()
    return entry
