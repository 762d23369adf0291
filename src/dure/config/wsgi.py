"""The web server's way in."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.config.settings")
application = get_wsgi_application()

from dure.apps.matches.operations import warm_up  # noqa: E402 -- apps are ready only now

threading.Thread(target=warm_up, daemon=True).start()
