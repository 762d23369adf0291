"""An entry asked one question at a time, for somebody with a phone: which questions, in which order."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dure.apps.catalog.forms.entries import EntryForm, entry_form
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters.kinds import EntryPages, kind_of
from dure.apps.people.models import Organisation
from dure.foundation.ui.forms import FilesField

FILES, ENGLISH = "files", "english"
NEEDED = ("title", "body", "field")
"""Without these nobody can hand an entry in."""


class FilesForm(forms.Form):
    """Files beside an entry."""

    files = FilesField(required=False)


def questions_of(kind: EntryPages) -> list[str]:
    """The names of the questions of a kind of entry, in their order."""
    is_need = kind.model is Need
    more = "requirements" if is_need else "track_record"
    money = ["budget"] if is_need else []
    return [
        "title", "body", more, "field", "trl", "cooperation", *money, "region", "keywords",
        "visibility", FILES, ENGLISH,
    ]  # fmt: skip


def question_form(
    entry: Need | Technology,
    name: str,
    data: Any = None,
    files: Any = None,
    *,
    organisations: QuerySet[Organisation],
) -> EntryForm | FilesForm:
    """The form of one question: its fields of the whole form, and when they were seen."""
    if name == FILES:
        form = FilesForm(data, files)
        form.fields["files"].label = _("Files")
        form.fields["files"].help_text = _("A data sheet, a brochure, photos from your phone.")
        return form
    whole = entry_form(kind_of(entry), data, organisations=organisations, entry=entry)
    together = {ENGLISH: EntryForm.english, "visibility": ("visibility", "keeps_secret")}
    asked = {"seen_at", *together.get(name, (name,))}
    for other in set(whole.fields) - asked:
        del whole.fields[other]
    return whole


def first_form(kind: EntryPages, data: Any, organisations: QuerySet[Organisation]) -> EntryForm:
    """The first question of a new entry: for whom, and in one line what it is."""
    whole = entry_form(kind, data, organisations=organisations)
    for other in set(whole.fields) - {"organisation", "title"}:
        del whole.fields[other]
    return whole


def answers_of(entry: Need | Technology) -> Iterator[tuple[str, bool]]:
    """Each question of an entry, and whether it says something to it."""
    for name in questions_of(kind_of(entry)):
        if name == FILES:
            yield name, entry.attachments.exists()
        elif name == ENGLISH:
            yield name, bool(entry.title_en)
        else:
            yield name, getattr(entry, name) not in ("", None, [])
