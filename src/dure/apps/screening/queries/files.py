"""Who reads what was seen in files."""

from django.db.models import Count, QuerySet

from dure.apps.people.queries import Reader
from dure.apps.screening.models import FilePlace, FileRun
from dure.apps.screening.queries.cases import is_auditor


def file_runs_visible_to(user: Reader) -> QuerySet[FileRun]:
    """Runs over files are for those who screen."""
    found = FileRun.objects.select_related("asked_by")
    return found if is_auditor(user) else found.none()


def file_places_visible_to(user: Reader) -> QuerySet[FilePlace]:
    """The projects of files, for those who screen."""
    found = FilePlace.objects.select_related("run").annotate(signals=Count("findings"))
    return found if is_auditor(user) else found.none()
