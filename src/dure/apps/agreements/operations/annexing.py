"""Annexes (부속 서류): files that are agreed on with the text, each by its hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.agreements import permissions
from dure.apps.agreements.models import Agreement, Annex
from dure.apps.agreements.operations.drafting import locked
from dure.apps.agreements.reasons import Reason
from dure.apps.people.models import User
from dure.foundation.files import Unfit, examined
from dure.foundation.verdict import Refused

MOST = 30


@dataclass(frozen=True, slots=True)
class NewAnnex:
    """A file that is to be agreed on, and what it is."""

    what: str
    file: Any


@transaction.atomic
def add_annex(*, agreement: Agreement, what: str, file: Any, by: User, at: datetime) -> Annex:
    """Add a file to a draft; the text that is written next names it with its hash. Raises Refused."""
    agreement = locked(agreement)
    permissions.may_annex(by, agreement, localdate(at)).require()
    return keep_annex(agreement, NewAnnex(what, file), by, at)


def keep_annex(
    agreement: Agreement, new: NewAnnex, by: User, at: datetime, *, is_proposed: bool = False
) -> Annex:
    """Keep a file of a locked agreement; `is_proposed`: until the change that brings it holds.

    Raises Refused.
    """
    about = examined(new.file, settings.DURE_UPLOAD_LIMIT)
    if isinstance(about, Unfit):
        raise Refused(Reason(about))
    now = agreement.annexes.filter(removed_at=None)
    if now.filter(sha256=about.sha256).exists():
        raise Refused(Reason.ANNEX_TWICE)
    if now.count() >= MOST:
        raise Refused(Reason.ANNEXES_TOO_MANY)
    return Annex.objects.create(
        agreement=agreement, what=new.what, file=new.file, added_by=by, added_at=at,
        is_proposed=is_proposed, **about.as_fields(),
    )  # fmt: skip


@transaction.atomic
def remove_annex(*, annex: Annex, by: User, at: datetime) -> Annex:
    """Leave a file out of the texts to come; texts that name it still open it. Raises Refused."""
    agreement = locked(annex.agreement)
    permissions.may_annex(by, agreement, localdate(at)).require()
    annex = Annex.objects.select_for_update(of=("self",)).get(pk=annex.pk)
    if annex.removed_at:
        raise Refused(Reason.STAGE_CLOSED)
    annex.removed_at = at
    annex.save(update_fields=["removed_at"])
    return annex
