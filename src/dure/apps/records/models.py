"""The sealed record (봉인 기록): what happened, its place in one order, the tree over it, its signatures."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from dure.apps.people.models import User
from dure.apps.records.kinds import FaultKind
from dure.foundation.history import untracked

WHY = "The sealed record is a record of its own: append-only, signed and verified."


def _append_only() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


@untracked(WHY)
class Entry(models.Model):
    """What happened, written in the transaction of the act.

    `leaf` is canonical JSON with a salt: the bytes whose hash is in the tree. The columns beside it
    say the same for the database; `parties` are the organisations it is about, `is_of_office` says
    that the programme office is a side as well. `mac` is made with a key outside the database.
    """

    kind = models.CharField(_("Kind"), max_length=40)
    about = models.CharField(_("About what"), max_length=80)
    parties = ArrayField(models.BigIntegerField(), default=list)
    is_of_office = models.BooleanField(default=False)
    leaf = models.TextField(_("Recorded content"))
    leaf_hash = models.BinaryField()
    mac = models.BinaryField()
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("Done by")
    )
    created_at = models.DateTimeField(_("Recorded"))

    class Meta:
        verbose_name = _("entry of the sealed record")
        verbose_name_plural = _("entries of the sealed record")
        indexes = [
            models.Index(fields=["about"], name="record_about"),
            GinIndex(fields=["parties"], name="record_of_parties"),
        ]
        triggers = [
            _append_only(),
            # At the commit, after everything that the act itself locks: no two wait for each other.
            # The lock is held until the transaction ends, so places come one by one. The first call
            # places all that this transaction recorded: no other has entries without a place that
            # can be seen from here. Those that follow find theirs.
            pgtrigger.Trigger(
                name="entry_gets_its_place",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM records_place WHERE entry_id = NEW.id) THEN
                        RETURN NULL;
                    END IF;
                    PERFORM pg_advisory_xact_lock(1606202618);
                    INSERT INTO records_place (index, entry_id, leaf_hash)
                    SELECT (SELECT coalesce(max(index) + 1, 0) FROM records_place)
                        + row_number() OVER (ORDER BY entry.id) - 1, entry.id, entry.leaf_hash
                    FROM records_entry AS entry
                    WHERE entry.id >= NEW.id AND NOT EXISTS (
                        SELECT FROM records_place WHERE entry_id = entry.id
                    );
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"


@untracked(WHY)
class Place(models.Model):
    """Where an entry stands in the one order of all, counted from 0 without gaps."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="place")
    leaf_hash = models.BinaryField()

    class Meta:
        verbose_name = _("place in the sealed record")
        triggers = [_append_only()]

    def __str__(self) -> str:
        return f"#{self.index}"


@untracked(WHY)
class Tile(models.Model):
    """A full tile: 256 hashes of a level of the tree, and the one above them."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    top = models.BinaryField()

    class Meta:
        verbose_name = _("tile of the sealed record")
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]
        triggers = [_append_only()]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


@untracked(WHY)
class Checkpoint(models.Model):
    """That the record had so many entries with this root: a note signed with the key of the record."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    created_at = models.DateTimeField(_("Signed at"))

    class Meta:
        verbose_name = _("checkpoint of the sealed record")
        triggers = [_append_only()]

    def __str__(self) -> str:
        return f"#{self.size}"


@untracked(WHY)
class Timestamp(models.Model):
    """What an outside authority said of a checkpoint: that it was there at a time (RFC 3161).

    `chain` are its certificates, as PEM, as they were known when it was asked.
    """

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="timestamp")
    response = models.BinaryField()
    chain = models.TextField()
    said_at = models.DateTimeField(_("Timestamp"))

    class Meta:
        verbose_name = _("timestamp of the sealed record")
        triggers = [_append_only()]

    def __str__(self) -> str:
        return f"#{self.checkpoint_id}"


@untracked("Says only that the record was looked at; the record itself is what counts.")
class Check(models.Model):
    """What a check of the whole record found: the first entry that is not as it was, if any."""

    size = models.BigIntegerField(_("Entries"))
    fault_count = models.PositiveIntegerField(_("Faults"))
    fault_kind = models.CharField(max_length=40, choices=FaultKind, blank=True)
    first_bad = models.BigIntegerField(null=True)
    where = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(_("Checked at"))

    class Meta:
        verbose_name = _("check of the sealed record")
        indexes = [models.Index(fields=["checked_at"], name="record_check_newest")]

    def __str__(self) -> str:
        return f"#{self.pk}"
