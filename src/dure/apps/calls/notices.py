"""What people are told of calls."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("CALL_ANNOUNCED", gettext_lazy("New call"), icon="bell")
def call_announced(facts: Facts) -> str:
    return _("New call: “%(title)s”") % _words(facts)


@notice_kind("CALL_ADDED", gettext_lazy("Addendum to a call"), icon="information")
def call_added(facts: Facts) -> str:
    return _("“%(title)s” has an addendum: %(what)s") % _words(facts)


@notice_kind("CALL_ANSWERED", gettext_lazy("Answer to a question"), icon="information")
def call_answered(facts: Facts) -> str:
    if facts.get("is_own"):
        return _("Your question on “%(title)s” is answered.") % _words(facts)
    return _("A question on “%(title)s” is answered: %(what)s") % _words(facts)


@notice_kind("CALL_EXTENDED", gettext_lazy("Later deadline"), icon="calendar")
def call_extended(facts: Facts) -> str:
    if facts.get("organisation"):
        return _("%(organisation)s can apply to “%(title)s” until %(until)s.") % _words(facts)
    return _("The deadline of “%(title)s” is now %(until)s: %(reason)s") % _words(facts)


@notice_kind("CALL_CLOSING", gettext_lazy("Deadline comes near"), icon="calendar")
def call_closing(facts: Facts) -> str:
    return _("“%(title)s” closes on %(until)s.") % _words(facts)


@notice_kind("CALL_ENDED", gettext_lazy("Call ended early"), icon="warning")
def call_ended(facts: Facts) -> str:
    if facts.get("stage") == "CANCELLED":
        return _("“%(title)s” is cancelled: %(reason)s") % _words(facts)
    return _("“%(title)s” closed early: %(reason)s") % _words(facts)


@notice_kind("CALL_HANDED_OVER", gettext_lazy("Call handed over"), icon="check")
def call_handed_over(facts: Facts) -> str:
    return _("You are in charge of “%(title)s” now: %(reason)s") % _words(facts)


@notice_kind("CALL_PROPOSED", gettext_lazy("Proposal on a call"), icon="check")
def call_proposed(facts: Facts) -> str:
    if facts.get("until"):
        return _("A later deadline of “%(title)s” waits for a second officer.") % _words(facts)
    return _("The cancellation of “%(title)s” waits for a second officer.") % _words(facts)


@notice_kind("CALL_RECOMMENDING", gettext_lazy("Recommending body"), icon="check")
def call_recommending(facts: Facts) -> str:
    return _("%(organisation)s recommends in “%(title)s”, at most %(what)s, until %(until)s.") % (
        _words(facts)
    )


def _words(facts: Facts) -> Facts:
    names = ("title", "what", "until", "reason", "organisation")
    return {name: facts.get(name, "") for name in names}
