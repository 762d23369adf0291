"""What people are told on the day of a fair and after it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("FAIR_REMINDER", gettext_lazy("Reminder of a meeting"), icon="clock")
def fair_reminder(facts: Facts) -> str:
    if more := facts.get("more", 0):
        return ngettext(
            "%(when)s, table %(table)s: you meet %(organisation)s, and %(n)s other after that.",
            "%(when)s, table %(table)s: you meet %(organisation)s, and %(n)s others after that.",
            more,
        ) % {"n": more, **{name: facts.get(name, "") for name in ("when", "table", "organisation")}}
    return _("%(when)s, table %(table)s: you meet %(organisation)s.") % {
        name: facts.get(name, "") for name in ("when", "table", "organisation")
    }


@notice_kind("FAIR_TASK", gettext_lazy("Next step after a meeting"), icon="check")
def fair_task(facts: Facts) -> str:
    return _("After the meeting with %(organisation)s you see to the next step, until %(due)s.") % {
        name: facts.get(name, "") for name in ("organisation", "due")
    }
