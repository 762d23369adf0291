"""What people are told of applications; never anything of their content."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("APPLICATION_INVITED", gettext_lazy("Invitation to an application"), icon="check")
def application_invited(facts: Facts) -> str:
    return _("%(lead)s asks %(organisation)s to take part in its application to “%(call)s”.") % (
        _words(facts)
    )


@notice_kind("APPLICATION_ANSWERED", gettext_lazy("Answer of a member"), icon="information")
def application_answered(facts: Facts) -> str:
    if facts.get("is_yes"):
        return _("%(organisation)s takes part in application %(number)s.") % _words(facts)
    return _("%(organisation)s does not take part in application %(number)s.") % _words(facts)


@notice_kind("APPLICATION_PART_CHANGED", gettext_lazy("Confirmed part changed"), icon="warning")
def application_part_changed(facts: Facts) -> str:
    return _(
        "The part of %(organisation)s in application %(number)s was changed by %(lead)s"
        " after its confirmation. Please look at it and confirm it again."
    ) % _words(facts)


@notice_kind("APPLICATION_FILED", gettext_lazy("Application to approve"), icon="check")
def application_filed(facts: Facts) -> str:
    return _(
        "Application %(number)s to “%(call)s” waits for your approval until %(until)s."
        " Nothing has been received yet."
    ) % _words(facts)


@notice_kind("APPLICATION_RECEIVED", gettext_lazy("Application received"), icon="success")
def application_received(facts: Facts) -> str:
    return _("Application %(number)s was received: receipt %(receipt)s of %(until)s.") % (
        _words(facts)
    )


@notice_kind("APPLICATION_LATE", gettext_lazy("Application too late"), icon="warning")
def application_late(facts: Facts) -> str:
    return _(
        "Application %(number)s came after the deadline, at %(until)s, and does not count."
        " It is kept as it was."
    ) % _words(facts)


@notice_kind("APPLICATION_ADMITTED", gettext_lazy("Late application admitted"), icon="success")
def application_admitted(facts: Facts) -> str:
    return _("Application %(number)s is admitted though it was late: %(reason)s") % _words(facts)


@notice_kind("APPLICATION_WITHDRAWN", gettext_lazy("Application withdrawn"), icon="warning")
def application_withdrawn(facts: Facts) -> str:
    return _("%(lead)s withdrew application %(number)s to “%(call)s”.") % _words(facts)


@notice_kind("APPLICATION_VOID", gettext_lazy("Application void"), icon="error")
def application_void(facts: Facts) -> str:
    return _(
        "%(organisation)s has left application %(number)s to “%(call)s”. What was submitted is void;"
        " submit anew without it before %(until)s."
    ) % _words(facts)


@notice_kind(
    "APPLICATIONS_OPENED_EARLY", gettext_lazy("Opened before the deadline"), icon="warning"
)
def applications_opened_early(facts: Facts) -> str:
    return _("The applications to “%(call)s” were opened before the deadline: %(reason)s") % (
        _words(facts)
    )


@notice_kind("APPLICATION_OPENING_ASKED", gettext_lazy("Decision for two officers"), icon="check")
def application_decision_asked(facts: Facts) -> str:
    return _("A decision on the applications to “%(call)s” waits for a second officer.") % (
        _words(facts)
    )


@notice_kind("APPLICATION_HELP", gettext_lazy("Asked to help with an application"), icon="check")
def application_help(facts: Facts) -> str:
    return _("%(lead)s lets you read application %(number)s to “%(call)s” to help.") % _words(facts)


@notice_kind("APPLICATIONS_TO_RECOMMEND", gettext_lazy("Applications to rank"), icon="check")
def applications_to_recommend(facts: Facts) -> str:
    return _(
        "%(count)s applications to “%(call)s” named %(organisation)s. Rank those you put forward"
        " by %(until)s."
    ) % (_words(facts) | {"count": facts.get("count", 0)})


def _words(facts: Facts) -> Facts:
    names = ("lead", "organisation", "call", "number", "until", "receipt", "reason")
    return {name: facts.get(name, "") for name in names}
