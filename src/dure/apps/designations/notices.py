"""What people are told of designations."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("title", "register", "stage", "until")
SENTENCES = {
    "STEP": _("%(register)s “%(title)s”: %(stage)s."),
    "ENDS": _("%(register)s “%(title)s” ends on %(until)s."),
}


@notice_kind("DESIGNATION", _("Designation"), icon="file")
def designation_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["STEP"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
