"""Every «no» of this app, and how we say it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NOT_YOURS = "NOT_YOURS", _("Only the person who started this job can cancel it.")
    HAS_ENDED = "HAS_ENDED", _("This job has ended already.")
    WORKER_DIES = (
        "WORKER_DIES",
        _(
            "Its worker died each time, so it is not tried again. Often the memory did not "
            "suffice: split the file, or give the worker more memory, and ask for it anew. If it "
            "fails again, whoever runs this platform finds the cause in the worker's log."
        ),
    )
    TOO_MANY_WAITING = (
        "TOO_MANY_WAITING",
        _("Many jobs of your organisation wait already. Ask again when some of them are done."),
    )
    IS_CANCELLING = "IS_CANCELLING", _("It stops already, at the end of what it is doing now.")
