"""Where one is among the questions of an entry."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dure.apps.catalog.forms.entries import FORMS
from dure.apps.catalog.forms.questions import ENGLISH, FILES, NEEDED, answers_of
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.presenters.kinds import EntryPages, kind_of


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks, whether the entry says something to it, whether it must."""

    name: str
    label: str
    url: str
    is_answered: bool
    is_needed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One question among all: its place, what is before and after it, how many are answered."""

    kind: EntryPages
    name: str
    place: int
    count: int
    done: int
    questions: list[Question]
    back_url: str
    next_url: str
    all_url: str

    @property
    def left(self) -> int:
        """How many questions are not answered yet."""
        return self.count - self.done


def asked_of(entry: Need | Technology, name: str) -> Asked | None:
    """The question `name` of an entry; None where there is no such question."""
    kind = kind_of(entry)
    questions = [
        Question(
            name=asked,
            label=_label(kind, asked),
            url=kind.url("question", entry.pk, asked),
            is_answered=is_answered,
            is_needed=asked in NEEDED,
        )
        for asked, is_answered in answers_of(entry)
    ]
    names = [question.name for question in questions]
    if name not in names:
        return None
    at, all_url = names.index(name), kind.url("questions", entry.pk)
    return Asked(
        kind=kind,
        name=name,
        place=at + 1,
        count=len(names),
        done=sum(question.is_answered for question in questions),
        questions=questions,
        back_url=questions[at - 1].url if at else "",
        next_url=questions[at + 1].url if at + 1 < len(names) else all_url,
        all_url=all_url,
    )


def _label(kind: EntryPages, name: str) -> str:
    if name == FILES:
        return _("Files")
    if name == ENGLISH:
        return _("In English as well")
    return str(FORMS[kind.model].base_fields[name].label)
