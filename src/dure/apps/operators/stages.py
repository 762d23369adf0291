"""The lives of a call for operators, an application, a term and a ranking."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CallStage(TextChoices):
    """A call for operators."""

    OPEN = "OPEN", _("Taking applications")
    DECIDED = "DECIDED", _("Selection made")


CALL_NEXT = {CallStage.OPEN: {CallStage.DECIDED}, CallStage.DECIDED: set()}


class ApplicationStage(TextChoices):
    """An application of an operator."""

    APPLIED = "APPLIED", _("Application received")
    APPOINTED = "APPOINTED", _("Appointed as operator")
    REJECTED = "REJECTED", _("Not appointed")
    WITHDRAWN = "WITHDRAWN", _("Taken back")


APPLICATION_NEXT = {
    ApplicationStage.APPLIED: {
        ApplicationStage.APPOINTED,
        ApplicationStage.REJECTED,
        ApplicationStage.WITHDRAWN,
    },
    ApplicationStage.APPOINTED: set(),
    ApplicationStage.REJECTED: set(),
    ApplicationStage.WITHDRAWN: set(),
}


class RankingStage(TextChoices):
    """A ranking of operators."""

    DRAFT = "DRAFT", _("Draft")
    IN_FORCE = "IN_FORCE", _("In force")


RANKING_NEXT = {RankingStage.DRAFT: {RankingStage.IN_FORCE}, RankingStage.IN_FORCE: set()}
