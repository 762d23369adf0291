"""What people are told of deposits."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("DEPOSIT_ACCEPTED", gettext_lazy("Deposit accepted"), icon="check")
def deposit_accepted(facts: Facts) -> str:
    return _("“%(title)s” is in keeping under number %(number)s until %(until)s.") % _words(facts)


@notice_kind("DEPOSIT_RETURNED", gettext_lazy("Deposit not accepted"), icon="warning")
def deposit_returned(facts: Facts) -> str:
    return _("“%(title)s” was not accepted: %(reason)s") % _words(facts)


@notice_kind("DEPOSIT_ENDS", gettext_lazy("Deposit ends soon"), icon="warning")
def deposit_ends(facts: Facts) -> str:
    return _("“%(title)s” is kept until %(until)s. Renew it with one press.") % _words(facts)


@notice_kind("DEPOSIT_LAPSED", gettext_lazy("Term of a deposit is over"), icon="warning")
def deposit_lapsed(facts: Facts) -> str:
    return _(
        "The term of “%(title)s” is over. Unless it is renewed until %(until)s, its files are destroyed."
    ) % _words(facts)


@notice_kind("DEPOSIT_DESTROYED", gettext_lazy("Deposit destroyed"), icon="information")
def deposit_destroyed(facts: Facts) -> str:
    return _("“%(title)s” was not renewed; its files are destroyed.") % _words(facts)


@notice_kind("RELEASE_ASKED", gettext_lazy("Release of a deposit asked for"), icon="information")
def release_asked(facts: Facts) -> str:
    return _("%(who)s asks for the files of “%(title)s”: %(reason)s") % _words(facts)


@notice_kind("RELEASE_WAITING", gettext_lazy("Release of your deposit"), icon="warning")
def release_waiting(facts: Facts) -> str:
    return _(
        "“%(title)s” is to be released to %(who)s: %(reason)s You can object until %(until)s."
    ) % _words(facts)


@notice_kind("RELEASE_OBJECTED", gettext_lazy("Objection to a release"), icon="warning")
def release_objected(facts: Facts) -> str:
    return _("The depositor objects to the release of “%(title)s”: %(reason)s") % _words(facts)


@notice_kind("RELEASE_DECIDED", gettext_lazy("Release decided"), icon="check")
def release_decided(facts: Facts) -> str:
    sentences = {
        "RELEASED": _("“%(title)s” was released to %(who)s."),
        "REFUSED": _("The release of “%(title)s” to %(who)s was refused: %(reason)s"),
        "TAKEN_BACK": _("%(who)s took back the request for “%(title)s”."),
    }
    return sentences.get(facts.get("stage", ""), "“%(title)s”") % _words(facts)


def _words(facts: Facts) -> Facts:
    return {name: facts.get(name, "") for name in ("title", "number", "until", "reason", "who")}
