"""What people are told of outcomes."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("outcome", "organisation", "reason")
SENTENCES = {
    "CLAIMED": _("%(organisation)s reports “%(outcome)s” with you. Is it so? Please confirm."),
    "CONFIRMED": _("“%(outcome)s” was confirmed by %(organisation)s."),
    "DISPUTED": _("%(organisation)s says “%(outcome)s” is not so: %(reason)s"),
    "WITHDRAWN": _("“%(outcome)s” was withdrawn: %(reason)s"),
    "MERGED": _("“%(outcome)s” and another report tell of the same, and count as one now."),
    "PARTED": _("“%(outcome)s” stands by itself again."),
    "EVIDENCE": _("A file that shows “%(outcome)s” was added."),
}


@notice_kind("OUTCOME", _("Outcome"), icon="check")
def outcome_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["CONFIRMED"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
