"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons
from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    NOT_OF_THIS_ORGANISATION = (
        "NOT_OF_THIS_ORGANISATION",
        _("Only the people of the organisation and the programme office can read this."),
    )
    WITHDRAWN_ALREADY = "WITHDRAWN_ALREADY", _("This fact is withdrawn already.")
    REASON_MISSING = "REASON_MISSING", _("Say why.")


@problem_kinds
class FactProblem(TextChoices):
    """What can be wrong with a row of a list of facts."""

    NO_SUCH_DAY = "NO_SUCH_DAY", _("This is not a day. Write it as 2026-11-30.")
    DAY_TO_COME = "DAY_TO_COME", _("This day is still to come. Nobody knows yet what holds then.")
    NOT_YES_OR_NO = "NOT_YES_OR_NO", _("This fact is yes or no. Write 예 or 아니요.")
    NOT_A_SIZE = (
        "NOT_A_SIZE",
        _("This is no size of an organisation. Write 중소기업, 중견기업, 대기업 or the like."),
    )
    NOT_A_REGION = "NOT_A_REGION", _("This is no region. Write its name, such as 부산.")
    SAID_TWICE = (
        "SAID_TWICE",
        _("Row %(row)s says the same of this organisation, for the same day and source."),
    )
