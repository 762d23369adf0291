"""What comes after a stage, and what it still needs."""

from collections.abc import Collection
from dataclasses import dataclass

from dure.engines.funding._programme import Programme


@dataclass(frozen=True, slots=True)
class Step:
    """The stage that comes next, None after the last; it begins once `needs` is empty."""

    stage: str | None
    needs: tuple[str, ...] = ()


def next_stage(programme: Programme, stage: str | None, confirmed: Collection[str]) -> Step:
    """Return what comes after `stage` (None: before the first) for those who passed its gate.

    Raises ValueError for a stage that the programme does not have.
    """
    ids = [known.id for known in programme.stages]
    place = 0 if stage is None else ids.index(stage) + 1
    if place == len(ids):
        return Step(None)
    following = programme.stages[place]
    return Step(following.id, tuple(need for need in following.needs if need not in confirmed))
