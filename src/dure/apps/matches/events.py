"""Facts this app announces after commit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PairIntroduced:
    """A demand organisation and a small firm were brought together."""

    need_id: int
    technology_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class IntroductionTakenBack:
    """The programme office no longer brings a pair together."""

    need_id: int
    technology_id: int
    at: datetime
