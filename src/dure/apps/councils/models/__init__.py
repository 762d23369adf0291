"""Councils: who sits, what is met about, what is proposed, how it is voted, what came of it."""

from dure.apps.councils.models.meetings import (
    Attendance,
    Confirmation,
    Interest,
    Item,
    Meeting,
    Paper,
    Proxy,
    Seat,
)
from dure.apps.councils.models.proposals import (
    Comment,
    Expert,
    FollowUp,
    Opinion,
    Undertaking,
    Version,
    WinWinModel,
)
from dure.apps.councils.models.votes import Ballot, CountedBallot, Elector, OpenVote, Vote

__all__ = [
    "Attendance",
    "Ballot",
    "Comment",
    "Confirmation",
    "CountedBallot",
    "Elector",
    "Expert",
    "FollowUp",
    "Interest",
    "Item",
    "Meeting",
    "OpenVote",
    "Opinion",
    "Paper",
    "Proxy",
    "Seat",
    "Undertaking",
    "Version",
    "Vote",
    "WinWinModel",
]
