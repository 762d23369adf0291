"""What people are told of courses."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("course", "day", "why", "place")
SENTENCES = {
    "SEATED": _("You have a seat in “%(course)s”, from %(day)s on."),
    "WAITING": _("“%(course)s” is full. You are number %(place)s on the waiting list."),
    "MOVED_UP": _("A seat in “%(course)s” has become free: it is yours, from %(day)s on."),
    "CANCELLED": _("“%(course)s” is cancelled: %(why)s"),
    "SOON": _("“%(course)s” takes place on %(day)s."),
    "CERTIFIED": _("Your certificate of “%(course)s” is there."),
    "FEEDBACK": _("How was “%(course)s”? Please tell us, without your name."),
}


@notice_kind("TRAINING", _("Training and seminars"), icon="calendar")
def training_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["SOON"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
