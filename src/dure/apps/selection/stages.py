"""The lives of a selection, its panels, items, reviewers and objections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SelectionStage(TextChoices):
    """The selection of a call: checked, judged by panels, proposed, decided by a second person."""

    CHECKING = "CHECKING", _("Formal check")
    REVIEWING = "REVIEWING", _("Review by panels")
    PROPOSED = "PROPOSED", _("Waits for the second person")
    DECIDED = "DECIDED", pgettext_lazy("selection", "Decided")


NEXT = {
    SelectionStage.CHECKING: {SelectionStage.REVIEWING},
    SelectionStage.REVIEWING: {SelectionStage.PROPOSED},
    SelectionStage.PROPOSED: {SelectionStage.REVIEWING, SelectionStage.DECIDED},
    SelectionStage.DECIDED: set(),
}


class ItemStage(TextChoices):
    """An application in its selection; only what is ADMITTED is judged."""

    CHECKING = "CHECKING", _("To be checked")
    INCOMPLETE = "INCOMPLETE", _("Something is missing")
    ADMITTED = "ADMITTED", _("Complete")
    EXCLUDED = "EXCLUDED", pgettext_lazy("application", "Excluded")


class PanelStage(TextChoices):
    """A panel: everybody scores alone, then they read each other, then the minutes are confirmed."""

    SCORING = "SCORING", _("Everybody scores alone")
    CONSENSUS = "CONSENSUS", _("Consensus")
    CLOSED = "CLOSED", pgettext_lazy("panel", "Closed")


PANEL_NEXT = {
    PanelStage.SCORING: {PanelStage.CONSENSUS},
    PanelStage.CONSENSUS: {PanelStage.CLOSED},
    PanelStage.CLOSED: set(),
}


class ReviewerStage(TextChoices):
    """Somebody in the pool; only who is ACTIVE is assigned."""

    INVITED = "INVITED", pgettext_lazy("reviewer", "Invited")
    ACTIVE = "ACTIVE", pgettext_lazy("reviewer", "In the pool")
    DECLINED = "DECLINED", pgettext_lazy("reviewer", "Declined")
    BARRED = "BARRED", pgettext_lazy("reviewer", "Barred")


class MemberStage(TextChoices):
    """A reviewer on a panel; nothing is read before the pledge."""

    ASKED = "ASKED", pgettext_lazy("member of a panel", "Asked")
    PLEDGED = "PLEDGED", pgettext_lazy("member of a panel", "Pledged")
    LEFT = "LEFT", pgettext_lazy("member of a panel", "Replaced")


class ObjectionStage(TextChoices):
    """An objection: received, heard by a panel, upheld or not."""

    RECEIVED = "RECEIVED", pgettext_lazy("objection", "Received")
    HEARD = "HEARD", pgettext_lazy("objection", "Before its panel")
    UPHELD = "UPHELD", pgettext_lazy("objection", "Upheld: judged again")
    RENEWED = "RENEWED", pgettext_lazy("objection", "Upheld: was judged again")
    DISMISSED = "DISMISSED", pgettext_lazy("objection", "Not upheld")
