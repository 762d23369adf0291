"""What people are told of their needs and technologies."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("NEED_PUBLISHED", gettext_lazy("Entry published"), icon="success")
def need_published(facts: Facts) -> str:
    title, count = facts.get("title", ""), facts.get("count", 1)
    if count > 1:
        return ngettext(
            "“%(title)s” and %(n)s other entry are published.",
            "“%(title)s” and %(n)s other entries are published.",
            count - 1,
        ) % {"title": title, "n": count - 1}
    return _("“%(title)s” is published.") % {"title": title}


@notice_kind("NEED_RETURNED", gettext_lazy("Entry returned"), icon="undo")
def need_returned(facts: Facts) -> str:
    return _("“%(title)s” came back to you: %(reason)s") % {
        "title": facts.get("title", ""),
        "reason": facts.get("reason", "–"),
    }


@notice_kind("NEED_SEPARATED", gettext_lazy("Merger taken back"), icon="undo")
def need_separated(facts: Facts) -> str:
    return _("“%(title)s” was not merged into “%(into)s” after all; both stand on their own.") % {
        "title": facts.get("title", ""),
        "into": facts.get("into", ""),
    }


@notice_kind("NEED_MERGED", gettext_lazy("Need merged"), icon="file")
def need_merged(facts: Facts) -> str:
    return _("“%(title)s” was merged into “%(into)s”, because they say the same.") % {
        "title": facts.get("title", ""),
        "into": facts.get("into", ""),
    }
