"""What people are told of their organisation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("JOIN_REQUESTED", gettext_lazy("Request to join"), icon="user")
def join_requested(facts: Facts) -> str:
    return _("%(name)s asks to join %(organisation)s.") % {
        "name": facts.get("name", ""),
        "organisation": facts.get("organisation", ""),
    }


@notice_kind("JOIN_ANSWERED", gettext_lazy("Answer to a request to join"), icon="user")
def join_answered(facts: Facts) -> str:
    organisation = {"organisation": facts.get("organisation", "")}
    if facts.get("is_welcome"):
        return _("You belong to %(organisation)s now.") % organisation
    return _("%(organisation)s did not accept your request to join.") % organisation


@notice_kind("MANDATE_GIVEN", gettext_lazy("Somebody acts for an organisation"), icon="user")
def mandate_given(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("organisation", "name", "first", "last")}
    match facts.get("kind"), bool(facts.get("is_own")):
        case "BOOKKEEPER", True:
            return _("You may read the money of %(organisation)s from %(first)s.") % words
        case "BOOKKEEPER", False:
            return _("%(name)s may read the money of %(organisation)s from %(first)s.") % words
        case _kind, True:
            return _("You may sign for %(organisation)s from %(first)s.") % words
    return _("%(name)s may sign for %(organisation)s from %(first)s.") % words


@notice_kind("MANDATE_ENDED", gettext_lazy("Mandate ended"), icon="user")
def mandate_ended(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("organisation", "name")}
    if facts.get("is_own"):
        return _("You no longer act for %(organisation)s.") % words
    return _("%(name)s no longer acts for %(organisation)s.") % words


@notice_kind("ORGANISATION_VERIFIED", gettext_lazy("Organisation verified"), icon="success")
def organisation_verified(facts: Facts) -> str:
    return _("%(organisation)s is verified. You can publish and answer now.") % {
        "organisation": facts.get("organisation", "")
    }
