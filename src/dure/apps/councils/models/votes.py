"""Votes: who may vote, who has, and the ballots, open or secret.

In a secret vote a ballot stands apart from its voter: it has a random key and no time, and until the
count nobody reads it, as it is sealed with a key outside the database. At the count the sealed
ballots are deleted and what was in them is written anew in one transaction, in the order of their
random codes. See docs/decisions/0010-secret-votes.md.
"""

from typing import Any
from uuid import uuid4

import pgtrigger
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dure.apps.councils.kinds import Council, VoteRule, councils
from dure.apps.councils.models.meetings import Item, Seat
from dure.apps.councils.models.proposals import WinWinModel
from dure.apps.councils.stages import VoteStage
from dure.apps.people.models import User
from dure.engines.voting import Outcome
from dure.foundation.history import track, untracked

SECRET = "A secret ballot must stand beside no time, no order and no person."  # noqa: S105
TURNOUT = "Who has voted is kept without a time, so that it says nothing of a ballot."


class Ended(models.TextChoices):
    """How a vote ended; the outcomes of engines.voting."""

    CARRIED = Outcome.CARRIED.value, _("Carried")
    TIED = Outcome.TIED.value, _("Tied")
    NO_MAJORITY = Outcome.NO_MAJORITY.value, _("No majority")
    NO_QUORUM = Outcome.NO_QUORUM.value, _("No quorum")


@track()
class Vote(models.Model):
    """A vote of a council: on an item of a meeting, or in writing; its rule as it was on that day.

    `counts` are by option, `box` is the digest over all counted ballots of a secret vote.
    """

    council = models.CharField(_("Council"), max_length=40)
    question = models.CharField(_("Question"), max_length=300)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="votes")
    model = models.ForeignKey(
        WinWinModel, models.PROTECT, null=True, related_name="votes",
        verbose_name=_("Win-win model"),
    )  # fmt: skip
    rule: Any = models.JSONField(_("Rule"))
    is_secret = models.BooleanField(_("Secret vote"))
    entitled = models.PositiveIntegerField(_("Entitled to vote"))
    stage = models.CharField(_("Status"), max_length=10, choices=VoteStage, default=VoteStage.OPEN)
    closes_at = models.DateTimeField(_("Open until"), null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("Opened"))
    closed_at = models.DateTimeField(pgettext_lazy("vote", "Counted"), null=True)
    counts: Any = models.JSONField(_("Count"), default=dict)
    present = models.PositiveIntegerField(_("Present"), null=True)
    outcome = models.CharField(_("Outcome"), max_length=20, choices=Ended, blank=True)
    option = models.CharField(_("Carried"), max_length=40, blank=True)
    is_by_chair = models.BooleanField(_("By the chair's casting vote"), default=False)
    conditions = models.TextField(_("Conditions"), max_length=3000, blank=True)
    box = models.CharField(_("SHA-256 of the box"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("vote of a council")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["model"], condition=models.Q(stage=VoteStage.OPEN),
                name="one_open_vote_each_model",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(stage=VoteStage.OPEN),
                name="one_open_vote_each_item",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """The page of the vote."""
        return reverse("councils:vote", args=[self.pk])

    @property
    def file(self) -> Council:
        """The council as its file says."""
        return councils()[self.council]

    @property
    def rule_file(self) -> VoteRule:
        """The rule as it was when the vote was opened."""
        return VoteRule.model_validate(self.rule)

    @property
    def about(self) -> str:
        """To what ballots and codes of this vote are bound."""
        return f"vote:{self.pk}"


def _while_open(name: str) -> pgtrigger.Trigger:
    """Nothing comes into the box of a vote that is counted, whoever writes it."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF (SELECT stage FROM councils_vote WHERE id = NEW.vote_id) <> 'OPEN' THEN
                RAISE EXCEPTION 'the vote is closed';
            END IF;
            RETURN NEW;
        """,
    )


def _never_changed() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)


@untracked(TURNOUT)
class Elector(models.Model):
    """A seat with a vote, and whether it was cast; `voter` may cast it, for an absent one too."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="electors")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    voter = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    has_voted = models.BooleanField(_("Has voted"), default=False)

    class Meta:
        verbose_name = _("entitled to vote")
        constraints = [models.UniqueConstraint(fields=["vote", "seat"], name="elector_once")]

    def __str__(self) -> str:
        return str(self.seat)


@untracked(SECRET)
class Ballot(models.Model):
    """A secret ballot until the count: sealed, of the same length as every other one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    key_id = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("sealed ballot")
        triggers = [_while_open("ballot_while_open")]

    def __str__(self) -> str:
        return str(self.pk)


@untracked(SECRET)
class CountedBallot(models.Model):
    """A secret ballot after the count, known by the digest of a code that only its voter saw."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="counted")
    digest = models.CharField(_("Digest of the code"), max_length=64)
    option = models.CharField(_("Vote"), max_length=40)

    class Meta:
        verbose_name = _("counted ballot")
        ordering = ["digest", "option"]
        triggers = [_while_open("counted_while_open"), _never_changed()]

    def __str__(self) -> str:
        return self.digest[:12]


@track()
class OpenVote(models.Model):
    """What somebody voted in an open vote, for everybody to read."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="open_votes")
    elector = models.OneToOneField(Elector, models.PROTECT, related_name="open_vote")
    option = models.CharField(_("Vote"), max_length=40)
    at = models.DateTimeField(_("Voted"))

    class Meta:
        verbose_name = _("open vote")
        triggers = [_while_open("open_vote_while_open"), _never_changed()]

    def __str__(self) -> str:
        return self.option
