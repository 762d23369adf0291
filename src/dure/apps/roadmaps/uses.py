"""What stands under a branch of a roadmap: each app registers what it keeps there.

An app's `branch_uses.py` is found when the platform starts:

    register(BranchUse("needs", _("Needs"), counts=needs_by_branch, url=needs_url))
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

from dure.apps.people.queries import Reader


@dataclass(frozen=True, slots=True)
class BranchUse:
    """One kind of thing that points into roadmaps.

    `counts(reader, ids)` gives how many the reader may see, by id of a branch; `url(code of
    roadmap, code of branch)` leads to the list of those under a branch and all below it.
    """

    key: str
    label: Promise
    counts: Callable[[Reader, Collection[int]], Mapping[int, int]]
    url: Callable[[str, str], str]


_uses: dict[str, BranchUse] = {}


def register(use: BranchUse) -> None:
    """Let the pages of roadmaps count one kind of thing. ValueError when its key is taken."""
    if use.key in _uses:
        raise ValueError(f"two uses of branches have the key {use.key!r}")
    _uses[use.key] = use


def all_uses() -> list[BranchUse]:
    """The kinds of things that point into roadmaps, in the order of the apps."""
    return list(_uses.values())
