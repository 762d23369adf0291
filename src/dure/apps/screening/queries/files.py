"""Who reads what was seen in files."""

from django.db.models import Count, QuerySet

from dure.apps.people.queries import Reader
from dure.apps.screening.models import FilePlace, FileRun
from dure.apps.screening.queries.cases import is_auditor


def file_runs_visible_to(user: Reader) -> QuerySet[FileRun]:
    """Runs over files are for those who screen."""
    file_runs = FileRun.objects.select_related("asked_by")
    return file_runs if is_auditor(user) else file_runs.none()


def file_places_visible_to(user: Reader) -> QuerySet[FilePlace]:
    """The projects of files, for those who screen."""
    file_places = FilePlace.objects.select_related("run").annotate(signals=Count("findings"))
    return file_places if is_auditor(user) else file_places.none()
