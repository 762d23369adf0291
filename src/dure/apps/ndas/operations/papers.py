"""The paper of an agreement, signed by both sides (PAdES) with the keys that the platform keeps for them."""

import hashlib

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import translation

from dure.apps.ndas.models import Nda
from dure.foundation import signing
from dure.foundation.paper import pdf

LANGUAGE = "ko"  # the paper that is signed


def sign_paper(nda: Nda) -> bytes:
    """Write the paper, sign it for both sides, and keep it with the agreement; what was written."""
    with translation.override(LANGUAGE):
        context = {
            "nda": nda,
            "clauses": nda.in_language(LANGUAGE),
            "people": list(nda.people.order_by("pk")),
            "is_signed": True,
            "language": LANGUAGE,
            "parties": nda.parties_in(LANGUAGE),
        }
        content = pdf(render_to_string("ndas/nda_paper.html", context))
    names = nda.parties_in(LANGUAGE)
    for side in ("receiving_party", "disclosing_party"):
        content = signing.sign(
            content,
            code=f"organisation-{getattr(nda, side).pk}",
            name=names[side],
            field=side,
            reason="비밀유지협약",
        )
    nda.file_sha256 = hashlib.sha256(content).hexdigest()
    nda.file.save(f"{nda.document_number}.pdf", ContentFile(content), save=False)
    return content
