"""The lives of a survey, of a question to one body, and of a wish. Diagrams are made from these."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SurveyStage(TextChoices):
    """A demand survey."""

    OPEN = "OPEN", _("Collecting answers")
    CLOSED = "CLOSED", _("Closed")


SURVEY_NEXT = {SurveyStage.OPEN: {SurveyStage.CLOSED}, SurveyStage.CLOSED: set()}


class AskedStage(TextChoices):
    """A body that a survey asks."""

    ASKED = "ASKED", _("No answer yet")
    ANSWERED = "ANSWERED", _("Has answered")
    NOTHING = "NOTHING", _("Needs nothing")


ASKED_NEXT = {
    AskedStage.ASKED: {AskedStage.ANSWERED, AskedStage.NOTHING},
    AskedStage.ANSWERED: set(),
    AskedStage.NOTHING: set(),
}


class WishStage(TextChoices):
    """A need named in a survey."""

    DRAFT = "DRAFT", _("Being written")
    GIVEN = "GIVEN", _("To be allotted")
    ALLOTTED = "ALLOTTED", _("Allotted")
    LEFT_OUT = "LEFT_OUT", _("Not taken up")


WISH_NEXT = {
    WishStage.DRAFT: {WishStage.GIVEN},
    WishStage.GIVEN: {WishStage.ALLOTTED, WishStage.LEFT_OUT},
    WishStage.ALLOTTED: {WishStage.ALLOTTED, WishStage.LEFT_OUT},
    WishStage.LEFT_OUT: {WishStage.ALLOTTED},
}
