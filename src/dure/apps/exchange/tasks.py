"""Machine translation of what has none."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from dure.apps.exchange import operations, queries
from dure.apps.jobs.kinds import job_handler
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.foundation.translating import translator_named


@job_handler(
    operations.TRANSLATE,
    _("Machine translation"),
    figures={"translated": _("Translated texts")},
    route="exchange:words",
)
def translate(job: Job, progress: Progress) -> dict[str, int]:
    """Translate what has no translation, what matters most first; a second run goes on."""
    translator = translator_named(settings.DURE_TRANSLATOR)
    if translator is None:
        return {"translated": 0}
    progress.step(gettext_noop("Translating"), len(queries.untranslated()[0]))
    done = operations.translate(translator=translator, at=timezone.now(), advance=progress.advance)
    return {"translated": done}
