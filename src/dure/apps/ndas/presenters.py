"""Agreements in words: where they stand, what can be done with them, as a list and on paper."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dure.apps.ndas.kinds import Relation
from dure.apps.ndas.models import AccessRecord, Exchange, Nda, RequestSheet
from dure.apps.ndas.operations import template_of
from dure.apps.ndas.permissions import (
    may_answer_doubt,
    may_answer_draft,
    may_answer_sheet,
    may_answer_staff_notice,
    may_confirm_return,
    may_move,
)
from dure.apps.ndas.reasons import Reason
from dure.apps.ndas.stages import NDA_NEXT, SHEET_NEXT, NdaStage, NdaStanding, SheetStage
from dure.apps.people.queries import Reader
from dure.foundation.ui.differences import differences
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
    standing = nda.standing(now)
    return {"word": standing.label, "tone": TONES.get(standing, "")}


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
        _("Signed by %(organisation)s") % {"organisation": party}
        for party in (nda.receiving_party, nda.disclosing_party)
    )
    done = [(by_receiving_party, nda.requested_at)]
    if nda.stage in (NdaStage.SIGNED, NdaStage.ENDED):
        done.append((by_disclosing_party, nda.answered_at))
    if nda.standing(now) == NdaStanding.ASKED:
        current, after = (by_disclosing_party, None), [(_("In force"), None)]
    else:
        current, after = (state_of(nda, now)["word"], _settled_at(nda, now)), []
    if nda.return_confirmed_at:
        done.append(current)
        current = (nda.get_returned_as_display(), nda.return_confirmed_at)
    elif nda.is_over(now):
        after = [(_("Returned or destroyed"), None)]
    steps = [("done", done), ("now", [current]), ("next", after)]
    return [step(label, state, when) for state, days in steps for label, when in days]


def _settled_at(nda: Nda, now: datetime) -> date | None:
    """When it came to stand as it does; a day that is over stands for its evening."""
    if nda.standing(now) == NdaStanding.LAPSED:
        return nda.sign_by
    if nda.standing(now) == NdaStanding.RUN_OUT:
        return nda.last_day
    return nda.ended_at or (None if nda.stage == NdaStage.SIGNED else nda.answered_at)


def turn_of(nda: Nda, now: datetime) -> dict[str, Any]:
    """What comes next, who must act, until when and whether that is past; empty if nothing does."""
    if nda.standing(now) == NdaStanding.ASKED:
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
            access_record.day,
            str(access_record.reader),
            access_record.reader.email,
            access_record.name,
            localtime(access_record.first_at),
            localtime(access_record.last_at),
            access_record.times,
        ]
        for access_record in access_records
    ]
    return headers, rows


SHEET_TONES = {SheetStage.GIVEN: "warning", SheetStage.AGREED: "success"}
SHEET_MOVES = (
    Move(
        SheetStage.AGREED,
        gettext_lazy("Agree"),
        gettext_lazy("Agree to the request?"),
        gettext_lazy("Nothing is handed over yet: an agreement on secrecy is signed first."),
        variant="primary",
    ),
    Move(
        SheetStage.DECLINED,
        gettext_lazy("Decline"),
        gettext_lazy("Decline the request?"),
        gettext_lazy("Say why, in a sentence. The other side reads exactly this."),
        asks_why=True,
    ),
    Move(
        SheetStage.TAKEN_BACK,
        gettext_lazy("Take it back"),
        gettext_lazy("Take your request back?"),
        gettext_lazy("The other side is told. You can ask again later."),
    ),
)


def sheet_moves_for(user: Reader, sheet: RequestSheet) -> list[Move]:
    """The moves of a request sheet that concern `user`."""
    possible = [move for move in SHEET_MOVES if move.stage in SHEET_NEXT[SheetStage(sheet.stage)]]
    return offered(possible, lambda move: may_answer_sheet(user, sheet, move.stage), NEVER_SHOWN)


def law_of(nda: Nda) -> dict[str, Any] | None:
    """By which law an agreement was written, and until when it is kept; None where it was free."""
    template = template_of(nda.relation)
    if "keep_years" not in template:
        return None
    last = localdate(nda.ended_at) if nda.ended_at else nda.last_day
    return {
        "relation": nda.get_relation_display(),
        "source": template["source"],
        "items": len({item for clause in template["clauses"] for item in clause["items"]}),
        "keep_until": last + relativedelta(years=template["keep_years"]),
    }


def doubts_of(user: Reader, nda: Nda) -> list[dict[str, Any]]:
    """Doubts about what an agreement calls secret, and whether `user` may answer them."""
    doubts = nda.doubts.select_related("created_by", "answered_by", "nda")
    return [{"doubt": doubt, "may_answer": bool(may_answer_doubt(user, doubt))} for doubt in doubts]


def drafts_of(user: Reader, nda: Nda, now: datetime) -> list[dict[str, Any]]:
    """Other words that were proposed, newest first: what changed in each clause, and what may be done."""
    language = "ko" if get_language() == "ko" else "en"
    drafts = nda.drafts.select_related("side", "created_by", "nda").order_by("-created_at", "-pk")
    return [
        {
            "draft": draft,
            "changes": [
                {
                    "title": new["title"],
                    "number": number,
                    "pieces": differences(old["text"], new["text"]),
                }
                for number, (old, new) in enumerate(
                    zip(draft.before[language], draft.terms[language], strict=True), 1
                )
                if old["text"] != new["text"]
            ],
            "may_answer": bool(may_answer_draft(user, draft, now)),
        }
        for draft in drafts
    ]


def staff_notices_of(user: Reader, nda: Nda, now: datetime) -> list[dict[str, Any]]:
    """Notices of other staff lists, newest first, and whether `user` may answer them."""
    staff_notices = nda.staff_notices.select_related("created_by", "answered_by", "nda")
    return [
        {
            "notice": notice,
            "people": list(notice.people.all()),
            "may_answer": bool(may_answer_staff_notice(user, notice, now)),
        }
        for notice in staff_notices.prefetch_related("people").order_by("-created_at", "-pk")
    ]


def covered(exchange: Exchange, now: datetime) -> dict[str, str]:
    """Whether a hand-over had its agreement and still has, in a word and a colour."""
    if exchange.nda is None and not exchange.is_secret:
        return {"word": _("Not secret"), "tone": ""}
    if exchange.nda is None:
        return {"word": _("No agreement"), "tone": "danger"}
    if exchange.nda.is_over(now) and not exchange.nda.return_confirmed_at:
        return {"word": _("Outlived its agreement"), "tone": "warning"}
    if exchange.nda.return_confirmed_at:
        return {"word": _("Returned or destroyed"), "tone": ""}
    return {"word": _("Under an agreement"), "tone": "success"}


def threats() -> list[dict[str, str]]:
    """What the law threatens where there is no agreement, by relation."""
    language = "ko" if get_language() == "ko" else "en"
    threats = []
    for relation in Relation:
        template = template_of(relation)
        if f"threat_{language}" in template:
            threats.append({"relation": relation.label, "said": template[f"threat_{language}"]})
    return threats


def exchanges_as_rows(
    exchanges: Iterable[Exchange], now: datetime
) -> tuple[list[str], list[list[Any]]]:
    """Hand-overs for a workbook: headers and rows."""
    headers = [
        _("Material"), _("Gave"), _("Received by"), _("How"), _("Handed over"), _("Agreement on secrecy"),
        _("Status"), _("Remark"),
    ]  # fmt: skip
    rows = [
        [
            exchange.material,
            str(exchange.from_party),
            str(exchange.to_party),
            exchange.get_way_display(),
            exchange.handed_on,
            exchange.nda.document_number if exchange.nda else "",
            covered(exchange, now)["word"],
            exchange.note,
        ]
        for exchange in exchanges
    ]
    return headers, rows
