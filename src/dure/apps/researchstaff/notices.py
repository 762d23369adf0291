"""What people are told of research staff."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("firm", "title", "day", "code")
SENTENCES = {
    "CONSENTED": _("Researcher %(code)s lets you read name and contact for “%(title)s”."),
    "WITHDRAWN": _("Researcher %(code)s no longer lets you read name and contact."),
    "SOON": _("Your application as a researcher is erased on %(day)s, unless you prolong it."),
    "ERASED": _("Your application as a researcher was erased."),
}


@notice_kind("RESEARCH_STAFF", _("Research staff"), icon="user")
def research_staff_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["ERASED"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
