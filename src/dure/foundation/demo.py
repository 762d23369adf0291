"""The demonstration: each app's `demo.py` loads its part, the lower apps first."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dure.foundation.registry import Registry


@dataclass(slots=True)
class Demonstration:
    """What every part is given.

    `folder` holds the files of the demonstration, `real_data` those of DURE_DATA, if any; `run_job`
    takes the `kind`, `title`, `arguments` and `by` of a job and does it now; `say` writes a line on
    the terminal. A part adds to `sign_ins` who can sign in and as what, by e-mail address.
    """

    folder: Path
    real_data: Path | None
    password: str
    say: Callable[[str], None]
    run_job: Callable[..., Any]
    sign_ins: dict[str, str] = field(default_factory=dict)


Part = Callable[[Demonstration], None]
PARTS = Registry[Part]("part of the demonstration")


def demonstrates(code: str) -> Callable[[Part], Part]:
    """Make a function one part of the demonstration; a second run must change nothing."""

    def register(part: Part) -> Part:
        return PARTS.add(code, part)

    return register
