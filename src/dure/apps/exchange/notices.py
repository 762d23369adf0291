"""What people are told of international exchange."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("EXCHANGE", gettext_lazy("International exchange"), icon="people")
def exchange_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "organisation", "day")}
    known = {
        "APPLIED": _("%(organisation)s wants to take part in an exchange meeting."),
        "INVITED": _("You are asked to take part in an exchange meeting."),
        "SELECTED": _("You are selected for an exchange meeting."),
        "REFUSED": _("You were not selected for an exchange meeting. The reason stands there."),
        "ARRANGED": _("A consultation is arranged for you."),
        "RECORDED": _("What was said at your consultation is recorded."),
        "OPENED": _("%(organisation)s stays in exchange with you."),
        "WROTE": _("%(organisation)s wrote to you."),
        "ASKED": _("%(organisation)s asks for help: %(title)s"),
        "TAKEN": _("Your request %(title)s is taken on, until %(day)s."),
        "REPORTED": _("There is a report on your request %(title)s."),
        "AGREED": _("A memorandum or contract with you is entered. Look whether it is right."),
    }
    return known.get(facts.get("what", ""), known["INVITED"]) % words
