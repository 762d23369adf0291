"""What of agreements stands in the sealed record: each signature and acceptance, with its file."""

from dure.apps.agreements import kinds
from dure.apps.agreements.models import Acceptance, Signature
from dure.apps.records.operations import FileHash, record


def record_signature(signature: Signature, content: bytes) -> None:
    """That a party signed the text of an agreement; `content` is the file with its signature."""
    text = signature.text
    agreement = text.agreement
    found = agreement.parties.exclude(organisation=None).select_related("organisation")
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
        parties=[each.organisation for each in found],
        is_of_office=True,
        by=signature.signed_by,
        at=signature.signed_at,
    )


def record_acceptance(given: Acceptance) -> None:
    """That a party accepts a file signed outside as the text of an agreement: by the hash of the file."""
    text = given.file.text
    agreement = text.agreement
    found = agreement.parties.exclude(organisation=None).select_related("organisation")
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
        parties=[each.organisation for each in found],
        is_of_office=True,
        by=given.answered_by,
        at=given.answered_at,
    )
