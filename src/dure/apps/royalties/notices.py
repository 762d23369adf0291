"""What people are told of royalties."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

SENTENCES = {
    "ASKED": _("What income did “%(project)s” bring in %(year)s? Please report by %(until)s."),
    "REPORTED": _(
        "The income of “%(project)s” in %(year)s was reported; the royalty can be billed."
    ),
    "BILLED": _("The royalty of “%(project)s” for %(year)s: %(amount)s won, to pay by %(until)s."),
    "NOTHING": _("No royalty is due for “%(project)s” for %(year)s."),
    "PAID": _("A payment of %(amount)s won on the royalty of “%(project)s” has come in."),
}
WORDS = ("project", "year", "until", "amount")


@notice_kind("ROYALTY", _("Royalty"), icon="file")
def royalty_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["ASKED"])
    return str(sentence) % {word: facts.get(word, "") for word in WORDS}
