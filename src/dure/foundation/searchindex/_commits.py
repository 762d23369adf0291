"""Changes that are tried again when another process was first.

Lance writes a change beside the table and then commits it as the next version. When others have
committed meanwhile and the two do not go together, it says `Retryable commit conflict` (by a plain
RuntimeError): nothing was kept, and the change may be made again on what is there now.
"""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from dure.foundation.again import TryAgain

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

_TRIES = 8
_FIRST_PAUSE = 0.05  # seconds; twice as long each time, 6.4 in all


class CommitConflict(TryAgain):
    """Others changed the index each time that we tried."""


def committed(change: Callable[[], Answer]) -> Answer:
    """Make a change, again and again while others are first. Raises CommitConflict."""
    for attempt in range(1, _TRIES + 1):
        try:
            return change()
        except (RuntimeError, ValueError, OSError) as error:
            if "commit conflict" not in str(error).lower():
                raise
            if attempt == _TRIES:
                raise CommitConflict(str(error)) from error
            logger.info("another process changed the search index first", exc_info=True)
            time.sleep(_FIRST_PAUSE * 2 ** (attempt - 1))
    raise AssertionError("never reached")
