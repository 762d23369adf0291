"""What the pages of projects share: which project it is, its tabs, and the way up."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dure.apps.projects import queries
from dure.apps.projects.models import Project


def project_for(request: HttpRequest, pk: int) -> Project:
    """A project that the reader may see; 404 otherwise."""
    return get_object_or_404(queries.projects_visible_to(request.user), pk=pk)


def project_with_money(request: HttpRequest, pk: int) -> Project:
    """A project whose money the reader may see; 404 otherwise."""
    project = project_for(request, pk)
    if not queries.sees_money(request.user, project):
        raise Http404
    return project


def way_to(project: Project) -> list[dict[str, str]]:
    """The breadcrumb down to the page of a project."""
    return [
        {"label": _("Projects"), "url": reverse("projects:list")},
        {"label": str(project), "url": project.get_absolute_url()},
    ]


def frame(request: HttpRequest, project: Project, here: str = "") -> dict[str, Any]:
    """What every page of a project shows around its own: tabs and breadcrumb."""
    sees_money = queries.sees_money(request.user, project)
    tabs = [("project", _("Overview"))]
    if sees_money:
        tabs += [
            ("expenses", _("Expenses")),
            ("plan", _("Plan against actual")),
            ("people", _("People")),
        ]
        if project.settlements.exists():
            tabs.append(("settlement", _("Settlement")))
    way = way_to(project)
    names = dict(tabs)
    if here and here != "project":
        way.append({"label": names.get(here, here)})
    return {
        "project": project,
        "sees_money": sees_money,
        "tabs": [
            {
                "label": label,
                "url": reverse(f"projects:{name}", args=[project.pk]),
                "current": name == here,
            }
            for name, label in tabs
        ],
        "breadcrumb": way,
    }
