"""Facts this app announces after commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NeedsChanged:
    """Needs were entered, changed, published or taken away."""

    need_ids: Sequence[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class TechnologiesChanged:
    """Technologies were entered, changed, published or taken away."""

    technology_ids: Sequence[int]
    at: datetime
