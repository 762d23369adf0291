"""What people are told of audits, in calm words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("AUDIT_QUESTION", gettext_lazy("Question about spending"), icon="file")
def question_asked(facts: Facts) -> str:
    return _(
        "There is a question about spending of “%(project)s”. Please answer by %(until)s; most"
        " questions are cleared up by an answer."
    ) % {"project": facts.get("project", ""), "until": facts.get("until", "")}


@notice_kind("AUDIT_ANSWER", gettext_lazy("Answer about spending"), icon="file")
def question_answered(facts: Facts) -> str:
    return _("A question about spending of “%(project)s” was answered.") % {
        "project": facts.get("project", "")
    }


@notice_kind("AUDIT_VERDICT", gettext_lazy("Question about spending decided"), icon="check")
def question_judged(facts: Facts) -> str:
    return _("A question about spending of “%(project)s” was decided: %(what)s.") % {
        "project": facts.get("project", ""),
        "what": facts.get("what", ""),
    }


@notice_kind("MONTH_SCREENED", gettext_lazy("Monthly screening"), icon="information")
def month_screened(facts: Facts) -> str:
    return _("The monthly screening is done. Running projects with new signals: %(count)s") % {
        "count": facts.get("count", 0)
    }
