"""What people are told of candidate challenges."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("CANDIDATE_MOVED", gettext_lazy("Candidate challenge"), icon="check")
def candidate_moved(facts: Facts) -> str:
    words = {name: facts.get(name, "") for name in ("title", "reason", "into")}
    match facts.get("stage"):
        case "DROPPED":
            return _("“%(title)s” was dropped: %(reason)s") % words
        case "HELD":
            return _("“%(title)s” was held back: %(reason)s") % words
        case "SELECTED":
            return _("“%(title)s” is selected. Approve the text that is announced.") % words
        case "REVISED":
            return _("The text of “%(title)s” changed. Approve it again.") % words
        case "MERGE_ASKED":
            return _("The office proposes to merge “%(title)s” and “%(into)s”.") % words
        case "MERGED":
            return _("“%(title)s” was merged into “%(into)s”.") % words
    return _("“%(title)s” is announced.") % words
