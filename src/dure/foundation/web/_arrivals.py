"""When a request arrived, however long it then waits until somebody works on it."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

AT_WORK = 8
"""Requests that one process works on at once; each has a connection to the database."""
WAITING = 256
"""Requests that one process takes at once, so that it knows when each arrived."""
ARRIVED = "dure.arrived_at"

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class InTurn:
    """A WSGI application that notes when each request arrives and has few of them worked on at once.

    The web server hands it every request in a thread of its own; the work is done by `AT_WORK`
    threads that stay, in the order of arrival.
    """

    def __init__(self, application: WsgiApplication, at_work: int = AT_WORK) -> None:
        self.application = application
        self.workers = ThreadPoolExecutor(at_work, thread_name_prefix="page")

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        environ[ARRIVED] = time.time()
        return self.workers.submit(self.application, environ, start_response).result()


def arrived_at(request: HttpRequest) -> datetime:
    """When the request arrived at the web process: what counts where a deadline passes meanwhile."""
    moment = request.META.get(ARRIVED)
    return datetime.fromtimestamp(time.time() if moment is None else moment, UTC)
