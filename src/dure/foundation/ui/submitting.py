"""A page on which people hand over a spreadsheet; a job checks it and shows what it found."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from dure.foundation.ui.answers import flash_outcome


def submit_sheet(
    request: HttpRequest, take: Callable[[Any], Any], *, back: str, shown: str
) -> HttpResponse:
    """Let `take` make a job of the file that was sent, and go to its page, the route `shown`.

    Without a file, or where `take` refuses it, the reader is told why at the address `back`.
    """
    if "file" not in request.FILES:
        messages.error(request, _("Choose a file first."))
        return redirect(back)
    with flash_outcome(request) as outcome:
        job = take(request.FILES["file"])
    return redirect(shown, job.pk) if outcome.is_done else redirect(back)
