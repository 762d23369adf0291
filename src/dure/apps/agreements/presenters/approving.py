"""How internal approvals and files signed outside are shown, and what a reader can do."""

from datetime import date
from typing import Any

from dure.apps.agreements import permissions, queries
from dure.apps.agreements.models import Agreement, OutsideWay, Party, Text
from dure.apps.agreements.stages import OutsideStage
from dure.apps.people.queries import Reader

OUTSIDE_TONES = {
    OutsideStage.WAITING: "information",
    OutsideStage.ACCEPTED: "success",
    OutsideStage.REFUSED: "danger",
    OutsideStage.WITHDRAWN: "neutral",
}


def approval(text: Text | None, party: Party) -> dict[str, Any] | None:
    """Who approves for a party, and what they said of the latest text.

    None where nobody has to, or the text is no longer signed and nobody was asked.
    """
    approver = queries.approver_of(party.organisation)
    given = queries.approval_of(text, party) if text else None
    is_open = text is not None and text.closed_at is None
    if given is None and (approver is None or not is_open):
        return None
    return {"by": given.answered_by if given else approver and approver.user, "given": given}


def to_approve(agreement: Agreement, user: Reader) -> list[Party]:
    """The parties for which a reader approves the text now."""
    own = queries.own_parties(user, agreement).select_related("agreement", "organisation")
    return [party for party in own if permissions.may_approve(user, party)]


def not_approved(agreement: Agreement, user: Reader) -> list[dict[str, Any]]:
    """Why the approvers of a reader's own parties did not approve the text."""
    text = queries.open_text(agreement)
    if text is None or text.closed_at is not None:
        return []
    own = queries.own_parties(user, agreement).select_related("organisation")
    given = [(party, queries.approval_of(text, party)) for party in own]
    return [
        {"party": party, "approval": answer}
        for party, answer in given
        if answer and answer.is_refusal
    ]


def outside_file(agreement: Agreement, user: Reader, on: date) -> dict[str, Any] | None:
    """The file signed outside that was handed in last for the latest text, and who accepted it."""
    file = queries.outside_file_of(agreement)
    if file is None:
        return None
    answers = {
        acceptance.party_id: acceptance
        for acceptance in file.acceptances.select_related("answered_by")
    }
    own = set(queries.own_parties(user, agreement).values_list("pk", flat=True))
    return {
        "file": file,
        "tone": OUTSIDE_TONES[OutsideStage(file.stage)],
        "is_paper": file.way == OutsideWay.PAPER,
        "is_waiting": file.stage == OutsideStage.WAITING,
        "may_withdraw": permissions.may_withdraw_file(user, file),
        "rows": [
            {
                "party": party,
                "answer": answers.get(party.pk),
                "may_accept": permissions.may_accept(user, file, party, on),
                "may_decline": permissions.may_decline(user, file, party, on),
                "is_own": party.pk in own and party.pk not in answers,
            }
            for party in queries.parties_asked(file.text)
        ],
    }
