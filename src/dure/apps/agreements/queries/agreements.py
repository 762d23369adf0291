"""Agreements that a reader may know of, and who signs them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from dure.apps.agreements.models import (
    Agreement,
    Annex,
    Instalment,
    InternalApproval,
    Particulars,
    Party,
    Signature,
    Text,
)
from dure.apps.agreements.roles import READERS
from dure.apps.agreements.stages import AgreementStage
from dure.apps.applications.models import Application
from dure.apps.applications.queries import signed_for
from dure.apps.calls.queries import programme_in
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, holders_of, roles_of, signatories_of
from dure.apps.people.roles import OFFICE
from dure.engines.funding import Role
from dure.foundation.workdays import over_on


def agreements_visible_to(user: Reader) -> QuerySet[Agreement]:
    """Those of the reader's own organisations and their own, all for the office and auditors.

    A draft is the office's alone, unless it came of a selection and is revised by its lead.
    """
    agreements = Agreement.objects.select_related("version__programme", "created_by")
    roles = roles_of(user)
    if roles.holds(READERS):
        return agreements
    if not user.is_authenticated:
        return agreements.none()
    own = Party.objects.filter(agreement=OuterRef("pk")).filter(
        Q(organisation__in=roles.organisations) | Q(person=user.pk)
    )
    is_shown = ~Q(stage=AgreementStage.DRAFT) | Q(application__isnull=False)
    return agreements.filter(Exists(own), is_shown)


def annexes_visible_to(user: Reader) -> QuerySet[Annex]:
    """The annexes of the agreements that a reader sees, also those that later texts left out."""
    visible = agreements_visible_to(user).values("pk")
    return Annex.objects.filter(agreement__in=visible).select_related("agreement")


def annexes_in(agreement: Agreement) -> QuerySet[Annex]:
    """The files that are agreed on now, without those that a change would bring."""
    return agreement.annexes.filter(removed_at=None, is_proposed=False).order_by("pk")


def reads_all(user: Reader) -> bool:
    """True for those who read every agreement: the office and auditors."""
    return roles_of(user).holds(READERS)


def takes_part_anywhere(user: Reader) -> bool:
    """True for whoever is, or speaks for, a party of an agreement."""
    mine = Q(organisation__in=roles_of(user).organisations) | Q(person=user.pk)
    return Party.objects.filter(mine).exists()


def own_parties(user: Reader, agreement: Agreement) -> QuerySet[Party]:
    """The parties of an agreement that a reader belongs to; the agency is the office's."""
    roles = roles_of(user)
    wanted = Q(organisation__in=roles.organisations) | Q(person=user.pk)
    if roles.holds(OFFICE):
        wanted |= Q(role=Role.GOVERNMENT)
    return agreement.parties.filter(wanted)


def parties_acted_for(user: Reader) -> QuerySet[Party]:
    """The parties of the agreements that a reader sees, which the reader belongs to."""
    roles = roles_of(user)
    wanted = Q(organisation__in=roles.organisations) | Q(person=user.pk)
    if roles.holds(OFFICE):
        wanted |= Q(role=Role.GOVERNMENT)
    return Party.objects.filter(
        wanted, agreement__in=agreements_visible_to(user).values("pk")
    ).select_related("agreement__version__programme", "organisation", "person")


def gives_first(user: Reader, agreement: Agreement, fact: str) -> bool:
    """True for people of a party whose money the programme wants first, and who so confirm it."""
    rules = programme_in(agreement.version.content).money.rules
    roles = {
        role
        for rule in rules
        if rule.rule == "order" and rule.confirmed == fact
        for role in rule.first.roles or ()
    }
    return own_parties(user, agreement).filter(role__in=roles).exists()


def signers_of(party: Party, on: date) -> QuerySet[User]:
    """Who can sign for a party on a day: those named by it, the person, officers for the agency."""
    if party.role == Role.GOVERNMENT:
        return holders_of(*OFFICE)
    if party.organisation:
        return signatories_of(party.organisation, on)
    return User.objects.filter(pk=party.person_id, is_active=True)


def open_text(agreement: Agreement) -> Text | None:
    """The text that is or was signed last."""
    return agreement.texts.order_by("-number").first()


def waits_for_others(party: Party) -> bool:
    """True for the agency of an agreement that it signs last."""
    return party.role == Role.GOVERNMENT and party.agreement.is_agency_last


def asked_now(parties: Iterable[Party]) -> list[Party]:
    """Of the parties that are left those that can sign now; the agency, where it is last, after all others."""
    left = list(parties)
    others = [party for party in left if not waits_for_others(party)]
    return others or left


def texts_being_signed() -> QuerySet[Text]:
    """The texts that are signed now, the oldest at the head."""
    texts = Text.objects.filter(closed_at__isnull=True).select_related("agreement", "change")
    return texts.order_by("pk")


def texts_visible_to(user: Reader) -> QuerySet[Text]:
    """All versions of the texts of the agreements that a reader sees."""
    visible = agreements_visible_to(user).values("pk")
    return Text.objects.filter(agreement__in=visible).select_related("agreement")


def sign_by_of(text: Text) -> date | None:
    """The last day to sign a text: that of its change, else that of the agreement."""
    return text.change.sign_by if text.change else text.agreement.sign_by


def parties_left(text: Text) -> QuerySet[Party]:
    """The parties that have not signed a text, of a change those whom it concerns; the agency last."""
    signed = Signature.objects.filter(text=text, party=OuterRef("pk"))
    asked = text.change.signers if text.change else text.agreement.parties
    return asked.filter(~Exists(signed)).select_related("agreement").order_by("pk")


