"""The bundle of a settlement: usage report, plan against actual, and all evidence in one file."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import IO

from django.utils.translation import gettext as _

from dure.apps.projects.models import Expense, Project
from dure.apps.projects.presenters.sheets import expenses_sheet, plan_sheet
from dure.foundation import pictures
from dure.foundation.sheets import workbook


def bundle_of(project: Project, expenses: Iterable[Expense]) -> IO[bytes]:
    """A zip file, open at its beginning: two workbooks, and the evidence of each expense.

    The folders are numbered as the rows of the usage report are.
    """
    bundled = list(expenses)
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by who sends it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, sheet in (
            (_("Usage report"), expenses_sheet(project, bundled)),
            (_("Plan against actual"), plan_sheet(project)),
        ):
            content = workbook(sheet["title"], sheet["headers"], sheet["rows"])
            bundle.writestr(f"{name}.xlsx", content)
        for number, expense in enumerate(bundled, 2):  # the first row is the header
            seen: Counter[str] = Counter()
            for evidence in expense.evidence.all():
                seen[evidence.name] += 1
                copy = f"{seen[evidence.name]}-" if seen[evidence.name] > 1 else ""
                place = f"{_('Evidence')}/{number:05}/{copy}{evidence.name}"
                with evidence.file.open("rb") as source:
                    with bundle.open(place, "w") as into:
                        for chunk in iter(lambda: source.read(1 << 16), b""):
                            into.write(chunk)
                    _add_shown(bundle, place, source)
    target.seek(0)
    return target


def _add_shown(bundle: zipfile.ZipFile, place: str, source: IO[bytes]) -> None:
    """Beside a photo that few programs open one that all do."""
    if place.lower().endswith((".heic", ".heif")) and (content := pictures.shown(source)):
        bundle.writestr(f"{place}.jpg", content)
