"""Files of spending that are handed in: kept until a job has screened them, then gone."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.jobs.operations import Progress, enqueue
from dure.apps.people.models import User
from dure.apps.screening import adapter, permissions
from dure.apps.screening.models import FileFinding, FilePlace, FileRun
from dure.apps.screening.operations.plain import plain_facts
from dure.apps.screening.reasons import Reason
from dure.engines.auditing import Ledger, Screening, screen
from dure.foundation.files import clean_name
from dure.foundation.ledgers import Files, UnusableLedger, opened, require_size, rows_told
from dure.foundation.verdict import Refused

KIND = "screen_files"
ENDINGS = (".csv", ".csv.gz", ".xlsx", ".parquet")
PROJECTS_KEPT, ROWS_KEPT = 1_000, 100
DAYS_KEPT = 7
MOST_MEGABYTES = 1_000
Parts = Mapping[str, UploadedFile | None]


def take(*, parts: Parts, by: User, at: datetime) -> FileRun:
    """Keep the files (expenses, projects and, if there, relations) and put their run in the queue.

    Raises Refused.
    """
    permissions.may_screen(by).require()
    given = {part: file for part, file in parts.items() if file}
    for file in given.values():
        _require_fit(file)
    with transaction.atomic():
        run = FileRun.objects.create(
            asked_by=by,
            asked_at=at,
            names={part: clean_name(file.name or "") for part, file in given.items()},
        )
        paths = {part: str(_kept(file)) for part, file in given.items()}
        job = enqueue(kind=KIND, title=str(run), arguments={"run": run.pk, "paths": paths}, by=by)
        run.job = job.pk
        run.save(update_fields=["job"])
    return run


def screen_files(
    *, run_id: int, paths: Mapping[str, str], clock: Callable[[], datetime], progress: Progress
) -> FileRun:
    """Screen the files of a run and keep the list, or every fault with its place; the files go.

    Begun again after a crash, it begins from the start: nothing is kept before the whole is.
    """
    run = FileRun.objects.get(pk=run_id)
    files = {part: Path(path) for part, path in paths.items()}
    progress.step(gettext_noop("Reading the files"))
    try:
        require_size(files.values(), MOST_MEGABYTES)
        with opened(Files(**files)) as ledger:
            progress.step(gettext_noop("Looking for signals"), len(adapter.signals()))
            seen = screen(ledger, done=lambda part, whole: progress.advance())
            rows = _rows_of(seen, ledger)
            count = ledger.expenses.count().to_pyarrow().as_py()
        _keep(run, seen, rows, count, clock())
    except UnusableLedger as error:
        run.faults, run.done_at = _faults(error, run, files), clock()
        run.save(update_fields=["faults", "done_at"])
    for path in files.values():
        path.unlink(missing_ok=True)
    return run


@transaction.atomic
def delete_files(*, run: FileRun, by: User) -> None:
    """Take a run over files away, with all that it saw. Raises Refused."""
    permissions.may_screen(by).require()
    run.delete()


def forget_files(*, at: datetime) -> int:
    """Delete files whose job never came to its end; returns how many."""
    oldest = (at - timedelta(days=DAYS_KEPT)).timestamp()
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _require_fit(file: UploadedFile) -> None:
    if (file.size or 0) > settings.DURE_UPLOAD_LIMIT:
        raise Refused(Reason.FILE_TOO_LARGE)
    if not (file.name or "").lower().endswith(ENDINGS):
        raise Refused(Reason.FILE_OF_ANOTHER_KIND)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "screening"


def _kept(file: UploadedFile) -> Path:
    ending = next(end for end in ENDINGS[::-1] if (file.name or "").lower().endswith(end))
    path = _folder() / f"{uuid4()}{ending}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path


@transaction.atomic
def _keep(
    run: FileRun, seen: Screening, values: Mapping[str, Any], rows: int, at: datetime
) -> None:
    run.places.all().delete()
    places = FilePlace.objects.bulk_create(
        FilePlace(run=run, key=ranked.project[:200], rank=ranked.rank, score=ranked.score)
        for ranked in seen.ranking[:PROJECTS_KEPT]
    )
    by_key = {ranked.project: place for ranked, place in zip(seen.ranking, places, strict=False)}
    FileFinding.objects.bulk_create(
        FileFinding(
            place=by_key[finding.project], signal=finding.signal, level=finding.level.value,
            score=finding.score, facts=plain_facts(finding.facts), row_count=len(finding.rows),
            rows=[values[row] for row in finding.rows[:ROWS_KEPT]],
        )
        for finding in seen.findings
        if finding.project in by_key
    )  # fmt: skip
    run.projects, run.rows, run.faults, run.done_at = len(seen.ranking), rows, [], at
    run.silent = {silence.signal: list(silence.missing) for silence in seen.silent}
    run.save()


def _rows_of(seen: Screening, ledger: Ledger) -> dict[str, Any]:
    shown = {ranked.project for ranked in seen.ranking[:PROJECTS_KEPT]}
    return rows_told(ledger, _named(seen, shown))


def _named(seen: Screening, shown: set[str]) -> Iterable[str]:
    return {
        row
        for finding in seen.findings
        if finding.project in shown
        for row in finding.rows[:ROWS_KEPT]
    }


def _faults(error: UnusableLedger, run: FileRun, files: Mapping[str, Path]) -> list[dict[str, Any]]:
    """Each fault under the name that the file had when it was handed in."""
    names = {str(path): run.names[part] for part, path in files.items()}
    return [
        {
            "file": names.get(fault.file, fault.file), "row": fault.row, "column": fault.column,
            "value": fault.value[:100], "remedy": fault.remedy, "named": dict(fault.named),
        }
        for fault in error.faults
    ]  # fmt: skip
