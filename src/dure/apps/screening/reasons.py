"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_AN_AUDITOR = "NOT_AN_AUDITOR", _("Only auditors can do this.")
    NOT_ASKED = "NOT_ASKED", _("Only people of the organisation that was asked can answer.")
    ANSWERED = "ANSWERED", _("This has been answered already.")
    JUDGED = "JUDGED", _("This has been judged already.")
    STILL_TIME = "STILL_TIME", _("The firm can still answer. Judge after its answer or the term.")
    CASE_CLOSED = "CASE_CLOSED", _("The case is closed.")
    CASE_OPEN = "CASE_OPEN", _("There is an open case of this project already.")
    NOT_YET = "NOT_YET", _("A visit is of today or earlier.")
    OPEN_QUESTIONS = "OPEN_QUESTIONS", _("Some questions are not judged yet.")
    ASKED_ALREADY = "ASKED_ALREADY", _("The firm was asked about this already.")
    OUT_OF_RANGE = "OUT_OF_RANGE", _("Write an amount of at most what the rows come to.")
    NOTHING_LEFT = "NOTHING_LEFT", _("Every project has an open case already.")
    DEMANDED = "DEMANDED", _("Money of this project was demanded back after an audit already.")
    NO_SUCH_PARAMETER = "NO_SUCH_PARAMETER", _("This signal has no such parameters.")
    RELEASED = "RELEASED", _("A released version never changes.")
    NOT_MEASURED = "NOT_MEASURED", _("Measure the effect first.")
    ANOTHER_RELEASES = "ANOTHER_RELEASES", _("Another auditor releases what you have drafted.")
    NO_AGREEMENT = "NO_AGREEMENT", _("This project has no agreement here.")
    FILE_TOO_LARGE = (
        "FILE_TOO_LARGE",
        _("The file is too large: at most 20 MB here. Larger ones are for “dure screen”."),
    )
    FILE_OF_ANOTHER_KIND = "FILE_OF_ANOTHER_KIND", _("Use .csv, .csv.gz, .xlsx or .parquet.")
