"""What one officer changed last on a board, to take it back; kept in the session."""

from dataclasses import asdict, replace

from django.contrib.sessions.backends.base import SessionBase

from dure.apps.fairs.models import Timetable
from dure.apps.fairs.operations import Done, Step, What

MOST = 30


class Stack:
    """The last changes of one person on one version, as the steps that take them back.

    Every step says the revision that its meeting must have; when this person changes the meeting
    otherwise, or takes such a change back, the step follows. When somebody else does, it does
    not, and taking it back is refused.
    """

    def __init__(self, session: SessionBase, timetable: Timetable) -> None:
        self.session, self.key = session, f"board-{timetable.pk}"
        kept = session.get(self.key, [])
        self.steps = [Step(**{**step, "what": What(step["what"])}) for step in kept]

    def __len__(self) -> int:
        return len(self.steps)

    def pop(self) -> Step | None:
        """The step that takes the newest change back, if there is one."""
        if not self.steps:
            return None
        last = self.steps.pop()
        self._keep()
        return last

    def did(self, step: Step, done: Done) -> None:
        """Remember how to take a change back."""
        self.undid(step, done)
        self.steps = [*self.steps, done.inverse][-MOST:]
        self._keep()

    def undid(self, step: Step, done: Done) -> None:
        """Let the steps follow a change: new revisions, and a new id for what was placed again."""
        self.steps = [self._following(kept, step, done) for kept in self.steps]
        self._keep()

    @staticmethod
    def _following(follower: Step, step: Step, done: Done) -> Step:
        if follower.meeting in done.changed and follower.revision == done.changed[follower.meeting]:
            follower = replace(follower, revision=follower.revision + 1)
        if done.placed is None or step.meeting is None:
            return follower
        if follower.meeting == step.meeting:
            follower = replace(follower, meeting=done.placed.pk, revision=0)
        return replace(follower, onto=done.placed.pk) if follower.onto == step.meeting else follower

    def _keep(self) -> None:
        self.session[self.key] = [asdict(step) for step in self.steps]
