"""What people can be told; an app's `notices.py` has the kinds of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from dure.foundation.registry import Registry
from dure.foundation.ui.icons import missing_icon

Facts = dict[str, Any]
Sentence = Callable[[Facts], str]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """What a notice is about; `sentence` says its facts in the reader's language."""

    code: str
    label: Promise
    icon: str
    sentence: Sentence


def _faults(kind: NoticeKind) -> Iterator[str]:
    yield from missing_icon(kind.icon)


KINDS = Registry[NoticeKind]("kind of notice", _faults)


def notice_kind(code: str, label: Promise, *, icon: str) -> Callable[[Sentence], NoticeKind]:
    """Make a sentence the kind of notice that says it."""

    def register(sentence: Sentence) -> NoticeKind:
        return KINDS.add(code, NoticeKind(code, label, icon, sentence))

    return register
