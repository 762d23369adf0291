"""What every command needs that works on the database."""

import os


def with_django() -> None:
    """Start the embedded database unless DATABASE_URL names one, and load Django, once."""
    from django.apps import apps

    if apps.ready:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dure.config.settings")
    if not os.environ.get("DATABASE_URL"):
        from dure.config import env, postgres

        postgres.start(env.home() / "postgres")
    import django

    django.setup()
