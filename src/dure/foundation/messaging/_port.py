"""What a message is, and what becomes of one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class NotSent(Exception):
    """The provider did not take the message; the text says why."""


class Outcome(StrEnum):
    """SENT: a provider has taken it over. KEPT: written to a file, nobody was told."""

    SENT = "SENT"
    KEPT = "KEPT"


@dataclass(frozen=True, slots=True)
class Message:
    """One text to one number.

    `channel` is "SMS" or "ALIMTALK"; `key` is the same for every attempt to send one message, so
    that a provider does not send it twice.
    """

    channel: str
    to: str
    text: str
    key: str


class Sender(Protocol):
    """Takes messages; raises NotSent."""

    def send(self, message: Message) -> Outcome: ...
