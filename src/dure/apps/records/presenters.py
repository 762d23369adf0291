"""Agreements in words: where they stand, what can be done with them, as a list and on paper."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.people.queries import Reader
from dure.apps.records.models import Nda
from dure.apps.records.permissions import may_move
from dure.apps.records.reasons import Reason
from dure.apps.records.stages import NDA_NEXT, NdaStage
from dure.foundation.ui.moves import Move, step

TONES = {NdaStage.ASKED: "warning", NdaStage.SIGNED: "success"}
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
NEVER_SHOWN = {Reason.NOT_A_PARTY, Reason.STAGE_CLOSED, Reason.HAS_RUN_OUT}


def state_of(nda: Nda, now: datetime) -> dict[str, Any]:
    """Where an agreement stands, in a word and a colour; one whose time is over has run out."""
    if nda.stage in TONES and nda.ends_at <= now:
        return {"word": _("Run out"), "tone": ""}
    word = _("In force") if nda.stage == NdaStage.SIGNED else nda.get_stage_display()
    return {"word": word, "tone": TONES.get(NdaStage(nda.stage), "")}


def moves_for(user: Reader, nda: Nda, now: datetime) -> list[Move]:
    """The moves that concern `user`, each with the reason where it is not possible now."""
    found = []
    for move in MOVES:
        if move.stage in NDA_NEXT[NdaStage(nda.stage)]:
            verdict = may_move(user, nda, move.stage, now)
            if verdict.reason not in NEVER_SHOWN:
                found.append(move.judged(verdict))
    return found


def path_of(nda: Nda, now: datetime) -> list[dict[str, Any]]:
    """The two signatures and what came after them: done, now, next."""
    by_taker, by_giver = (
        _("Signed by %(organisation)s") % {"organisation": each} for each in (nda.taker, nda.giver)
    )
    done = [(by_taker, nda.asked_at)]
    if nda.stage in (NdaStage.SIGNED, NdaStage.ENDED):
        done.append((by_giver, nda.answered_at))
    if nda.stage == NdaStage.ASKED and nda.ends_at > now:
        current, after = (by_giver, None), [(_("In force"), None)]
    else:
        current, after = (state_of(nda, now)["word"], _settled_at(nda, now)), []
    steps = [("done", done), ("now", [current]), ("next", after)]
    return [step(label, state, when) for state, each in steps for label, when in each]


def _settled_at(nda: Nda, now: datetime) -> datetime | None:
    if nda.stage in TONES:
        return None if nda.ends_at > now else nda.ends_at
    return nda.ended_at or nda.answered_at


def turn_of(nda: Nda, now: datetime) -> tuple[str, str]:
    """What comes next and who must act; empty when nothing does."""
    if nda.stage == NdaStage.ASKED and nda.ends_at > now:
        return _("A manager reads it and signs or refuses"), str(nda.giver)
    return "", ""


def as_rows(ndas: Iterable[Nda], now: datetime) -> tuple[list[str], list[list[Any]]]:
    """The agreements for a workbook: headers and rows."""
    headers = [
        _("Material"), _("Discloses"), _("Receives"), _("Status"), _("Who reads it"),
        _("Signed for the receiver"), _("Answered"), _("Last day"), _("Return or destroy by"),
        _("Reason"),
    ]  # fmt: skip
    rows = [
        [
            nda.material,
            str(nda.giver),
            str(nda.taker),
            state_of(nda, now)["word"],
            ", ".join(f"{person} <{person.email}>" for person in nda.people.all()),
            localtime(nda.asked_at),
            localtime(nda.answered_at) if nda.answered_at else None,
            last_day(nda),
            nda.return_on,
            nda.because,
        ]
        for nda in ndas
    ]
    return headers, rows


def last_day(nda: Nda) -> date:
    """The last day on which an agreement is in force."""
    return localdate(nda.ends_at - timedelta(seconds=1))
