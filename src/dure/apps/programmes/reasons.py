"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dure.foundation import reasons


class Reason(TextChoices):
    NOT_AN_OFFICER = reasons.NOT_AN_OFFICER
    STAGE_CLOSED = reasons.STAGE_CLOSED
    CHANGED_MEANWHILE = (
        "CHANGED_MEANWHILE",
        _("Somebody else changed the draft since you opened it. Load it anew."),
    )
    SECOND_PERSON = "SECOND_PERSON", _("You changed it last; a second officer releases it.")
    HAS_MISTAKES = "HAS_MISTAKES", _("The file has mistakes. Mend them first.")
    OTHER_PROGRAMME = "OTHER_PROGRAMME", _("The id of the file must stay that of its programme.")
    NOTHING_CHANGED = "NOTHING_CHANGED", _("The draft says what is in force already.")
    BASE_OUTDATED = (
        "BASE_OUTDATED",
        _("Another version was released since this draft was begun. Begin a new draft from it."),
    )
    NOTE_MISSING = "NOTE_MISSING", _("Say in a sentence what is new, for those who read it later.")
