"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation.sheets import problem_kinds


class Reason(TextChoices):
    NOT_AN_ANALYST = "NOT_AN_ANALYST", _("Only analysts and the programme office do this.")
    NOT_ASKED = "NOT_ASKED", _("Only the analysts and the body that is asked report this figure.")
    SECOND_PERSON = (
        "SECOND_PERSON",
        _("Somebody else has to do this: two people stand for a figure."),
    )
    STAGE_CLOSED = "STAGE_CLOSED", _("This is no longer possible at this stage.")
    IN_WORK = "IN_WORK", _("A draft of this figure is open. Confirm it or send it back first.")
    REASON_MISSING = "REASON_MISSING", _("Say why the published figure changes.")
    EVIDENCE_MISSING = "EVIDENCE_MISSING", _("Say where the figure is from.")
    FILE_MISSING = "FILE_MISSING", _("Add a file that shows the figure before it is confirmed.")
    NO_FILE = "NO_FILE", _("Choose a file first.")
    FILE_EMPTY = "FILE_EMPTY", _("The file is empty.")
    FILE_TOO_LARGE = "FILE_TOO_LARGE", _("The file is too large. The limit is 20 MB.")
    FILE_NOT_ALLOWED = (
        "FILE_NOT_ALLOWED",
        _("Files of this kind cannot be sent, or the file is not what its name says."),
    )
    NO_VALUE = "NO_VALUE", _("There is nothing to measure in this period.")
    NOT_MEASURED = "NOT_MEASURED", _("The platform does not know this figure; it is reported.")
    MEASURED = "MEASURED", _("The platform measures this figure; it is not typed.")
    NO_PERIOD = "NO_PERIOD", _("Write the period as 2023, 2020-2022, 2023-11 or 2023-11-21.")
    TOO_EARLY = "TOO_EARLY", _("The day lies in the future.")
    UNCHANGED = "UNCHANGED", _("The figure is the same as the published one.")
    NOT_READY = (
        "NOT_READY",
        _("The summary and every strategy need a text before the report is released."),
    )
    COMMENTS_OPEN = (
        "COMMENTS_OPEN",
        _("Settle every comment before the report is released."),
    )
    SETTLED_ALREADY = "SETTLED_ALREADY", _("Somebody has settled it already.")
    NOT_A_YEAR = "NOT_A_YEAR", _("The plan does not reach to this year.")
    NO_ACTIONS = "NO_ACTIONS", _("Write at least one action before the plan is resolved.")
    NO_TASK = "NO_TASK", _("The plan has no such task.")
    YEAR_TAKEN = "YEAR_TAKEN", _("There is a plan for this year already.")
    NOT_ITS_YEAR = "NOT_ITS_YEAR", _("The action lies outside the year of the plan.")
    NO_SECTION = "NO_SECTION", _("The report has no such section.")
    NO_DIMENSION = "NO_DIMENSION", _("This cannot be told apart so. Choose from the list.")


@problem_kinds
class FigureProblem(TextChoices):
    """What can be wrong with a row of reported figures."""

    NOT_A_PERIOD = "NOT_A_PERIOD", _("This is no period. Write it as 2023, 2020-2022 or 2023-11.")
    NOT_A_FIGURE = "NOT_A_FIGURE", _("This is not a number. Write digits, if need be with a point.")
    IS_MEASURED = (
        "IS_MEASURED",
        _("The platform measures this figure in this period. Delete the row."),
    )
    FIGURE_TWICE = "FIGURE_TWICE", _("Row %(row)s says the same indicator and period.")
    FIGURE_REFUSED = "FIGURE_REFUSED", _("%(why)s")
