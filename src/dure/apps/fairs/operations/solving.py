"""The engine at work beside the thread that reports, so that a plan can be cancelled."""

from collections.abc import Sequence
from concurrent.futures import Future, wait
from threading import Event, Thread
from time import monotonic

from django.utils.translation import gettext_noop

from dure.apps.jobs.operations import Progress
from dure.engines import scheduling

SECONDS_BETWEEN_LOOKS = 0.5


class _Dropped(Exception):
    """Nobody waits for the timetable any more."""


def solved(
    fair: scheduling.Fair,
    *,
    near: Sequence[scheduling.Meeting],
    seconds: float,
    progress: Progress,
) -> scheduling.Timetable:
    """The best timetable; the progress is how many of the seconds that it may take are gone.

    Whoever cancels is heard within half a second, and the job ends. The engine itself stops at its
    next phase, after `seconds` at the latest; what it finds then is thrown away. Raises what the
    engine and the progress raise.
    """
    future: Future[scheduling.Timetable] = Future()
    is_dropped = Event()

    def between() -> None:
        if is_dropped.is_set():
            raise _Dropped

    def work() -> None:
        try:
            future.set_result(scheduling.solve(fair, seconds=seconds, near=near, between=between))
        except BaseException as error:  # noqa: BLE001 -- it is raised where somebody waits
            future.set_exception(error)

    progress.step(gettext_noop("Making the timetable"), total=round(seconds))
    began = monotonic()
    # A daemon: a worker that is told to stop does not wait for it.
    Thread(target=work, name="solver", daemon=True).start()
    try:
        while not wait([future], timeout=SECONDS_BETWEEN_LOOKS).done:
            gone = min(int(monotonic() - began), progress.job.total)
            progress.advance(gone - progress.job.done)
    finally:
        is_dropped.set()
    return future.result()
