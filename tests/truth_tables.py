"""Truth tables of permissions: what each role is answered, spelled out in a CSV beside the test.

A case is named after the permission or query it asks, with a note in words after a colon:
«may_edit: a draft of the buyer». After a wanted change look at the difference of
`DURE_WRITE_ACCESS=1 pytest tests/apps -k permissions`, line by line.
"""

import csv
import inspect
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from dure.foundation.verdict import Verdict
from tests.cast import ROLES, Cast

Case = Callable[[Any], Verdict | QuerySet]


def assert_table(path: Path, cases: Mapping[str, Case], cast: Cast) -> None:
    """Every case is answered to every role as the table says."""
    people = [AnonymousUser() if role == "visitor" else cast[role] for role in ROLES]
    table = [[name, *(_said(ask(person)) for person in people)] for name, ask in cases.items()]
    if "DURE_WRITE_ACCESS" in os.environ:
        with path.open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([["case", *ROLES], *table])
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)

    assert header == ["case", *ROLES]
    assert table == rows


def assert_whole(cases: Mapping[str, Case], *modules: ModuleType, exclude: set[str] = frozenset()):
    """The table asks every permission and every `…_visible_to` of the modules that take a reader."""
    taken = {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__.startswith(module.__name__)
        and (name.startswith("may_") or name.endswith("_visible_to"))
        and next(iter(inspect.signature(function).parameters)) == "user"
    }

    assert taken - {name.partition(":")[0] for name in cases} == exclude


def _said(answer: Verdict | QuerySet) -> str:
    if isinstance(answer, Verdict):
        return "yes" if answer else answer.reason.value
    return "sees" if answer.exists() else ""
