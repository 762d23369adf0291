"""What people are told of mentoring."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("firm", "mentor", "mentee", "who", "day")
SENTENCES = {
    "ASKED": _("%(firm)s is looking for a mentor."),
    "TAKEN": _("%(who)s looks for a mentor for your firm."),
    "HANDED": _("%(firm)s is looked after by %(who)s from now on."),
    "PROPOSED": _("%(mentor)s and %(mentee)s are proposed as mentor and mentee. Please answer."),
    "ACCEPTED": _("%(firm)s says yes to the mentoring of %(mentee)s by %(mentor)s."),
    "AGREEING": _("%(mentor)s and %(mentee)s have both said yes. Now agree on goals."),
    "DECLINED": _("The mentoring of %(mentee)s by %(mentor)s does not come about."),
    "GOALS": _(
        "The goals of the mentoring of %(mentee)s by %(mentor)s are written. Please confirm them."
    ),
    "RUNNING": _(
        "The goals are confirmed. The mentoring of %(mentee)s by %(mentor)s is under way."
    ),
    "SESSION": _("%(who)s has noted the session of %(day)s (%(mentor)s, %(mentee)s)."),
    "REVIEW": _(
        "How is the mentoring of %(mentee)s by %(mentor)s going? Please write your review."
    ),
    "REVIEWED": _("Both reviews of the mentoring of %(mentee)s by %(mentor)s are there."),
    "ENDED": _("The mentoring of %(mentee)s by %(mentor)s is completed."),
    "BROKEN_OFF": _("The mentoring of %(mentee)s by %(mentor)s was broken off."),
    "QUIET": _("No session of %(mentor)s and %(mentee)s since %(day)s."),
    "CLOSED": _("The search for a mentor for %(firm)s is closed."),
}


@notice_kind("MENTORING", _("Mentoring"), icon="people")
def mentoring_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["PROPOSED"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
