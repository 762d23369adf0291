"""A request counts from when it arrived, however long it waits until somebody works on it."""

import threading
import time
from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from dure.foundation.web import InTurn, arrived_at
from dure.foundation.web._arrivals import ARRIVED


def test_a_request_that_waits_keeps_the_moment_of_its_arrival():
    is_busy, may_end, seen = threading.Event(), threading.Event(), []

    def page(environ, start_response):
        seen.append((environ["PATH_INFO"], environ[ARRIVED], time.time()))
        is_busy.set()
        may_end.wait(10)
        return [b"done"]

    site = InTurn(page, at_work=1)
    asked = [
        threading.Thread(target=site, args=({"PATH_INFO": path}, None)) for path in ("/a", "/b")
    ]
    asked[0].start()
    assert is_busy.wait(10)
    asked[1].start()
    time.sleep(0.3)
    released = time.time()
    may_end.set()
    for thread in asked:
        thread.join()

    [_first, (path, arrived, taken)] = seen
    assert path == "/b"
    assert arrived < released - 0.2
    assert taken >= released


def test_what_fails_fails_for_whoever_asked():
    def page(environ, start_response):
        raise LookupError(environ["PATH_INFO"])

    with pytest.raises(LookupError, match="/a"):
        InTurn(page, at_work=1)({"PATH_INFO": "/a"}, None)


def test_nobody_outside_can_say_when_a_request_arrived():
    request = RequestFactory().get("/", HTTP_DURE_ARRIVED_AT="0")
    stamped = RequestFactory().get("/", **{ARRIVED: 86400.0})

    assert (datetime.now(UTC) - arrived_at(request)).total_seconds() < 60
    assert arrived_at(stamped) == datetime(1970, 1, 2, tzinfo=UTC)
