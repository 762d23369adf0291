"""What people are told of their long jobs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("JOB_ENDED", gettext_lazy("Job ended"), icon="clock")
def job_ended(facts: Facts) -> str:
    title = _(facts["title"]) if facts.get("title") else _("A job")
    match facts.get("stage"):
        case "DONE":
            return _("%(title)s: finished.") % {"title": title}
        case "CANCELLED":
            return _("%(title)s: cancelled.") % {"title": title}
    return _("%(title)s: failed. Open it to see why.") % {"title": title}
