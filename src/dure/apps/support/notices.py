"""What people are told of requests for support."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("title", "service", "step", "until", "who", "firm")
SENTENCES = {
    "ASKED": _("%(firm)s asks for %(service)s: “%(title)s”."),
    "ASKED_FOR_YOU": _("%(who)s asked for %(service)s in your name: “%(title)s”."),
    "OWNED": _("%(who)s looks after your request “%(title)s” until %(until)s."),
    "HANDED": _("The request “%(title)s” is yours now, until %(until)s."),
    "STEP": _("%(service)s “%(title)s”: %(step)s."),
    "PROPOSED": _("A partner is proposed for “%(title)s”: %(who)s."),
    "INTRODUCED": _("%(firm)s would like to work with you: “%(title)s”. Please answer."),
    "ANSWERED": _("%(who)s, asked about “%(title)s”: %(step)s."),
    "SERVED": _("%(firm)s has asked for %(service)s with you as the other side: “%(title)s”."),
    "SOON": _("The request “%(title)s” is due on %(until)s."),
    "OVERDUE": _("The request “%(title)s” was due on %(until)s."),
}


@notice_kind("SUPPORT", _("Request for support"), icon="help")
def support_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["STEP"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
