"""What people are told of their matches."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("MATCH_ANSWERED", gettext_lazy("Match answered"), icon="people")
def match_answered(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "other", "organisation")}
    match facts.get("answer"):
        case "INTRODUCED":
            return (
                _("The programme office brings you together with %(organisation)s: “%(other)s”.")
                % words
            )
        case "MUTUAL":
            return _("Both sides want it: “%(title)s” and “%(other)s”. Introduce them.") % words
        case "INTERESTED":
            return _("%(organisation)s is interested in “%(title)s”.") % words
    return _("There is an answer to “%(title)s”.") % words
