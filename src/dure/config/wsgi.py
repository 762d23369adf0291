"""The web server's way in."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.config.settings")
application = get_wsgi_application()

from dure.apps.matches.operations import warm_up  # noqa: E402 -- apps are ready only now


def get_ready() -> None:
    """Load what the first search needs, and leave all that stays out of garbage collections.

    A full collection would else look through it now and then and stop every request for 0.15 s.
    """
    warm_up()
    gc.freeze()


threading.Thread(target=get_ready, daemon=True).start()
