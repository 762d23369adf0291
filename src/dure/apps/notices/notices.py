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


@notice_kind("ORGANISATION_VERIFIED", gettext_lazy("Organisation verified"), icon="success")
def organisation_verified(facts: Facts) -> str:
    return _("%(organisation)s is verified. You can publish and answer now.") % {
        "organisation": facts.get("organisation", "")
    }
