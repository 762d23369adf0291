"""What stands under a branch of a roadmap: each app says in its `panels.py` what it keeps there.

keeps_under_branches(BranchUse("needs", _("Needs"), needs_by_branch, needs_url))
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dure.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class BranchUse:
    """One kind of thing that points into roadmaps.

    `counts(reader, ids)` gives how many the reader may see, by id of a branch; `url(slug of the
    roadmap, code of the branch)` leads to the list of those under a branch and all below it.
    """

    code: str
    label: Promise
    counts: Callable[[Any, Collection[int]], Mapping[int, int]]
    url: Callable[[str, str], str]


USES = Registry[BranchUse]("use of branches")


def keeps_under_branches(use: BranchUse) -> BranchUse:
    """Let the pages of roadmaps count one kind of thing."""
    return USES.add(use.code, use)
