"""What people are told of introductions."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("organisation", "title", "person", "when", "reason")
SENTENCES = {
    "INTRODUCED": _(
        "The programme office introduces you to %(organisation)s: write to %(person)s."
    ),
    "MESSAGE": _("%(organisation)s wrote to you about “%(title)s”."),
    "OFFICE_MESSAGE": _("The programme office wrote to you about “%(title)s”."),
    "PROPOSED": _("%(organisation)s proposes times for a meeting about “%(title)s”."),
    "ACCEPTED": _("%(organisation)s agrees to meet on %(when)s."),
    "DECLINED": _("%(when)s does not suit %(organisation)s. Propose another time."),
    "CANCELLED": _("%(organisation)s cancelled the meeting of %(when)s."),
    "CONCLUDED": _("%(organisation)s says that you cooperate on “%(title)s”."),
    "ENDED": _("The talks with %(organisation)s have ended: %(reason)s"),
    "REOPENED": _("%(organisation)s takes up the talks about “%(title)s” again."),
    "REMINDED": _(
        "It has been quiet with %(organisation)s about “%(title)s”. Say where it stands."
    ),
}


@notice_kind("INTRODUCTION", _("Introduction"), icon="people")
def introduction_moved(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("what", ""), SENTENCES["INTRODUCED"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
