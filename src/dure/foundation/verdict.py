"""The answer to «may they?»: yes, or no and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices


class Refused(Exception):
    """An anticipated «no»; anything else that is raised is a bug."""

    def __init__(self, reason: TextChoices, **details: Any) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.details = details


@dataclass(frozen=True, slots=True)
class Verdict:
    """True, or false with the reason; usable in `if`, in a template and in an operation."""

    reason: TextChoices | None = None

    def __bool__(self) -> bool:
        return self.reason is None

    def require(self) -> None:
        """Go on, or raise Refused."""
        if self.reason is not None:
            raise Refused(self.reason)


YES = Verdict()
