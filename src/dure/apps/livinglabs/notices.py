"""What people are told of living labs."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

SENTENCES = {
    "OPEN": _("There is something to try in “%(lab)s”. Please answer by %(until)s."),
    "REPLIED": _("The firm replied to what you said in “%(lab)s”."),
    "CLOSED": _("A trial of “%(lab)s” has ended: %(what)s."),
}
WORDS = ("lab", "until", "what")


@notice_kind("LIVING_LAB", _("Living lab"), icon="people")
def lab_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["OPEN"])
    return str(sentence) % {word: facts.get(word, "") for word in WORDS}
