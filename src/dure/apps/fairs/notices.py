"""What people are told of a fair."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("FAIR_ANSWERED", gettext_lazy("Answer to a registration for a fair"), icon="calendar")
def fair_answered(facts: Facts) -> str:
    words = {"fair": facts.get("fair", ""), "reason": facts.get("reason", "")}
    if facts.get("stage") == "REFUSED":
        return _("Your registration for %(fair)s was refused: %(reason)s") % words
    return _("Your registration for %(fair)s is approved.") % words


@notice_kind("FAIR_WISHES", gettext_lazy("Wishes for a fair"), icon="people")
def fair_wishes(facts: Facts) -> str:
    return _("%(fair)s: say whom you would like to meet.") % {"fair": facts.get("fair", "")}


@notice_kind("FAIR_TIMETABLE", gettext_lazy("Timetable of a fair"), icon="calendar")
def fair_timetable(facts: Facts) -> str:
    fair, count = facts.get("fair", ""), facts.get("count", 0)
    if facts.get("is_first"):
        return ngettext(
            "%(fair)s: your timetable with %(n)s meeting is here.",
            "%(fair)s: your timetable with %(n)s meetings is here.",
            count,
        ) % {"fair": fair, "n": count}
    return ngettext(
        "%(fair)s: %(n)s of your meetings changed.",
        "%(fair)s: %(n)s of your meetings changed.",
        count,
    ) % {"fair": fair, "n": count}
