"""Loads the demonstration: what every app's `demo.py` brings, the lower apps first."""

import click
from django.apps import apps
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from dure.apps.records.operations import seal
from dure.config import env
from dure.config.running import run_here
from dure.foundation.demo import PARTS, Demonstration, Part

FOLDER = env.ROOT / "demo"
PASSWORD = "dure-demo-2026"  # noqa: S105 -- printed on purpose; these accounts are invented


def _place(part: Part) -> int:
    """Where the app of a part stands, whatever was imported first."""
    names = [app.name for app in apps.get_app_configs()]
    return next(n for n, name in enumerate(names) if f"{part.__module__}.".startswith(f"{name}."))


def load() -> None:
    """Load what is missing, and print how to sign in. A second run changes nothing."""
    autodiscover_modules("demo")
    demonstration = Demonstration(
        folder=FOLDER,
        real_data=settings.DURE_DATA,
        password=PASSWORD,
        say=click.echo,
        run_job=run_here,
    )
    for part in sorted(PARTS, key=_place):
        part(demonstration)
    seal(at=timezone.now())
    click.echo(f"\nSign in with any of these; the password is {PASSWORD}")
    for email, who in demonstration.sign_ins.items():
        click.echo(f"  {email:<28} {who}")