def to_sign(user: Reader, on: date) -> QuerySet[Party]:
    """The parties for which a reader can sign something on a day, those to be signed first at the head.

    Not those whose internal approver has not approved the text yet.
    """
    text = Text.objects.filter(
        Q(change=None) | Q(change__signers=OuterRef("pk")),
        agreement=OuterRef("agreement"),
        closed_at__isnull=True,
    )
    signed = Signature.objects.filter(text__closed_at__isnull=True, party=OuterRef("pk"))
    signing = (AgreementStage.SIGNING, AgreementStage.IN_FORCE)
    waiting = Party.objects.filter(Exists(text), ~Exists(signed), agreement__stage__in=signing)
    return bound_by(user, on, waiting)


def bound_by(user: Reader, on: date, waiting: QuerySet[Party]) -> QuerySet[Party]:
    """Of parties that wait for their signatory those whom a reader can bind on a day.

    An agency that signs last comes when no other party of its agreement waits; a party whose internal
    approver has not approved the text does not come yet.
    """
    if not user.is_authenticated:
        return Party.objects.none()
    wanted = Q(organisation__in=signed_for(user, on)) & ~Q(role=Role.GOVERNMENT) | Q(person=user.pk)
    if roles_of(user).holds(OFFICE):
        others = waiting.exclude(role=Role.GOVERNMENT).values("agreement")
        is_its_turn = Q(agreement__is_agency_last=False) | ~Q(agreement__in=others)
        wanted |= Q(role=Role.GOVERNMENT) & is_its_turn & ~Q(agreement__created_by=user.pk)
    approved = InternalApproval.objects.filter(
        text__closed_at__isnull=True, party=OuterRef("pk"), is_refusal=False
    )
    is_free = Q(organisation__agreement_approver=None) | Exists(approved)
    return (
        waiting.filter(wanted, is_free)
        .select_related("agreement__version__programme")
        .order_by("agreement__sign_by", "pk")
    )


def to_expire(on: date) -> QuerySet[Agreement]:
    """Agreements whose last day to sign has passed."""
    late = Agreement.objects.filter(stage=AgreementStage.SIGNING, sign_by__lte=over_on(on))
    return late.order_by("pk")


def agreement_of(application: Application) -> Agreement | None:
    """The agreement that came of an application, the latest."""
    return application.agreements.order_by("-pk").first()


def particulars_of(organisation: Organisation) -> Particulars:
    """What an organisation said of its representative and account; a new one where it said nothing."""
    particulars = Particulars.objects.filter(organisation=organisation).first()
    return particulars or Particulars(organisation=organisation)


def particulars_since_signed(agreement: Agreement) -> list[Particulars]:
    """What organisations of an agreement said anew of themselves since the day it was signed."""
    if agreement.agreed_on is None:
        return []
    changed = Particulars.objects.filter(organisation__in=agreement.parties.values("organisation"))
    return [
        particulars
        for particulars in changed.select_related("organisation").order_by("changed_at")
        if localdate(particulars.changed_at) > agreement.agreed_on
    ]


def in_force() -> QuerySet[Agreement]:
    """The agreements that run, the one signed longest ago at the head: for what goes on with them."""
    agreements = Agreement.objects.filter(stage=AgreementStage.IN_FORCE)
    return agreements.select_related("version__programme", "application__call").order_by(
        "agreed_on", "pk"
    )


def agreements_with(people: Collection[int], organisations: Collection[int]) -> QuerySet[Agreement]:
    """The agreements, signed by everybody, in which any of these take part, with their parties."""
    taking_part = Party.objects.filter(Q(organisation__in=organisations) | Q(person__in=people))
    agreements = Agreement.objects.filter(
        agreed_on__isnull=False, pk__in=taking_part.values("agreement")
    )
    return agreements.prefetch_related("parties").order_by("pk")


def agreements_by_id(ids: Collection[int]) -> QuerySet[Agreement]:
    """The agreements of some ids, for what names them."""
    return Agreement.objects.filter(pk__in=ids)


def parties_by_id(ids: Collection[int]) -> QuerySet[Party]:
    """The parties of some ids, for what names them."""
    return Party.objects.filter(pk__in=ids)


def instalments_by_id(ids: Collection[int]) -> QuerySet[Instalment]:
    """The instalments of some ids, for what names them."""
    return Instalment.objects.filter(pk__in=ids).select_related("agreement", "payer")


def narrowed(agreements: QuerySet[Agreement], wanted: Mapping[str, str]) -> QuerySet[Agreement]:
    """Agreements of a stage or programme, with words in them; empty wishes filter nothing."""
    if stage := wanted.get("stage"):
        agreements = agreements.filter(stage=stage)
    if programme := wanted.get("programme"):
        agreements = agreements.filter(version__programme__slug=programme)
    for word in wanted.get("words", "").split():
        agreements = agreements.filter(
            Q(title__icontains=word)
            | Q(title_en__icontains=word)
            | Q(number__icontains=word)
            | Q(parties__name__icontains=word)
        ).distinct()
    return agreements


def leads() -> dict[int, int]:
    """The organisation that leads each agreement, by agreement: for figures."""
    parties = Party.objects.filter(role=Role.LEAD, organisation__isnull=False)
    return dict(parties.values_list("agreement_id", "organisation_id"))
