"""Long jobs on pages of higher apps: `{% load jobs %}`."""

from typing import Any

from django import template
from django.utils import timezone

from dure.apps.jobs import presenters
from dure.apps.jobs.models import Job

register = template.Library()


@register.inclusion_tag("jobs/_bar.html")
def job_bar(job: Job) -> dict[str, Any]:
    """How far a job is. The whole page comes anew when it has ended."""
    return {"job": job, "shown": presenters.shown(job, timezone.now())}


@register.simple_tag
def job_error(job: Job) -> str:
    """Why a job failed."""
    return presenters.error_of(job)
