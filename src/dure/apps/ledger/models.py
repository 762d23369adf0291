"""The ledger (장부): accounts, entries that are never changed, seals, and appropriations (예산)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.programmes.models import Programme
from dure.foundation.history import track, untracked

MOST = 10**15
"""The largest amount of a line, in minor units: a thousand trillion won."""


def _append_only() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@untracked("The ledger is a record of its own: append-only, sealed and verified.")
class Account(models.Model):
    """Where money is, or what it is for: one kind of account of one subject.

    `part` tells accounts of one kind apart, such as payers. `balance` is the sum of its lines in
    minor units, debit positive; with a `floor` of 1 (or -1) it never falls below (above) nought.
    """

    kind = models.CharField(_("Kind"), max_length=40)
    subject = models.CharField(_("Of"), max_length=80)
    part = models.CharField(max_length=80, blank=True)
    currency = models.CharField(_("Currency"), max_length=3)
    floor = models.SmallIntegerField(default=0)
    balance = models.BigIntegerField(_("Balance"), default=0)

    class Meta:
        verbose_name = _("account")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "part", "currency"], name="account_once"
            ),
            models.CheckConstraint(
                condition=Q(floor=0) | Q(floor=1, balance__gte=0) | Q(floor=-1, balance__lte=0),
                name="account_is_not_overdrawn",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="account_currency_is_a_code"
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="account_stays", fields=["kind", "subject", "part", "currency", "floor"]
            ),
            pgtrigger.Protect(name="account_is_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return "/".join(filter(None, [self.subject, self.kind, self.part]))


@untracked("The ledger is a record of its own: append-only, sealed and verified.")
class Entry(models.Model):
    """A posting (분개): lines that add up to nought in every currency, for one cause.

    `key` is given by whoever posts, so that nothing is posted twice. `digest` is computed from all
    that the entry says, with a key that is kept outside the database.
    """

    key = models.CharField(_("Key"), max_length=200, unique=True)
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind"), max_length=40)
    cause = models.CharField(_("Cause"), max_length=80)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("Corrects")
    )
    line_count = models.PositiveSmallIntegerField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Posted by")
    )
    created_at = models.DateTimeField(_("Posted"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["cause"], name="entry_by_cause"),
            models.Index(fields=["day"], name="entry_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(line_count__gte=2) & ~Q(cause=""), name="entry_has_lines_and_a_cause"
            ),
        ]
        triggers = [
            _append_only(),
            pgtrigger.Trigger(
                name="entry_balances",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                declare=[("counted", "bigint"), ("differs", "boolean")],
                func="""
                    -- One look at the lines, each account by its id: a join is planned badly
                    -- while the tables have no statistics, and then reads all accounts each time.
                    SELECT coalesce(sum(lines), 0), coalesce(bool_or(total <> 0), false)
                    INTO counted, differs
                    FROM (
                        SELECT count(*) FILTER (WHERE day = NEW.day) AS lines, sum(amount) AS total
                        FROM ledger_line AS line WHERE entry_id = NEW.id
                        GROUP BY (SELECT currency FROM ledger_account WHERE id = line.account_id)
                    ) AS sums;
                    IF counted <> NEW.line_count THEN
                        RAISE EXCEPTION 'The ledger entry % has other lines than it says.', NEW.key
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF differs THEN
                        RAISE EXCEPTION 'The ledger entry % does not balance.', NEW.key
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


@untracked("The ledger is a record of its own: append-only, sealed and verified.")
class Line(models.Model):
    """One side of an entry, in minor units of its account's currency, debit positive."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="lines", db_index=False)
    day = models.DateField(_("Day"))
    amount = models.BigIntegerField(_("Amount"))

    class Meta:
        verbose_name = _("line of an entry")
        indexes = [
            models.Index(fields=["entry"], name="line_of_entry"),
            models.Index(fields=["account", "day"], include=["amount"], name="line_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=-MOST, amount__lte=MOST) & ~Q(amount=0),
                name="line_has_an_amount",
            )
        ]
        triggers = [
            _append_only(),
            pgtrigger.Trigger(
                name="entry_is_closed",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="added"),
                func="""
                    IF EXISTS (
                        SELECT FROM ledger_entry AS entry
                        WHERE id IN (SELECT entry_id FROM added) AND line_count
                            < (SELECT count(*) FROM ledger_line WHERE entry_id = entry.id)
                    ) THEN
                        RAISE EXCEPTION 'A ledger entry has all its lines already.'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.entry_id} {self.amount}"


@untracked("The ledger is a record of its own: append-only, sealed and verified.")
class Seal(models.Model):
    """That the ledger was whole up to an entry: each seal is computed from the one before.

    `digest` is over the digests of all entries up to `last_entry` that the seal before has not,
    `entry_count` how many there are up to it in all.
    """

    number = models.PositiveIntegerField(primary_key=True)
    last_entry = models.BigIntegerField()
    entry_count = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("Sealed"))

    class Meta:
        verbose_name = _("seal")
        triggers = [_append_only()]

    def __str__(self) -> str:
        return f"#{self.number}"


@track()
class Appropriation(models.Model):
    """The money that a programme has for a year; how much of it stands where, its accounts say."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="appropriations")
    year = models.PositiveSmallIntegerField(_("Year"))
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("Entered"))

    class Meta:
        verbose_name = _("appropriation")
        ordering = ["-year", "programme__name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="appropriation_once"),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2200), name="appropriation_year_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def subject(self) -> str:
        """How its accounts name it."""
        return f"appropriation:{self.pk}"
