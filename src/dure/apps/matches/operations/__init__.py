"""Everything that changes matches: answers, introductions, bars, matching itself."""

from dure.apps.matches.operations.answers import (
    answer,
    bar,
    introduce,
    lift_bar,
    note_look,
    take_back,
)
from dure.apps.matches.operations.matching import (
    Found,
    ask_match_all,
    match_all,
    match_changed,
    rebuild_index,
    renew_index,
    search_needs,
    search_technologies,
    update_index,
    warm_up,
)
from dure.apps.matches.operations.telling import take_untold

__all__ = [
    "Found",
    "answer",
    "ask_match_all",
    "bar",
    "introduce",
    "lift_bar",
    "match_all",
    "match_changed",
    "note_look",
    "rebuild_index",
    "renew_index",
    "search_needs",
    "search_technologies",
    "take_back",
    "take_untold",
    "update_index",
    "warm_up",
]
