"""Internal approvals, and files signed outside: who approves and accepts what, and what waits."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from dure.apps.agreements.models import (
    Acceptance,
    Agreement,
    InternalApproval,
    InternalApprover,
    OutsideFile,
    Party,
    Signature,
    Text,
)
from dure.apps.agreements.queries.agreements import agreements_visible_to, bound_by
from dure.apps.agreements.stages import OutsideStage
from dure.apps.people.models import Organisation, User
from dure.apps.people.queries import Reader, people_of, roles_of


def approver_of(organisation: Organisation | None) -> InternalApprover | None:
    """Who approves what an organisation signs; None where it wants no such approval."""
    if organisation is None:
        return None
    named = InternalApprover.objects.filter(organisation=organisation)
    return named.select_related("user").first()


def approval_of(text: Text, party: Party) -> InternalApproval | None:
    """What the approver said of this very text for a party."""
    return text.approvals.filter(party=party).select_related("answered_by").first()


def waits_for_approval(text: Text, party: Party) -> bool:
    """True where the approver of a party's organisation has not said yes to this very text."""
    if approver_of(party.organisation) is None:
        return False
    approval = approval_of(text, party)
    return approval is None or approval.is_refusal


def who_approves(party: Party) -> QuerySet[User]:
    """The approver of a party, while they belong to its organisation."""
    approver = approver_of(party.organisation)
    if approver is None or party.organisation is None:
        return User.objects.none()
    return people_of(party.organisation).filter(pk=approver.user_id)


def approves_anywhere(user: Reader) -> bool:
    """True for whoever an organisation named to approve what it signs."""
    return user.is_authenticated and InternalApprover.objects.filter(user=user.pk).exists()


def to_approve(user: Reader) -> QuerySet[Party]:
    """The parties for which a reader has to approve a text that is being signed."""
    if not user.is_authenticated:
        return Party.objects.none()
    text = Text.objects.filter(
        Q(change=None) | Q(change__signers=OuterRef("pk")),
        agreement=OuterRef("agreement"),
        closed_at__isnull=True,
    )
    signed = Signature.objects.filter(text__closed_at__isnull=True, party=OuterRef("pk"))
    answered = InternalApproval.objects.filter(text__closed_at__isnull=True, party=OuterRef("pk"))
    own = roles_of(user).organisations
    return (
        Party.objects.filter(
            Exists(text), ~Exists(signed), ~Exists(answered),
            organisation__in=own, organisation__agreement_approver__user=user.pk,
        )
        .select_related("agreement__version__programme", "organisation")
        .order_by("agreement__sign_by", "pk")
    )  # fmt: skip


def outside_files_visible_to(user: Reader) -> QuerySet[OutsideFile]:
    """Files signed outside of the agreements that a reader sees."""
    files = OutsideFile.objects.filter(text__agreement__in=agreements_visible_to(user).values("pk"))
    return files.select_related("text__agreement", "text__change", "handed_by")


def outside_file_of(agreement: Agreement) -> OutsideFile | None:
    """The file signed outside that was handed in last for the latest text."""
    text = agreement.texts.order_by("-number").first()
    return text.outside_files.order_by("-handed_at", "-pk").first() if text else None


def parties_asked(text: Text) -> QuerySet[Party]:
    """Who signs a text: all parties, of a change those whom it concerns."""
    asked = text.change.signers if text.change else text.agreement.parties
    parties: QuerySet[Party] = asked.select_related("agreement", "organisation", "person")
    return parties.order_by("pk")


def parties_to_accept(file: OutsideFile) -> QuerySet[Party]:
    """The parties that have not answered whether they accept a file."""
    answered = Acceptance.objects.filter(file=file, party=OuterRef("pk"))
    return parties_asked(file.text).filter(~Exists(answered))


def to_accept(user: Reader, on: date) -> QuerySet[Party]:
    """The parties for which a reader can accept a file signed outside on a day."""
    file = OutsideFile.objects.filter(
        Q(text__change=None) | Q(text__change__signers=OuterRef("pk")),
        stage=OutsideStage.WAITING,
        text__agreement=OuterRef("agreement"),
    )
    answered = Acceptance.objects.filter(file__stage=OutsideStage.WAITING, party=OuterRef("pk"))
    return bound_by(user, on, Party.objects.filter(Exists(file), ~Exists(answered)))
