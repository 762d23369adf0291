"""The badges of a fair as one file to print: made by a job, kept until they are made anew."""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from dure.apps.consultations.permissions import may_print_badges
from dure.apps.consultations.reasons import Reason
from dure.apps.fairs.models import Attendee, Fair
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import enqueue
from dure.apps.people.models import User
from dure.foundation.verdict import Refused

PRINT = "print_badges"


@transaction.atomic
def ask_badges(*, fair: Fair, language: str, by: User) -> Job:
    """Put the printing of all badges, in a language, in the queue. Raises Refused."""
    may_print_badges(by, fair).require()
    if not Attendee.objects.filter(registration__fair=fair).exists():
        raise Refused(Reason.NOBODY_COMES)
    arguments = {"fair": fair.pk, "language": language}
    return enqueue(kind=PRINT, title=fair.name[:200], arguments=arguments, by=by)


def keep_badges(*, fair: Fair, printed: bytes) -> None:
    """Keep a file in place of the one before; who reads at this moment reads one of the two."""
    target = kept_badges(fair)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_suffix(f".{os.getpid()}")
    draft.write_bytes(printed)
    draft.replace(target)


def kept_badges(fair: Fair) -> Path:
    """Where the badges of a fair are kept; ask for the reader's right before."""
    return Path(settings.HOME) / "papers" / f"badges-{fair.pk}.pdf"
