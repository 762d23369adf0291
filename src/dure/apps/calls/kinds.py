"""Who follows a call: lists of people to tell of it and to write to; higher apps add their own.

@audience("APPLICANTS", _("Applicants"), follows=True)
def applicants(call: Call) -> QuerySet[User]: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from dure.foundation.registry import Registry

People = Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Audience:
    """People who have to do with a call: `people(call)` gives them.

    Those who follow are told of everything that is announced about the call.
    """

    code: str
    label: Promise
    people: People
    follows: bool = False


AUDIENCES = Registry[Audience]("audience of a call")


def audience(code: str, label: Promise, *, follows: bool = False) -> Callable[[People], People]:
    """Make a function one of the lists of people of a call."""

    def register(people: People) -> People:
        AUDIENCES.add(code, Audience(code, label, people, follows))
        return people

    return register
