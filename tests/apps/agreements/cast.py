"""What the cast can have of agreements: drafts of any programme, opened, signed."""

from datetime import date, timedelta

from dure.apps.agreements import operations
from dure.apps.agreements.models import Agreement
from dure.apps.agreements.operations import NewMoney, NewParty
from dure.apps.people.models import Organisation, OrganisationKind
from dure.apps.programmes.models import Programme
from dure.apps.programmes.operations import load_shipped
from tests.conftest import NOON

START = date(2026, 12, 1)
CHALLENGE = (
    (0, "grant", "cash", 210),
    (1, "own_share", "cash", 105),
    (2, "own_share", "in_kind", 35),
)


def agency(cast) -> Organisation:
    """The agency that pays public money."""
    return Organisation.objects.get_or_create(
        business_number="3148200015",
        defaults={
            "name": "기술협력사업단", "kind": OrganisationKind.AGENCY,
            "verified_at": NOON, "verified_by": cast["officer"],
        },
    )[0]  # fmt: skip


def parties_of(cast, *roles) -> list[NewParty]:
    """The agency, and an organisation of the cast for each role."""
    known = {"lead": cast.supplier, "demand": cast.buyer, "investor": cast.buyer}
    return [
        NewParty("government", agency(cast)),
        *(
            NewParty(
                role, known.get(role, cast.rival), representative="김대표", bank="기업은행",
                account_number="123-456", account_holder="예금주",
            )
            for role in roles
        ),
    ]  # fmt: skip


def drafted_agreement(
    cast, slug="challenge", money=CHALLENGE, roles=("demand", "lead"), **more
) -> Agreement:
    """A draft by the officer; `money` in millions: payer, instrument, kind, amount, and what else."""
    if not Programme.objects.exists():
        load_shipped(at=NOON)
    values = {
        "version": Programme.objects.get(slug=slug).current,
        "title": "극저온 밸브 국산화",
        "starts_on": START,
        "ends_on": date(2028, 1, 31),
        "months": 14,
        "parties": parties_of(cast, *roles),
        "money": [
            NewMoney(payer, instrument, kind, int(amount * 1_000_000), *rest)
            for payer, instrument, kind, amount, *rest in money
        ],
        "by": cast["officer"],
        "at": NOON,
    } | more
    return operations.draft(**values)


def opened_agreement(cast, *, budget=1_000_000_000, **more) -> Agreement:
    """An agreement that is being signed, under a budget of 2026."""
    agreement = drafted_agreement(cast, **more)
    if budget is not None:
        cast.appropriation(slug=agreement.version.programme.slug, amount=budget)
    operations.open_for_signing(
        agreement=agreement, sign_by=NOON.date() + timedelta(days=20), by=cast["officer"], at=NOON
    )
    agreement.refresh_from_db()
    return agreement


def sign_all(cast, agreement, at=NOON) -> Agreement:
    """Everybody signs, the agency last."""
    signers = {cast.supplier.pk: "supplier", cast.buyer.pk: "manager", cast.rival.pk: "rival"}
    for party in sorted(
        agreement.parties.all(), key=lambda one_party: one_party.role == "government"
    ):
        who = "officer2" if party.role == "government" else signers.get(party.organisation_id)
        by = cast[who] if who else party.person
        operations.sign(party=party, by=by, at=at)
    agreement.refresh_from_db()
    return agreement


def signed_agreement(cast, **more) -> Agreement:
    """An agreement in force."""
    return sign_all(cast, opened_agreement(cast, **more))
