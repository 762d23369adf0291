"""Agreements in words: where they stand, what can be done with them, as a list and on paper."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.ndas.models import AccessRecord, Nda
from dure.apps.ndas.permissions import may_confirm_return, may_move
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NDA_NEXT, NdaStage, NdaStanding
from dure.apps.people.queries import Reader
from dure.foundation.ui.moves import Move, offered, step
from dure.foundation.verdict import Verdict

TONES = {NdaStanding.ASKED: "warning", NdaStanding.IN_FORCE: "success"}
MOVES = (
    Move(
        NdaStage.SIGNED,
        gettext_lazy("Sign"),
        gettext_lazy("Sign for your organisation?"),
        gettext_lazy(
            "The agreement is in force at once: the named people read the details and the files"
            " from now on."
        ),
        variant="primary",
    ),
    Move(
        NdaStage.REFUSED,
        gettext_lazy("Refuse"),
        gettext_lazy("Refuse to sign?"),
        gettext_lazy("Say why, in a sentence. The other side reads exactly this."),
        asks_why=True,
    ),
    Move(
        NdaStage.WITHDRAWN,
        gettext_lazy("Take it back"),
        gettext_lazy("Take your request back?"),
        gettext_lazy("Your signature no longer counts. You can ask again later."),
    ),
    Move(
        NdaStage.ENDED,
        gettext_lazy("End it early"),
        gettext_lazy("End the agreement now?"),
        gettext_lazy(
            "The details close at once. The duty to keep them secret goes on. Say why; the other"
            " side reads it."
        ),
        asks_why=True,
        variant="danger",
    ),
)
# A button that this reader could never press is not drawn; one that waits for something is.
NEVER_SHOWN = {
    Reason.NOT_A_PARTY,
    Reason.STAGE_CLOSED,
    Reason.HAS_RUN_OUT,
    Reason.NOT_OVER,
    Reason.CONFIRMED_ALREADY,
}


def state_of(nda: Nda, now: datetime) -> dict[str, Any]:
    """Where an agreement stands, in a word and a colour."""
    roles = nda.roles(now)
    return {"word": roles.label, "tone": TONES.get(roles, "")}


def return_of(nda: Nda, now: datetime) -> dict[str, str] | None:
    """What became of the material of an agreement that is over, in a word and a colour."""
    if nda.return_confirmed_at:
        return {"word": nda.get_returned_as_display(), "tone": "success"}
    if not nda.is_over(now):
        return None
    if nda.return_on < localdate(now):
        return {"word": _("Return overdue"), "tone": "danger"}
    return {"word": _("Return not confirmed"), "tone": "warning"}


def confirming(user: Reader, nda: Nda, now: datetime) -> Verdict | None:
    """Whether `user` may confirm the return now; None where no button belongs."""
    verdict = may_confirm_return(user, nda, now)
    return None if verdict.reason in NEVER_SHOWN else verdict


def moves_for(user: Reader, nda: Nda, now: datetime) -> list[Move]:
    """The moves that concern `user`, each with the reason where it is not possible now."""
    possible = [move for move in MOVES if move.stage in NDA_NEXT[NdaStage(nda.stage)]]
    return offered(possible, lambda move: may_move(user, nda, move.stage, now), NEVER_SHOWN)


def path_of(nda: Nda, now: datetime) -> list[dict[str, Any]]:
    """The two signatures and what came after them, to the return: done, now, next."""
    by_receiving_party, by_disclosing_party = (
        _("Signed by %(organisation)s") % {"organisation": each}
        for each in (nda.receiving_party, nda.disclosing_party)
    )
    done = [(by_receiving_party, nda.requested_at)]
    if nda.stage in (NdaStage.SIGNED, NdaStage.ENDED):
        done.append((by_disclosing_party, nda.answered_at))
    if nda.roles(now) == NdaStanding.ASKED:
        current, after = (by_disclosing_party, None), [(_("In force"), None)]
    else:
        current, after = (state_of(nda, now)["word"], _settled_at(nda, now)), []
    if nda.return_confirmed_at:
        done.append(current)
        current = (nda.get_returned_as_display(), nda.return_confirmed_at)
    elif nda.is_over(now):
        after = [(_("Returned or destroyed"), None)]
    steps = [("done", done), ("now", [current]), ("next", after)]
    return [step(label, state, when) for state, each in steps for label, when in each]


def _settled_at(nda: Nda, now: datetime) -> date | None:
    """When it came to stand as it does; a day that is over stands for its evening."""
    if nda.roles(now) == NdaStanding.LAPSED:
        return nda.sign_by
    if nda.roles(now) == NdaStanding.RUN_OUT:
        return nda.last_day
    return nda.ended_at or (None if nda.stage == NdaStage.SIGNED else nda.answered_at)


def turn_of(nda: Nda, now: datetime) -> dict[str, Any]:
    """What comes next, who must act, until when and whether that is past; empty if nothing does."""
    if nda.roles(now) == NdaStanding.ASKED:
        return {
            "next": _("A manager reads it and signs or refuses"),
            "who": str(nda.disclosing_party),
            "until": nda.sign_by,
        }
    if nda.is_over(now) and not nda.return_confirmed_at:
        return {
            "next": _("Give back or destroy what was received, and confirm it"),
            "who": str(nda.receiving_party),
            "until": nda.return_on,
            "late": nda.return_on < localdate(now),
        }
    return {}


def as_rows(ndas: Iterable[Nda], now: datetime) -> tuple[list[str], list[list[Any]]]:
    """The agreements for a workbook: headers and rows."""
    headers = [
        _("Material"), _("Discloses"), _("Receives"), _("Status"), _("Who reads it"),
        _("Signed for the receiver"), _("Answered"), _("Last day"), _("Return or destroy by"),
        _("Reason"), _("Returned or destroyed"), _("Return confirmed"), _("Return confirmed by"), _("How"),
    ]  # fmt: skip
    rows = [
        [
            nda.material,
            str(nda.disclosing_party),
            str(nda.receiving_party),
            state_of(nda, now)["word"],
            ", ".join(f"{person} <{person.email}>" for person in nda.people.all()),
            localtime(nda.requested_at),
            localtime(nda.answered_at) if nda.answered_at else None,
            nda.last_day,
            nda.return_on,
            nda.reason,
            (return_of(nda, now) or {}).get("word", ""),
            localtime(nda.return_confirmed_at) if nda.return_confirmed_at else None,
            str(nda.return_confirmed_by or ""),
            nda.return_how,
        ]
        for nda in ndas
    ]
    return headers, rows


def access_records_as_rows(
    access_records: Iterable[AccessRecord],
) -> tuple[list[str], list[list[Any]]]:
    """Who read what for a workbook: headers and rows."""
    headers = [
        _("Day"),
        _("Reader"),
        _("E-mail"),
        _("What was read"),
        _("First time"),
        _("Last time"),
        _("How often"),
    ]
    rows = [
        [
            each.day,
            str(each.reader),
            each.reader.email,
            each.name,
            localtime(each.first_at),
            localtime(each.last_at),
            each.times,
        ]
        for each in access_records
    ]
    return headers, rows
