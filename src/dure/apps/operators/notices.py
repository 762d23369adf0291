"""What people are told of operators."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("OPERATOR_MOVED", gettext_lazy("Operator of a programme"), icon="check")
def operator_moved(facts: Facts) -> str:
    names = ("organisation", "programme", "reason", "until", "rank", "quota", "year")
    words = {name: facts.get(name, "") for name in names}
    match facts.get("what"):
        case "APPOINTED":
            return _("%(organisation)s is an operator of “%(programme)s” until %(until)s.") % words
        case "REJECTED":
            return _("%(organisation)s was not appointed for “%(programme)s”: %(reason)s") % words
        case "RANKED":
            return _("“%(programme)s” %(year)s: rank %(rank)s, %(quota)s places next year.") % words
    return _("The term of %(organisation)s for “%(programme)s” ends on %(until)s.") % words
