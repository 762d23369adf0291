"""Applications on pages of higher apps: `{% load applications %}`."""

from typing import Any

from django import template

from dure.apps.applications import presenters, queries
from dure.apps.applications.models import Submission

register = template.Library()


@register.inclusion_tag("applications/_content.html")
def application_content(
    submission: Submission, files: str = "", about: int | None = None, *, hides_names: bool = False
) -> dict[str, Any]:
    """An application as it was submitted and opened, its files by name.

    `files` is the route of a file, which takes `about` and the file's uid; without it they cannot
    be read. `hides_names`: nobody who applies is named.
    """
    content = submission.content
    if hides_names:
        content = queries.without_names(content, (submission.application.leader.name,))
    return presenters.content_rows(submission.application, content) | {
        "application": submission.application,
        "files": files,
        "about": about,
    }
