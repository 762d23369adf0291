"""What people are told of councils; nothing of what a secret model says, nor its title."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("council", "meeting", "day", "number", "stage")
SENTENCES = {
    "CALLED": _("%(council)s: %(meeting)s is called for %(day)s."),
    "CANCELLED": _("%(council)s: %(meeting)s is called off."),
    "MINUTES": _("%(council)s: the minutes of %(meeting)s wait for your word."),
    "VOTE": _("%(council)s: a vote is open for you."),
    "COUNTED": _("%(council)s: a vote was counted."),
    "OPINION": _("%(council)s asks for your opinion on model %(number)s by %(day)s."),
    "MODEL": _("%(council)s, model %(number)s: %(stage)s."),
    "EXPERT": _("%(council)s names you as an expert for model %(number)s."),
}


@notice_kind("COUNCIL", _("Council"), icon="people")
def council_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["MODEL"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
