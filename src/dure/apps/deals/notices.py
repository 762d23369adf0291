"""What people are told of technology deals."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("DEAL_MOVED", gettext_lazy("Technology deal"), icon="people")
def deal_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "step", "organisation")}
    match facts.get("what"):
        case "PROPOSED":
            return _("A technology is proposed for “%(title)s”.") % words
        case "TAKEN":
            return _("%(organisation)s wants to talk about your technology: “%(title)s”.") % words
        case "TERMS":
            return _("Terms to sign for “%(title)s”.") % words
    return _("“%(title)s”: %(step)s") % words
