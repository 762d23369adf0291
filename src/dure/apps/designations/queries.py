"""Entries of registers: who reads which, what is in force, what ends soon."""

from datetime import date

from django.db.models import Q, QuerySet

from dure.apps.consultations.models import ConsultationRecord, NextStep
from dure.apps.consultations.queries import records_visible_to
from dure.apps.designations.kinds import Register, registers
from dure.apps.designations.models import Entry, Step
from dure.apps.designations.roles import READERS
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of


def entries_visible_to(user: Reader) -> QuerySet[Entry]:
    """All for the office, centres and auditors; for others those of their own organisations and
    what stands in a public catalogue."""
    entries = Entry.objects.select_related("organisation", "counterpart", "parent")
    roles = roles_of(user)
    if roles.holds(READERS):
        return entries
    own = roles.organisations
    return entries.filter(Q(organisation__in=own) | Q(counterpart__in=own) | _held(catalogues()))


def catalogues() -> list[Register]:
    """The registers whose entries in force everybody may read."""
    return [register for register in registers().values() if register.catalogue]


def catalogue_of(register: Register, on: date) -> QuerySet[Entry]:
    """What is in force in a register on a day, by organisation."""
    entries = Entry.objects.select_related("organisation", "counterpart").filter(_held([register]))
    in_term = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return entries.filter(in_term).order_by("organisation__name", "title", "pk")


def in_force_of(organisation: Organisation, on: date) -> QuerySet[Entry]:
    """The designations of an organisation that hold on a day, whoever asks: for rules and figures."""
    with_fact = [register for register in registers().values() if register.fact]
    entries = Entry.objects.filter(_held(with_fact), organisation=organisation, starts_on__lte=on)
    return entries.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def reads_inside(user: Reader, entry: Entry) -> bool:
    """True for its own sides and those who read all: they see every column and every step."""
    roles = roles_of(user)
    own = roles.organisations
    return roles.holds(READERS) or bool(own & {entry.organisation_id, entry.counterpart_id})


def lapsed(on: date) -> QuerySet[Entry]:
    """What is in force although its term is over, the oldest first."""
    entries = Entry.objects.filter(_held(list(registers().values())), ends_on__lt=on)
    return entries.order_by("ends_on", "pk")


def ending(register: Register, on: date, until: date) -> QuerySet[Entry]:
    """What of a register is in force and ends from a day to another."""
    entries = Entry.objects.filter(_held([register]), ends_on__range=(on, until))
    return entries.select_related("organisation", "counterpart").order_by("ends_on", "pk")


def waiting_for_office(user: Reader) -> QuerySet[Entry]:
    """New entries that others made and on which the office takes the next step, oldest first."""
    firsts = [
        Q(register=register.id, stage=register.first.id)
        for register in registers().values()
        if any("office" in register.stage(code).by for code in register.first.next)
        and register.opened_by != ["office"]
    ]
    wanted = Q(pk__in=[])
    for first in firsts:
        wanted |= first
    return entries_visible_to(user).filter(wanted).order_by("created_at", "pk")


def purchase_talk(user: Reader, pk: int) -> ConsultationRecord | None:
    """A talk about a purchase that the reader knows of."""
    records = records_visible_to(user).filter(next_step=NextStep.PURCHASE_TALK)
    return records.filter(pk=pk).first()


def steps_ever() -> QuerySet[Step]:
    """Every step of every entry, entry by entry in order: for figures."""
    return Step.objects.select_related("entry__organisation").order_by("entry", "on", "pk")


def _held(wanted: list[Register]) -> Q:
    held = Q(pk__in=[])
    for register in wanted:
        held |= Q(register=register.id, stage__in=register.in_force)
    return held
