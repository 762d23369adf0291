"""What people are told of facts that are recorded of their organisation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("FACTS_RECORDED", gettext_lazy("Facts from a register"), icon="information")
def facts_recorded(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("organisation", "count")}
    return _("Facts about %(organisation)s were taken in from a list: %(count)s. Check them.") % (
        words
    )


@notice_kind("FACT_WITHDRAWN", gettext_lazy("Fact withdrawn"), icon="check")
def fact_withdrawn(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("organisation", "reason")}
    return _("A recorded fact about %(organisation)s counts no more: %(reason)s") % words
