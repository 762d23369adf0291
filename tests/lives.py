"""The lives of things, found in the tables of the apps."""

from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.db.models import TextChoices


def lives() -> dict[type[TextChoices], dict[str, set[str]]]:
    """Every table of moves by its stages: what `apps/*/stages.py` calls `…_NEXT`."""
    tables = [
        table
        for app in apps.get_app_configs()
        if app.name.startswith("dure.apps.") and (Path(app.path) / "stages.py").exists()
        for name, table in vars(import_module(f"{app.name}.stages")).items()
        if name.endswith("_NEXT")
    ]
    return {type(next(iter(table))): table for table in tables}
