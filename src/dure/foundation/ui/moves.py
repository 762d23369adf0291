"""Moves of a record from one stage of its life to the next, as pages offer them."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that can be done with a record: its button, its question, or why not.

    `ui/_moves.html` asks the questions; `asks_why` moves want a reason from the reader.
    """

    stage: str
    label: Promise
    question: Promise
    note: Promise
    asks_why: bool = False
    variant: str = "tertiary"
    why_not: str = ""

    @property
    def dialog(self) -> str:
        """The id of the dialog that asks before the move is made."""
        return f"move-{self.stage.lower().replace('_', '-')}"
