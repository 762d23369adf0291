"""What people are told of agreements."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dure.apps.notices.kinds import Facts, notice_kind


@notice_kind("AGREEMENT_TO_SIGN", gettext_lazy("Agreement to sign"), icon="edit")
def agreement_to_sign(facts: Facts) -> str:
    return _("“%(title)s” is to be signed for %(party)s until %(until)s.") % _words(facts)


@notice_kind("AGREEMENT_TO_APPROVE", gettext_lazy("Agreement to approve"), icon="edit")
def agreement_to_approve(facts: Facts) -> str:
    return _(
        "“%(title)s” waits for your internal approval; it is to be signed for %(party)s until %(until)s."
    ) % _words(facts)


@notice_kind("AGREEMENT_NOT_APPROVED", gettext_lazy("Agreement not approved"), icon="warning")
def agreement_not_approved(facts: Facts) -> str:
    return _("“%(title)s” is not approved internally for %(party)s: %(reason)s") % _words(facts)


@notice_kind("OUTSIDE_FILE_TO_ACCEPT", gettext_lazy("File signed outside"), icon="edit")
def outside_file_to_accept(facts: Facts) -> str:
    return _(
        "“%(title)s” was signed outside: look at the file and accept it for %(party)s, or say why not."
    ) % _words(facts)


@notice_kind("OUTSIDE_FILE_MOVED", gettext_lazy("File signed outside"), icon="information")
def outside_file_moved(facts: Facts) -> str:
    if facts.get("stage") == "REFUSED":
        return _(
            "%(party)s does not accept the file signed outside of “%(title)s”: %(reason)s"
        ) % _words(facts)
    return _("The file signed outside of “%(title)s” was withdrawn.") % _words(facts)


@notice_kind("AGREEMENT_MOVED", gettext_lazy("Agreement"), icon="information")
def agreement_moved(facts: Facts) -> str:
    sentences = {
        "IN_FORCE": _("Everybody has signed: “%(title)s” is in force."),
        "REFUSED": _("%(party)s refused to sign “%(title)s”: %(reason)s"),
        "EXPIRED": _("“%(title)s” was not signed in time."),
        "DROPPED": _("“%(title)s” was dropped: %(reason)s"),
        "COMPLETED": _("“%(title)s” is completed."),
        "TERMINATED": _("“%(title)s” ended before its time: %(reason)s"),
        "DRAFT": _("“%(title)s” is drawn up anew: %(reason)s"),
    }
    return sentences.get(facts.get("stage", ""), "“%(title)s”") % _words(facts)


@notice_kind("AGREEMENT_DRAWN_UP", gettext_lazy("Agreement drawn up"), icon="edit")
def agreement_drawn_up(facts: Facts) -> str:
    if facts.get("until"):
        return _(
            "“%(title)s” is selected; its agreement is drawn up. Revise the plan until %(until)s."
        ) % _words(facts)
    return _("“%(title)s” is selected; its agreement is drawn up.") % _words(facts)


@notice_kind("AGREEMENT_REPLANNED", gettext_lazy("Plan revised"), icon="check")
def agreement_replanned(facts: Facts) -> str:
    return _("The plan of “%(title)s” is revised: %(reason)s") % _words(facts)


@notice_kind("PARTICULARS_CHANGED", gettext_lazy("Representative or account"), icon="information")
def particulars_changed(facts: Facts) -> str:
    return _("“%(title)s”: %(party)s has a new representative or account.") % _words(facts)


@notice_kind("CHANGE_TO_ANSWER", gettext_lazy("Change to answer"), icon="edit")
def change_to_answer(facts: Facts) -> str:
    return _("A change of “%(title)s” waits for an answer: %(reason)s") % _words(facts)


@notice_kind("CHANGE_ANSWER_DUE", gettext_lazy("Term of an answer"), icon="warning")
def answer_due(facts: Facts) -> str:
    sentences = {
        "LATE": _("The answer to a change of “%(title)s” was due until %(until)s; it waits still."),
        "SOON": _("The answer to a change of “%(title)s” is due until %(until)s."),
    }
    return sentences.get(facts.get("stage", ""), "“%(title)s”") % _words(facts)


@notice_kind("CHANGE_ANSWER_EXTENDED", gettext_lazy("Answer takes longer"), icon="information")
def answer_extended(facts: Facts) -> str:
    return _(
        "The answer to a change of “%(title)s” takes longer, until %(until)s: %(reason)s"
    ) % _words(facts)


@notice_kind("AGREEMENT_CHANGED", gettext_lazy("Change of an agreement"), icon="information")
def agreement_changed(facts: Facts) -> str:
    sentences = {
        "DONE": _("A change of “%(title)s” holds now: %(reason)s"),
        "REFUSED": _("A change of “%(title)s” was refused: %(reason)s"),
        "EXPIRED": _("A change of “%(title)s” was not signed in time: %(reason)s"),
        "WITHDRAWN": _("A change of “%(title)s” was taken back: %(reason)s"),
    }
    return sentences.get(facts.get("stage", ""), "“%(title)s”") % _words(facts)


@notice_kind("OBLIGATION_DUE", gettext_lazy("Obligation"), icon="warning")
def obligation_due(facts: Facts) -> str:
    return _("“%(title)s”: %(party)s owes “%(what)s” until %(until)s.") % _words(facts)


@notice_kind("EXEMPTION_ASKED", gettext_lazy("Exemption to answer"), icon="edit")
def exemption_asked(facts: Facts) -> str:
    return _("“%(title)s”: %(party)s asks to be exempted of “%(what)s”: %(reason)s") % _words(facts)


@notice_kind("EXEMPTION_ANSWERED", gettext_lazy("Exemption answered"), icon="information")
def exemption_answered(facts: Facts) -> str:
    if facts.get("stage") == "REFUSED":
        return _("“%(title)s”: %(party)s is not exempted of “%(what)s”: %(reason)s") % _words(facts)
    return _("“%(title)s”: %(party)s is exempted of “%(what)s”.") % _words(facts)


@notice_kind("INSTALMENT_TO_CONFIRM", gettext_lazy("Payment to confirm"), icon="check")
def instalment_to_confirm(facts: Facts) -> str:
    return _("“%(title)s”: %(party)s asks you to confirm that instalment %(what)s can be paid.") % (
        _words(facts)
    )


@notice_kind("INSTALMENT_PAID", gettext_lazy("Payment"), icon="check")
def instalment_paid(facts: Facts) -> str:
    return _("“%(title)s”: %(party)s paid %(won)s won.") % _words(facts)


@notice_kind("PAYMENTS_HELD", gettext_lazy("Payments that wait"), icon="information")
def payments_held(facts: Facts) -> str:
    if facts.get("stage") == "RELEASED":
        return _("The payments of “%(title)s” go on.") % _words(facts)
    return _("The next payment of “%(title)s” waits until a question is cleared up.") % _words(
        facts
    )


@notice_kind("OWN_CASH_LATE", gettext_lazy("Own cash is late"), icon="warning")
def own_cash_late(facts: Facts) -> str:
    return _(
        "“%(title)s”: %(party)s was to pay %(won)s won until %(until)s. Public money waits for it."
    ) % _words(facts)


def _words(facts: Facts) -> Facts:
    names = ("title", "party", "until", "reason", "what", "won")
    return {name: facts.get(name, "") for name in names}
