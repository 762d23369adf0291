"""Which of the small projects of a month are settled row by row (표본 정산)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dure.apps.people.models import User
from dure.apps.projects import adapter, permissions, queries
from dure.apps.projects.models import DrawnProject, SampleDraw
from dure.apps.projects.reasons import Reason
from dure.foundation.verdict import Refused


@transaction.atomic
def draw_month(*, month: date, by: User, at: datetime) -> SampleDraw:
    """Draw of the small projects that ended in a month those that are settled row by row.

    Where a rule speaks against what was spent, or a project was stopped, it is looked at in any case. Anyone draws it again: the seed is
    made of the month and the numbers of the projects. Raises Refused.
    """
    month = month.replace(day=1)
    permissions.may_draw(by, month, localdate(at)).require()
    projects = [project for project in queries.ended_in(month) if adapter.is_small(project)]
    if not projects:
        raise Refused(Reason.NONE_TO_DRAW)
    percent = int(adapter.rules_of(projects[0], "settlement").sampling.percent)
    seed = adapter.seed_of_month(month, projects)
    chosen = adapter.drawn_projects(
        [
            (project, project.won, bool(project.doubtful or project.stage_reason))
            for project in projects
        ],
        percent,
        seed,
    )
    draw = SampleDraw.objects.create(
        month=month, percent=percent, seed=seed, drawn_by=by, drawn_at=at
    )
    DrawnProject.objects.bulk_create(
        DrawnProject(draw=draw, project=project, why=chosen.get(project.number, ""))
        for project in projects
    )
    return draw
