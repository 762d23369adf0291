"""Two people at once, in threads with a connection each."""

import threading

from django.db import connection

from dure.foundation.verdict import Refused


def at_once(*doings):
    """What becomes of things that are done at the same moment."""
    ready, outcomes = threading.Barrier(len(doings)), []

    def run(doing):
        try:
            ready.wait()
            doing()
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.reason.value)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
