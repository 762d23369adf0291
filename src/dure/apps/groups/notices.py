"""What people are told of their groups."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("group", "title", "day", "amount", "stage", "firm")
SENTENCES = {
    "CALLED": _("%(group)s: “%(title)s” is on %(day)s."),
    "CANCELLED": _("%(group)s: “%(title)s” on %(day)s is called off."),
    "MINUTES": _("%(group)s: the minutes of “%(title)s” wait to be confirmed."),
    "DUES": _("%(group)s: %(amount)s won of dues are to be paid by %(day)s."),
    "RAISED": _("%(group)s raised “%(title)s”."),
    "OWNED": _("“%(title)s” of %(group)s is yours to answer by %(day)s."),
    "ANSWERED": _("%(group)s: “%(title)s” was answered: %(stage)s."),
    "PAIR": _("%(firm)s, of another industry, could fit your firm. Say whether you want to meet."),
    "PRE_PLAN": _("The coordinator wrote a pre-plan for you and %(firm)s."),
    "SPARK": _("You and %(firm)s are now the project group %(group)s."),
    "SHOWN": _("%(group)s handed in evidence for “%(title)s”."),
    "PASSED": _("%(group)s: “%(title)s” has passed its gate."),
    "NOT_PASSED": _("%(group)s: “%(title)s” has not passed its gate. Read why."),
}


@notice_kind("GROUP", _("Exchange group"), icon="people")
def group_news(facts: Facts) -> str:
    sentence = SENTENCES[facts.get("event", "CALLED")]
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
