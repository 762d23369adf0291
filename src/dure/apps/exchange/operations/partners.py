"""Partner agencies and their plans, organisations from abroad, technologies for exchange."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dure.apps.catalog.models import Technology
from dure.apps.exchange import permissions
from dure.apps.exchange.kinds import Scheme, zones
from dure.apps.exchange.models import Abroad, Listing, Partner, PartnerPlan
from dure.apps.exchange.reasons import Reason
from dure.apps.people.models import User
from dure.apps.people.operations import enter_organisation, register_organisation
from dure.foundation.verdict import Refused
from dure.values.ids import lei


@transaction.atomic
def enter_partner(
    *, country: str, name: str, contact: str = "", site: str = "", by: User, at: datetime
) -> Partner:
    """Enter an agency of another country. Raises Refused."""
    permissions.may_run(by).require()
    made, is_new = Partner.objects.get_or_create(
        country=country,
        name=name,
        defaults={"contact": contact, "site": site, "created_by": by, "created_at": at},
    )
    if not is_new:
        raise Refused(Reason.PARTNER_EXISTS)
    return made


@transaction.atomic
def plan_with(
    *,
    partner: Partner,
    year: int,
    text: str,
    meetings: int = 1,
    firms: int = 0,
    by: User,
    at: datetime,
) -> PartnerPlan:
    """Write down what is planned with an agency in a year. Raises Refused."""
    permissions.may_run(by).require()
    values = {"text": text, "meetings": meetings, "firms": firms}
    made, is_new = PartnerPlan.objects.get_or_create(
        partner=partner, year=year, defaults={**values, "created_by": by, "created_at": at}
    )
    if not is_new:
        raise Refused(Reason.PLAN_EXISTS)
    return made


@dataclass(frozen=True, slots=True)
class NewAbroad:
    """An organisation without a Korean number: its LEI, or a number in a register that is named."""

    name: str
    kind: str
    country: str
    scheme: str
    number: str
    register: str = ""
    zone: str = "UTC"
    seeks: str = ""
    site: str = ""


@transaction.atomic
def register_abroad(*, new: NewAbroad, by: User, at: datetime) -> Abroad:
    """Enter an organisation of another country; one's own, or for the office somebody else's.

    Like every organisation it has no rights until a second person has verified it. Raises Refused.
    """
    permissions.may_register_abroad(by).require()
    if new.zone not in zones():
        raise Refused(Reason.UNKNOWN_ZONE)
    values = {
        "name": new.name,
        "name_en": new.name,
        "kind": new.kind,
        "other_id": number_of(new),
        "site": new.site,
    }
    enter = enter_organisation if permissions.may_run(by) else register_organisation
    by.__dict__.pop("_abroad", None)
    return Abroad.objects.create(
        organisation=enter(values=values, by=by),
        country=new.country,
        scheme=new.scheme,
        register=new.register,
        zone=new.zone,
        seeks=new.seeks,
        created_by=by,
        created_at=at,
    )


def number_of(new: NewAbroad) -> str:
    """The number under which it is known here; the register stands before one that is no LEI.
    Raises Refused."""
    if new.scheme == Scheme.LEI:
        number = lei(new.number)
        if number is None:
            raise Refused(Reason.BAD_LEI)
        return f"LEI {number}"
    number, register = new.number.strip(), new.register.strip()
    if not (number and register):
        raise Refused(Reason.REGISTER_MISSING)
    return f"{new.country} {register} {number}"[:100]


@transaction.atomic
def register_listing(*, technology: Technology, by: User, at: datetime) -> Listing:
    """Register a published technology for exchange. Raises Refused."""
    permissions.may_list(by, technology).require()
    if not technology.organisation.name_en:
        raise Refused(Reason.NO_ENGLISH_NAME)
    made, is_new = Listing.objects.get_or_create(
        technology=technology, defaults={"created_by": by, "created_at": at}
    )
    if not is_new:
        raise Refused(Reason.LISTED_ALREADY)
    return made
