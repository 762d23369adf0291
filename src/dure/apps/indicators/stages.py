"""The lives of a figure's revision, of a report and of a year's plan. Diagrams in docs/reference are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RevisionStage(TextChoices):
    """A revision of a figure; what is published is never changed, only followed by another."""

    DRAFT = "DRAFT", _("Draft")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    PUBLISHED = "PUBLISHED", _("Published")
    DROPPED = "DROPPED", pgettext_lazy("figure", "Sent back")


REVISION_NEXT = {
    RevisionStage.DRAFT: {RevisionStage.CONFIRMED, RevisionStage.DROPPED},
    RevisionStage.CONFIRMED: {RevisionStage.PUBLISHED, RevisionStage.DROPPED},
    RevisionStage.PUBLISHED: set(),
    RevisionStage.DROPPED: set(),
}
OPEN = (RevisionStage.DRAFT, RevisionStage.CONFIRMED)


class ReportStage(TextChoices):
    """A version of a yearly report; a released one stays as it is."""

    DRAFT = "DRAFT", _("Draft")
    RELEASED = "RELEASED", _("Released")


REPORT_NEXT = {
    ReportStage.DRAFT: {ReportStage.RELEASED},
    ReportStage.RELEASED: set(),
}


class YearPlanStage(TextChoices):
    """What is planned for a year; once it is resolved only its results are added."""

    DRAFT = "DRAFT", _("Draft")
    RESOLVED = "RESOLVED", pgettext_lazy("year plan", "Resolved")


YEAR_PLAN_NEXT = {
    YearPlanStage.DRAFT: {YearPlanStage.RESOLVED},
    YearPlanStage.RESOLVED: set(),
}
