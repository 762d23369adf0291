"""Facts this app announces after commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NeedsChanged:
    """Needs that others read, or read until now, were published, changed or taken away."""

    need_ids: Sequence[int]
    at: datetime


@dataclass(frozen=True, slots=True)
class TechnologiesChanged:
    """Technologies that others read, or read until now, were published, changed or taken away."""

    technology_ids: Sequence[int]
    at: datetime
