"""The web server's way in."""

import contextlib
import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

from dure.foundation.web import InTurn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.config.settings")
application = InTurn(get_wsgi_application())

from django.db import OperationalError, connection  # noqa: E402 -- apps are ready only now

from dure.apps.matches.operations import renew_index, warm_up  # noqa: E402 -- apps are ready only now


def get_ready() -> None:
    """Load what the first search needs, and leave all that stays out of garbage collections.

    A full collection would else look through it now and then and stop every request for 0.15 s.
    Here, where model and index are open anyway, it shows whether this release needs another index.
    """
    warm_up()
    gc.freeze()
    with contextlib.suppress(OperationalError):
        renew_index()
    connection.close()


threading.Thread(target=get_ready, daemon=True).start()
