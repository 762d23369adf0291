"""What people are told of demand surveys."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("SURVEY_ASKS", gettext_lazy("Demand survey"), icon="bell")
def survey_asks(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("survey", "until", "organisation")}
    if facts.get("reminder"):
        return (
            _("“%(survey)s” still waits for the answer of %(organisation)s, until %(until)s.")
            % words
        )
    return _("“%(survey)s” asks what %(organisation)s needs, until %(until)s.") % words


@notice_kind("WISH_DECIDED", gettext_lazy("Need of a survey"), icon="check")
def wish_decided(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "place", "reason")}
    if words["place"]:
        return _("“%(title)s” goes to %(place)s: %(reason)s") % words
    return _("“%(title)s” is not taken up: %(reason)s") % words
