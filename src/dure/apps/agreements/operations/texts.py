"""The text that is signed: written as a PDF from what the parties agree on."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils import translation

from dure.apps.agreements import adapter
from dure.apps.agreements.adapter import Whole
from dure.apps.agreements.models import Change, Instalment, Text
from dure.apps.agreements.stages import OutsideStage
from dure.apps.people.models import User
from dure.foundation import signing
from dure.foundation.paper import pdf

LANGUAGE = "ko"  # the text that is signed


def close_text(text: Text, at: datetime) -> None:
    """Let nobody sign a text any more; a file signed outside that waits for it is void."""
    text.closed_at = at
    text.save(update_fields=["closed_at"])
    text.outside_files.filter(stage=OutsideStage.WAITING).update(stage=OutsideStage.WITHDRAWN)


def write_text(
    whole: Whole,
    instalments: tuple[Instalment, ...],
    by: User,
    at: datetime,
    change: Change | None = None,
) -> Text:
    """Write the next version of the text; that of a change is signed by its signers."""
    agreement = whole.agreement
    content = adapter.content_of(whole, instalments)
    last = agreement.texts.order_by("-number").first()
    number = last.number + 1 if last else 1
    with translation.override(LANGUAGE):
        html = render_to_string(
            "agreements/text_paper.html",
            {"said": adapter.spoken(content, whole), "version": number},
        )
    file = pdf(html)
    text = Text(
        agreement=agreement,
        number=number,
        content=content,
        digest=signing.signed_part(file),
        change=change,
        created_by=by,
        created_at=at,
    )
    text.file.save(f"{agreement.number}-v{number}.pdf", ContentFile(file), save=False)
    text.save()
    return text
