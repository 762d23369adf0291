"""What of agreements stands in the sealed record: each signature and acceptance, with its file."""

from dure.apps.agreements import kinds
from dure.apps.agreements.models import Acceptance, Agreement, Signature
from dure.apps.people.models import Organisation
from dure.apps.records.operations import FileHash, record


def record_signature(signature: Signature, content: bytes) -> None:
    """That a party signed the text of an agreement; `content` is the file with its signature."""
    text = signature.text
    agreement = text.agreement
    record(
        kind=kinds.SIGNED,
        about=f"agreement:{agreement.pk}",
        content={
            "agreement": agreement.number,
            "text": text.number,
            "text_sha256": text.digest,
            "party": signature.party.role,
            "way": signature.way,
        },
        files=[FileHash.of(f"{agreement.number}-v{text.number}.pdf", content)],
        parties=_organisations(agreement),
        is_of_office=True,
        by=signature.signed_by,
        at=signature.signed_at,
    )


def record_acceptance(given: Acceptance) -> None:
    """That a party accepts a file signed outside as the text of an agreement: by the hash of the file."""
    text = given.file.text
    agreement = text.agreement
    record(
        kind=kinds.ACCEPTED,
        about=f"agreement:{agreement.pk}",
        content={
            "agreement": agreement.number,
            "text": text.number,
            "text_sha256": text.digest,
            "party": given.party.role,
            "way": given.file.way,
        },
        files=[FileHash(given.file.name, given.file.sha256)],
        parties=_organisations(agreement),
        is_of_office=True,
        by=given.answered_by,
        at=given.answered_at,
    )


def _organisations(agreement: Agreement) -> list[Organisation]:
    parties = agreement.parties.exclude(organisation=None).select_related("organisation")
    return [party.organisation for party in parties]
