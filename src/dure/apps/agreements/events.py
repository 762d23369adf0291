"""What agreements announce after commit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgreementSigned:
    """The last party signed: the agreement is in force, by the rules of that day."""

    agreement_id: int
    agreed_on: date


@dataclass(frozen=True, slots=True)
class InstalmentPaid:
    """An instalment came in, in cash or in kind."""

    agreement_id: int
    instalment_id: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class AgreementChanged:
    """A change was written into an agreement in force."""

    agreement_id: int
