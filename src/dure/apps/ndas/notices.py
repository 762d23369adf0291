"""What people are told of their non-disclosure agreements."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("NDA_MOVED", gettext_lazy("Non-disclosure agreement"), icon="lock")
def nda_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation", "reason")}
    match facts.get("stage"):
        case "ASKED":
            return _("%(organisation)s asks you to sign an agreement on “%(material)s”.") % words
        case "SIGNED":
            return _("%(organisation)s signed: the details of “%(material)s” are open.") % words
        case "REFUSED":
            return _("%(organisation)s did not sign for “%(material)s”: %(reason)s") % words
        case "WITHDRAWN":
            return _("%(organisation)s took its request for “%(material)s” back.") % words
        case "RETURNED":
            return _("%(organisation)s gave “%(material)s” back: %(reason)s") % words
        case "DESTROYED":
            return _("%(organisation)s destroyed “%(material)s”: %(reason)s") % words
    return _("%(organisation)s ended the agreement on “%(material)s”: %(reason)s") % words


@notice_kind("NDA_REMINDER", gettext_lazy("Reminder of an agreement"), icon="clock")
def nda_reminder(facts: Facts) -> str:
    names = ("material", "organisation", "last_day", "return_on")
    words = {name: facts.get(name, "") for name in names}
    if not facts.get("is_over"):
        return (
            _("The agreement with %(organisation)s on “%(material)s” runs out after %(last_day)s.")
            % words
        )
    if facts.get("is_receiver"):
        return (
            _(
                "The agreement with %(organisation)s on “%(material)s” is over: give back or"
                " destroy what you received by %(return_on)s."
            )
            % words
        )
    return (
        _(
            "The agreement on “%(material)s” is over: %(organisation)s gives back or destroys"
            " what it received by %(return_on)s."
        )
        % words
    )


@notice_kind("SHEET_MOVED", gettext_lazy("Request sheet for technical data"), icon="file")
def sheet_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation", "reason")}
    match facts.get("stage"):
        case "GIVEN":
            return _("%(organisation)s asks in writing for “%(material)s”.") % words
        case "AGREED":
            return _("%(organisation)s agreed to the request for “%(material)s”.") % words
        case "DECLINED":
            return _("%(organisation)s declined the request for “%(material)s”: %(reason)s") % words
    return _("%(organisation)s took its written request for “%(material)s” back.") % words


@notice_kind("DRAFT_MOVED", gettext_lazy("Other words for an agreement"), icon="edit")
def draft_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation")}
    match facts.get("stage"):
        case "OFFERED":
            return _("%(organisation)s proposes other words for “%(material)s”.") % words
        case "ACCEPTED":
            return _("%(organisation)s accepted your words for “%(material)s”.") % words
    return _("%(organisation)s declined your words for “%(material)s”.") % words


@notice_kind("STAFF_NOTICE_MOVED", gettext_lazy("Change of a staff list"), icon="people")
def staff_notice_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation", "reason")}
    match facts.get("stage"):
        case "GIVEN":
            return (
                _("%(organisation)s asks that other people hold “%(material)s”: %(reason)s") % words
            )
        case "CONSENTED":
            return _("%(organisation)s consents: other people hold “%(material)s” now.") % words
    return _("%(organisation)s declined other people for “%(material)s”: %(reason)s") % words


@notice_kind("DOUBT_MOVED", gettext_lazy("Doubt about secrecy"), icon="lock")
def doubt_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("material", "organisation", "until", "text")}
    if facts.get("is_answer"):
        return _("%(organisation)s answered your doubt about “%(material)s”: %(text)s") % words
    return (
        _("%(organisation)s doubts that “%(material)s” is secret. Answer in writing by %(until)s.")
        % words
    )
