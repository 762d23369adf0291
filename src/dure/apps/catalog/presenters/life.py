"""Where an entry is in its life, who must act, and what this reader can do about it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dure.apps.catalog import permissions
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters.kinds import kind_of
from dure.apps.catalog.reasons import Reason
from dure.apps.catalog.stages import NEED_NEXT, TECHNOLOGY_NEXT, NeedStage, TechnologyStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.moves import Move, offered, step

N = NeedStage
NEED_PATH = (N.DRAFT, N.UNDER_REVIEW, N.PUBLISHED, N.MATCHED, N.IN_IMPLEMENTATION, N.CLOSED)
TECHNOLOGY_PATH = (
    TechnologyStage.DRAFT,
    TechnologyStage.UNDER_REVIEW,
    TechnologyStage.PUBLISHED,
)
# Where a life ends beside the path: the stages passed before, as far as they are known.
BRANCHES_AFTER = {N.UNMATCHED: N.PUBLISHED, N.MERGED: N.UNDER_REVIEW, N.WITHDRAWN: N.DRAFT}

OWNER, OFFICE, BOTH = "owner", "office", "both"
TURNS: dict[str, tuple[Promise, str]] = {
    N.DRAFT: (_("Complete it and hand it in"), OWNER),
    N.UNDER_REVIEW: (_("A second person checks and publishes it"), OFFICE),
    N.PUBLISHED: (_("Answer the suggestions"), OWNER),
    N.MATCHED: (_("Agree with the partner and begin"), BOTH),
    N.IN_IMPLEMENTATION: (_("Report what came of it"), BOTH),
}
TECHNOLOGY_PUBLISHED = (_("Answer the needs that are suggested"), OWNER)


MOVES: dict[tuple[str, str], Move] = {
    (N.DRAFT, N.UNDER_REVIEW): Move(
        N.UNDER_REVIEW,
        _("Hand in"),
        _("Hand it in to the programme office?"),
        _("Somebody there reads it and publishes it. You can still correct it meanwhile."),
        variant="primary",
    ),
    (N.UNDER_REVIEW, N.PUBLISHED): Move(
        N.PUBLISHED,
        _("Publish"),
        _("Publish it?"),
        _("It can be found and matched from now on. Its owners are told."),
        variant="primary",
    ),
    (N.UNDER_REVIEW, N.DRAFT): Move(
        N.DRAFT,
        _("Return with a reason"),
        _("Return it to its owner?"),
        _("Say what is missing, in a sentence. The owner reads exactly this."),
        asks_why=True,
    ),
    (N.PUBLISHED, N.MATCHED): Move(
        N.MATCHED,
        _("Mark as matched"),
        _("Mark it as matched?"),
        _("A partner was found. It stays visible, so that others can still answer."),
        variant="secondary",
    ),
    (N.MATCHED, N.IN_IMPLEMENTATION): Move(
        N.IN_IMPLEMENTATION,
        _("Begin implementation"),
        _("Has the joint work begun?"),
        _("From now on no further technologies are suggested."),
        variant="secondary",
    ),
    (N.MATCHED, N.PUBLISHED): Move(
        N.PUBLISHED,
        _("Look for partners again"),
        _("Look for partners again?"),
        _("The match came to nothing. New technologies are suggested again."),
    ),
    (N.IN_IMPLEMENTATION, N.CLOSED): Move(
        N.CLOSED,
        _("Close this need"),
        _("Close this need?"),
        _("Say what came of it, in a sentence. A closed need cannot be opened again."),
        asks_why=True,
        variant="secondary",
    ),
    (N.IN_IMPLEMENTATION, N.MATCHED): Move(
        N.MATCHED,
        _("Back to matched"),
        _("Take it back to matched?"),
        _("For when the joint work has not begun after all."),
    ),
    (N.PUBLISHED, N.UNMATCHED): Move(
        N.UNMATCHED,
        _("Close without a match"),
        _("Close it without a match?"),
        _("Say why nobody was found, in a sentence; we learn from it."),
        asks_why=True,
    ),
    (N.MATCHED, N.UNMATCHED): Move(
        N.UNMATCHED,
        _("Close without a match"),
        _("Close it without a match?"),
        _("Say why nobody was found, in a sentence; we learn from it."),
        asks_why=True,
    ),
    (N.UNMATCHED, N.PUBLISHED): Move(
        N.PUBLISHED,
        _("Publish again"),
        _("Publish it again?"),
        _("It can be found and matched again."),
        variant="secondary",
    ),
    (N.MERGED, N.PUBLISHED): Move(
        N.PUBLISHED,
        _("Separate again"),
        _("Separate it from the other need?"),
        _("For when the two were not the same after all. It is published on its own again."),
    ),
    (N.WITHDRAWN, N.DRAFT): Move(
        N.DRAFT,
        _("Take up again"),
        _("Take it up again?"),
        _("It becomes a draft that you can edit and hand in."),
        variant="secondary",
    ),
}
WITHDRAW = Move(
    N.WITHDRAWN,
    _("Withdraw"),
    _("Withdraw it?"),
    _("Nobody outside your organisation sees it any more. You can take it up again later."),
    variant="danger",
)
# A button that this reader could never press is not drawn; one that waits for something is.
NEVER_SHOWN = {Reason.NOT_AN_OFFICER, Reason.NOT_YOUR_ORGANISATION, Reason.STAGE_CLOSED}


def path_of(entry: Need | Technology) -> list[dict[str, Any]]:
    """The stages of an entry's life: done, now, next."""
    path = list(NEED_PATH if isinstance(entry, Need) else TECHNOLOGY_PATH)
    if entry.stage in BRANCHES_AFTER:
        last = N.PUBLISHED if entry.published_at else BRANCHES_AFTER[entry.stage]
        path = [*path[: path.index(last) + 1], entry.stage]
    at = path.index(entry.stage)
    labels = dict(kind_of(entry).stages.choices)
    days = {
        N.DRAFT: entry.created_at,
        N.UNDER_REVIEW: entry.handed_in_at,
        N.PUBLISHED: entry.published_at,
    }
    return [
        step(
            labels[stage],
            "done" if place < at else "now" if place == at else "next",
            days.get(stage) if place <= at else None,
        )
        for place, stage in enumerate(path)
    ]


def turn_of(entry: Need | Technology) -> tuple[Promise | str, Promise | str]:
    """What comes next and who must act; empty when the life is over."""
    what, who = TURNS.get(entry.stage, ("", ""))
    if isinstance(entry, Technology) and entry.stage == TechnologyStage.PUBLISHED:
        what, who = TECHNOLOGY_PUBLISHED
    if who == OWNER:
        return what, str(entry.organisation)
    names = {OFFICE: _("Programme office"), BOTH: _("The demand organisation and its partner")}
    return what, names.get(who, "")


def moves_for(user: Reader, entry: Need | Technology) -> list[Move]:
    """The moves that concern `user`, each with the reason where it is not possible now."""
    nexts = (NEED_NEXT if isinstance(entry, Need) else TECHNOLOGY_NEXT)[entry.stage]
    possible = [
        move
        for (before, stage), move in [*MOVES.items(), ((entry.stage, N.WITHDRAWN), WITHDRAW)]
        if before == entry.stage and stage in nexts
    ]
    return offered(
        possible, lambda move: permissions.may_move(user, entry, move.stage), NEVER_SHOWN
    )
