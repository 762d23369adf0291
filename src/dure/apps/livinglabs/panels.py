"""What living labs add to the page of a project."""

from typing import Any

from dure.apps.livinglabs.permissions import may_open_lab
from dure.apps.livinglabs.queries import labs_visible_to
from dure.apps.people.queries import Reader
from dure.apps.projects.models import Project
from dure.foundation.ui.panels import fills


@fills("project", "livinglabs/_project_panel.html")
def lab_of(project: Project, reader: Reader) -> dict[str, Any] | None:
    """The project's living lab, or the way to open one where its programme asks consumers."""
    lab = labs_visible_to(reader).filter(project=project).first()
    if lab is None and not may_open_lab(reader, project):
        return None
    return {"lab": lab, "project": project}
