"""What one officer changed last on a board, to take it back; kept in the session."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from dure.apps.fairs.models import Meeting, Timetable

MOST = 30


class Stack:
    """The last changes of one person on one version, as the changes that take them back.

    Every entry says the revision that its meeting must have; when this person changes the meeting
    otherwise, or takes such a change back, the entry follows. When somebody else does, it does
    not, and taking it back is refused.
    """

    def __init__(self, session: SessionBase, timetable: Timetable) -> None:
        self.session, self.key = session, f"board-{timetable.pk}"
        self.entries: list[dict[str, Any]] = list(session.get(self.key, []))

    def __len__(self) -> int:
        return len(self.entries)

    def push(self, entry: dict[str, Any]) -> None:
        """Remember how to take the newest change back."""
        self.entries = [*self.entries, entry][-MOST:]
        self._keep()

    def pop(self) -> dict[str, Any] | None:
        """The change that takes the newest one back, if there is one."""
        if not self.entries:
            return None
        last = self.entries.pop()
        self._keep()
        return {"revision": None, "onto": None, "table": None, **last}

    def changed(self, meeting: int, revision: int) -> None:
        """This person changed a meeting that had `revision`; entries about it follow."""
        for entry in self.entries:
            if entry.get("meeting") == meeting and entry.get("revision") == revision:
                entry["revision"] = revision + 1
        self._keep()

    def placed(self, meeting: Meeting, *, instead_of: int | None) -> None:
        """A meeting that this person had taken out stands again, under a new id."""
        for entry in self.entries:
            if instead_of is not None and entry.get("meeting") == instead_of:
                entry["meeting"], entry["revision"] = meeting.pk, 0
            if instead_of is not None and entry.get("onto") == instead_of:
                entry["onto"] = meeting.pk
        self._keep()

    def _keep(self) -> None:
        self.session[self.key] = self.entries
