"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_YOUR_MEETING = (
        "NOT_YOUR_MEETING",
        _("Only the two organisations, the desk and programme officers can do this."),
    )
    NOT_YOUR_TASK = (
        "NOT_YOUR_TASK",
        _("Only whoever sees to it and programme officers can do this."),
    )
    MEET_ALREADY = "MEET_ALREADY", _("These two meet already, or have met.")
    RECORDED_AS_HELD = (
        "RECORDED_AS_HELD",
        _("Somebody wrote down that this meeting was held. Change the record first."),
    )
    RESULT_BROKEN = (
        "RESULT_BROKEN",
        _("The result broke a rule and was not stored. Tell the programme office."),
    )
    NOBODY_COMES = "NOBODY_COMES", _("Nobody is on the lists of who comes yet.")
    NOT_THEIR_PERSON = (
        "NOT_THEIR_PERSON",
        _("Only people of the two organisations and of the programme office see to it."),
    )
