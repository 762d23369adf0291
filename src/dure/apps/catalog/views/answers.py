"""What every writing page says afterwards: done, or why not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.http import HttpRequest

from dure.foundation.verdict import Refused


@contextmanager
def answered(request: HttpRequest, done: str) -> Iterator[None]:
    """Say `done` after the block, or the reason when an operation refused."""
    try:
        yield
    except Refused as refusal:
        messages.error(request, str(refusal.reason.label))
    else:
        messages.success(request, done)
