"""What every app brings of its own, found in modules with fixed names.

An app that offers a place has a registry; whoever has something for it adds an entry while its own
module is imported. Nothing lower in the house knows the names of those above it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from django.core.checks import CheckMessage, Error

# Imported from every installed app at the start; Procrastinate does the same with `tasks`, the
# site's addresses with `urls` and `api`, the demonstration with `demo`.
MODULES = (
    "receivers",
    "notices",
    "navigation",
    "pages",
    "panels",
    "desk",
    "facts",
    "ties",
    "measures",
    "sheets",
)

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by their code, in the order in which they were added.

    `what` says what an entry is; `faults` finds what is wrong with one, in English, once everything
    is loaded. The system check reports these and every code that was used twice.
    """

    known: "list[Registry[Any]]" = []

    def __init__(self, what: str, faults: Callable[[Entry], Iterable[str]] | None = None) -> None:
        self.what = what
        self.faults = faults
        self.doubled: list[str] = []
        self._entries: dict[str, Entry] = {}
        Registry.known.append(self)

    def add(self, code: str, entry: Entry) -> Entry:
        """Keep an entry; the first of a code stays."""
        if code in self._entries:
            self.doubled.append(code)
        self._entries.setdefault(code, entry)
        return entry

    def __getitem__(self, code: str) -> Entry:
        """The entry of a code. Raises LookupError."""
        try:
            return self._entries[code]
        except KeyError:
            raise LookupError(f"no app brings the {self.what} {code!r}") from None

    def __contains__(self, code: object) -> bool:
        return code in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def get(self, code: str) -> Entry | None:
        """The entry of a code, if an app brings it."""
        return self._entries.get(code)

    def codes(self) -> list[str]:
        """The codes of all entries."""
        return list(self._entries)

    def check(self) -> list[CheckMessage]:
        """What is wrong with the entries."""
        faults = [f"the {self.what} {code!r} is brought twice" for code in self.doubled]
        if self.faults:
            for code, entry in self._entries.items():
                faults += [f"the {self.what} {code!r} {fault}" for fault in self.faults(entry)]
        return [Error(fault, id="dure.E001") for fault in faults]


def check_registries(**_: object) -> list[CheckMessage]:
    """The system check of everything that apps bring."""
    return [message for registry in Registry.known for message in registry.check()]
