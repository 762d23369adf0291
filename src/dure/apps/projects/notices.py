"""What people are told of projects."""

from django.utils.translation import gettext_lazy as _

from dure.apps.notices.kinds import Facts, notice_kind

WORDS = ("project", "what", "until", "amount", "person")
SENTENCES = {
    "EXPENSE_DECIDED": _("An expense of “%(project)s” was decided: %(what)s."),
    "JUSTIFIED": _("An expense of “%(project)s” waits for your decision: %(what)s."),
    "MILESTONE": _("A milestone of “%(project)s” waits to be confirmed: %(what)s."),
    "CONFIRMED": _("A milestone of “%(project)s” was confirmed: %(what)s."),
    "MESSAGE": _("%(person)s wrote in “%(project)s”."),
    "RISK": _("%(person)s raised a risk in “%(project)s”."),
    "REPORT": _("A report of “%(project)s” was handed in: %(what)s."),
    "STAGE_REPORT": _("A stage of “%(project)s” ends soon: its report is due on %(until)s."),
    "SETTLEMENT": _("The settlement of “%(project)s” has begun; it is due on %(until)s."),
    "MARKED": _("The accounting firm asks about a row of “%(project)s”: answer by %(until)s."),
    "ANSWERED": _("A row of “%(project)s” was answered: %(what)s."),
    "SETTLED": _("“%(project)s” is settled; %(amount)s won go back."),
    "CARRY_OVER": _(
        "%(amount)s won of “%(project)s” are to go on to the next stage: decide by %(until)s."
    ),
    "CARRIED_OVER": _("%(amount)s won of “%(project)s” go on to the next stage."),
    "OBJECTION": _("The firm objects to the settlement of “%(project)s”."),
    "OBJECTION_DECIDED": _("The objection to the settlement of “%(project)s”: %(what)s."),
    "VERDICT": _("The final verdict of “%(project)s”: %(what)s."),
    "RECOVERY": _("%(amount)s won of “%(project)s” are to be paid back by %(until)s."),
    "PAID": _("A payment of %(amount)s won for “%(project)s” has come in."),
    "STAGE": _("“%(project)s”: %(what)s."),
    "SANCTION": _("A pre-notice of a sanction for “%(project)s”; you can object until %(until)s."),
    "SANCTION_DECIDED": _("The sanction for “%(project)s” was decided: %(what)s."),
    "FOLLOW_UP": _("What became of “%(project)s”? Please answer by %(until)s."),
}


@notice_kind("PROJECT", _("Project"), icon="file")
def project_news(facts: Facts) -> str:
    sentence = SENTENCES.get(facts.get("event", ""), SENTENCES["STAGE"])
    return str(sentence) % {name: facts.get(name, "") for name in WORDS}
