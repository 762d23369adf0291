"""Applications on pages of higher apps: `{% load applications %}`."""

from typing import Any

from django import template

from dure.apps.applications import presenters
from dure.apps.applications.models import Submission

register = template.Library()


@register.inclusion_tag("applications/_content.html")
def application_content(submission: Submission) -> dict[str, Any]:
    """An application as it was submitted and opened, with the names of its files."""
    return presenters.content_rows(submission.application, submission.content) | {
        "application": submission.application,
        "is_opened": False,
    }
