"""The rules of a programme's money, as plain values."""

from dataclasses import dataclass

from dure.engines.funding._budget import Budget
from dure.engines.funding._limits import Limit


@dataclass(frozen=True, slots=True)
class Payer:
    """A role that may pay in a programme, and with which instruments."""

    role: str
    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a project with money of its own; phases follow one another.

    A phase with `instruments` takes money that names no phase: of the phases with the same
    instrument, in order, each takes one row and the last the rest.
    """

    id: str
    months: int | None = None
    instruments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tranche:
    """The part of the public money that is paid when a stage is reached, in percent."""

    stage: str
    percent: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of a programme; what `needs` names has to be confirmed before it begins."""

    id: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """What `check`, `split`, `instalments` and `next_stage` know of a programme.

    Without a `budget` it says nothing about categories, so any is taken.
    """

    payers: tuple[Payer, ...]
    limits: tuple[Limit, ...] = ()
    phases: tuple[Phase, ...] = ()
    budget: Budget | None = None
    tranches: tuple[Tranche, ...] = ()
    stages: tuple[Stage, ...] = ()

    def payer(self, role: str | None) -> Payer | None:
        """Return who `role` is here, or None."""
        return next((payer for payer in self.payers if payer.role == role), None)
