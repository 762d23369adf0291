"""Checked files on pages of higher apps: `{% load imports %}`."""

from typing import Any

from django import template

from dure.apps.imports import presenters
from dure.apps.jobs.models import Job

register = template.Library()


@register.inclusion_tag("imports/_checked_file.html")
def checked_file(job: Job, **words: str) -> dict[str, Any]:
    """A file that is checked or taken in: what is in it, what is wrong, what to do next.

    `words` has `again_url`, `confirm_url`, `results_url`, `taken_in` (what happens to what was
    new) and `why_not` (why it cannot be confirmed, empty if it can).
    """
    return {"job": job, **presenters.checked_file(job), **words}
