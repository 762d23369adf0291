"""Texts in the other language: by a machine, by a person, confirmed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_noop

from dure.apps.exchange import permissions, queries
from dure.apps.exchange.models import TextPair
from dure.apps.exchange.queries import Text
from dure.apps.exchange.reasons import Reason
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import enqueue
from dure.apps.people.models import User
from dure.engines.matching import language_of
from dure.foundation.translating import Translator
from dure.foundation.verdict import Refused

TRANSLATE = "exchange_translate"
THING = "exchange texts"


@transaction.atomic
def confirm_text(
    *, subject: str, field: str, seen: str, text: str, by: User, at: datetime
) -> TextPair:
    """Write a text in the other language, or confirm what a machine made.

    `seen` is the digest of the original as it was read. Raises Refused, also where the record says
    something else by now.
    """
    permissions.may_run(by).require()
    if not text.strip():
        raise Refused(Reason.TEXT_MISSING)
    asked = Text(subject, field, queries.source_of(subject, field))
    if not asked.source or asked.digest != seen:
        raise Refused(Reason.SOURCE_CHANGED)
    if language_of(text) not in ("", asked.target):
        raise Refused(Reason.SAME_LANGUAGE)
    engine = _engine_of(asked, text.strip())
    pair, _is_new = TextPair.objects.update_or_create(
        subject=subject,
        field=field,
        language=asked.target,
        defaults={
            "source": asked.source,
            "text": text.strip(),
            "engine": engine,
            "made_at": at,
            "confirmed_by": by,
            "confirmed_at": at,
        },
    )
    return pair


def ask_machine(*, by: User) -> Job:
    """Have the machine translate what has no translation. Raises Refused."""
    permissions.may_run(by).require()
    if not settings.DURE_TRANSLATOR:
        raise Refused(Reason.NO_TRANSLATOR)
    title = gettext_noop("Translate what is untranslated")
    return enqueue(kind=TRANSLATE, title=title, arguments={}, by=by, thing=THING)


def translate(
    *, translator: Translator, at: datetime, advance: Callable[[], Any] = lambda: None
) -> int:
    """Have `translator` write what has no translation, what matters most first; returns how many.

    Each is saved by itself, so that a second run goes on where the first one stopped. What a person
    wrote meanwhile stays. Raises TranslatorError.
    """
    lacking, _made = queries.untranslated()
    for text in lacking:
        [translated] = translator.translate([text.source], text.language, text.target)
        with transaction.atomic():
            _keep(text, translated, translator.name, at)
        advance()
    return len(lacking)


def _keep(text: Text, translated: str, engine: str, at: datetime) -> None:
    key = {"subject": text.subject, "field": text.field, "language": text.target}
    values = {"source": text.source, "text": translated, "engine": engine[:100], "made_at": at}
    pair, is_new = TextPair.objects.select_for_update().get_or_create(**key, defaults=values)
    if is_new or pair.source == text.source:
        return
    for name, value in values.items():
        setattr(pair, name, value)
    pair.confirmed_by = pair.confirmed_at = None
    pair.save()


def _engine_of(asked: Text, text: str) -> str:
    """Whose words they are: those of the machine, where nothing of them was changed."""
    pair = queries.current_pair(asked.subject, asked.field, asked.target)
    return pair.engine if pair and pair.text == text else ""
