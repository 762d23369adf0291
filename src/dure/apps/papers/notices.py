"""What people are told of their papers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("PAPER_RUNS_OUT", gettext_lazy("Paper runs out"), icon="warning")
def paper_runs_out(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("paper", "organisation", "until")}
    return _("%(paper)s of %(organisation)s is valid until %(until)s. File a new one.") % words
