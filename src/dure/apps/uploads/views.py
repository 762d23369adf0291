"""Where the pieces of a large file are sent (tus): how far it has got, the next one, its end."""

from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from dure.apps.uploads import operations, queries
from dure.apps.uploads.models import KEPT_UNUSED, Upload
from dure.apps.uploads.reasons import Reason
from dure.foundation import tus
from dure.foundation.ui.answers import attempted

STATUS = {Reason.OFFSET_WRONG: 409, Reason.TOO_LONG: 413, Reason.NO_SPACE: 507}


@login_required
@require_http_methods(["HEAD", "PATCH", "DELETE", "OPTIONS"])
def upload(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One upload of one's own, as clients of the tus protocol speak of it."""
    if request.method == "OPTIONS":
        return tus.answer(204, **tus.abilities(settings.DURE_LARGE_UPLOAD_LIMIT))
    shown = get_object_or_404(
        queries.uploads_visible_to(request.user) | queries.refused(request.user), pk=pk
    )
    if not tus.is_spoken(request):
        return tus.answer(412, tus_version=tus.VERSION)
    if request.method == "HEAD":
        return _standing(200, shown)
    if request.method == "DELETE":
        with attempted() as outcome:
            operations.discard(upload=shown, by=request.user)
        return tus.answer(204 if outcome.is_done else 409, text=outcome.why_not)
    return _receive(request, shown)


def _receive(request: HttpRequest, shown: Upload) -> HttpResponse:
    piece = tus.piece_of(request)
    if piece is None:
        return tus.answer(400)
    if not piece.is_whole:
        return tus.answer(tus.CHECKSUM_MISMATCH)
    with attempted() as outcome:
        shown = operations.receive(
            upload=shown,
            begins_at=piece.begins_at,
            content=piece.content,
            by=request.user,
            at=timezone.now(),
        )
    if outcome.refusal:
        status = STATUS.get(Reason(outcome.refusal.reason), 403)
        return tus.answer(status, text=outcome.why_not)
    if shown.refusal:
        return tus.answer(422, text=Reason(shown.refusal).label)
    return _standing(204, shown)


def _standing(status: int, shown: Upload) -> HttpResponse:
    return tus.answer(
        status,
        upload_offset=shown.received,
        upload_length=shown.size,
        upload_expires=tus.expires(shown.touched_at + KEPT_UNUSED),
        upload_stage=shown.stage,
        **({"upload_refusal": quote(str(Reason(shown.refusal).label))} if shown.refusal else {}),
    )
