"""Meetings, technologies, consultations, exchanges, requests and agreements: who sees which."""

from datetime import date

from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from dure.apps.catalog.models import Technology
from dure.apps.catalog.queries import technologies_visible_to
from dure.apps.catalog.stages import TechnologyStage
from dure.apps.exchange.kinds import FOLLOW_UP_AFTER, OLDEST_RATE, Became
from dure.apps.exchange.models import (
    Accord,
    Contact,
    ExchangeMeeting,
    HelpRequest,
    Interpreter,
    Listing,
    Part,
    Partner,
    PartnerPlan,
    Rate,
    Talk,
    TextPair,
)
from dure.apps.exchange.queries.sides import (
    abroad_of,
    abroad_visible_to,
    is_from_abroad,
    korean_organisations,
)
from dure.apps.exchange.roles import READERS, RUNNERS
from dure.apps.exchange.stages import MeetingStage, PartStage, RequestStage, TalkStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_of, roles_of


def partners() -> QuerySet[Partner]:
    """The partner agencies, by country."""
    return Partner.objects.order_by("country", "name")


def plan_with_actuals(partner: Partner) -> QuerySet[PartnerPlan]:
    """The yearly plans with an agency, each with the meetings held with it in that year (`held`)."""
    held = (
        ExchangeMeeting.objects.filter(
            partner=OuterRef("partner"), stage=MeetingStage.HELD, starts_at__year=OuterRef("year")
        )
        .order_by()
        .values("partner")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return partner.plans.annotate(held=Coalesce(Subquery(held), 0)).order_by("-year")


def meetings_visible_to(user: Reader) -> QuerySet[ExchangeMeeting]:
    """All for `roles.READERS`; announced ones for members, to firms from abroad those of their country
    and those in which they take part."""
    exchange_meetings = ExchangeMeeting.objects.select_related("partner")
    roles = roles_of(user)
    if roles.holds(READERS):
        return exchange_meetings
    if not roles.organisations:
        return exchange_meetings.none()
    announced = exchange_meetings.exclude(stage=MeetingStage.PLANNED)
    if is_from_abroad(user):
        countries = [abroad.country for abroad in abroad_of(user)]
        own = ExchangeMeeting.objects.filter(parts__organisation__in=roles.organisations)
        announced = announced.filter(Q(countries__overlap=countries) | Q(pk__in=own.values("pk")))
    return announced


def parts_visible_to(user: Reader) -> QuerySet[Part]:
    """All for `roles.READERS`; one's own, and who was selected for meetings that one was selected for."""
    parts = Part.objects.select_related(
        "meeting", "organisation", "listing__technology", "delegation"
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return parts
    own = Part.objects.filter(organisation__in=roles.organisations)
    among = own.filter(stage=PartStage.SELECTED).values("meeting")
    return parts.filter(
        Q(organisation__in=roles.organisations) | Q(meeting__in=among, stage=PartStage.SELECTED)
    )


def parts_to_answer() -> QuerySet[Part]:
    """Applications that nobody has decided on, the oldest first."""
    parts = Part.objects.filter(
        stage=PartStage.APPLIED, meeting__stage__in=[MeetingStage.OPEN, MeetingStage.ARRANGING]
    )
    return parts.select_related("meeting", "organisation").order_by("applied_at", "pk")


def listings_visible_to(user: Reader) -> QuerySet[Listing]:
    """The registered technologies that one may see; from abroad those that have an English title."""
    seen = technologies_visible_to(user)
    listings = Listing.objects.filter(technology__in=seen.order_by().values("pk"))
    if is_from_abroad(user):
        listings = listings.filter(_in_english())
    return listings.select_related("technology__organisation").order_by("-created_at", "-pk")


def applicants(user: Reader) -> QuerySet[Organisation]:
    """The verified organisations for which somebody can apply."""
    return organisations_of(user).filter(verified_at__isnull=False)


def own_listings(user: Reader) -> QuerySet[Listing]:
    """What one's organisations have registered for exchange."""
    listings = Listing.objects.filter(technology__organisation__in=roles_of(user).verified)
    return listings.select_related("technology__organisation").order_by("-created_at", "-pk")


def technologies_to_list(user: Reader) -> QuerySet[Technology]:
    """The published technologies that somebody can register: of their organisations, for
    `roles.RUNNERS` all."""
    technologies = technologies_visible_to(user).filter(
        stage=TechnologyStage.PUBLISHED, exchange_listing=None
    )
    roles = roles_of(user)
    if not roles.holds(RUNNERS):
        technologies = technologies.filter(organisation__in=roles.verified)
    return technologies.order_by("title", "pk")


def invitable(user: Reader, meeting: ExchangeMeeting) -> QuerySet[Organisation]:
    """Verified organisations from the countries of a meeting that have no part in it yet."""
    seen = abroad_visible_to(user).filter(
        country__in=meeting.countries, organisation__verified_at__isnull=False
    )
    there = meeting.parts.values("organisation")
    return (
        Organisation.objects.filter(abroad__in=seen.order_by().values("pk"))
        .exclude(pk__in=there)
        .order_by("name", "pk")
    )


def sides_of_accords(user: Reader) -> tuple[QuerySet[Organisation], QuerySet[Organisation]]:
    """Whom somebody can enter as the two sides: their own as one, and for the other those whom they
    met or are in exchange with; all for `roles.RUNNERS`."""
    korean = korean_organisations(user)
    verified = Organisation.objects.filter(abroad__isnull=False, verified_at__isnull=False)
    abroad = verified.order_by("name", "pk")
    roles = roles_of(user)
    if roles.holds(RUNNERS):
        return korean, abroad
    own = roles.verified
    met = talks_visible_to(user).order_by()
    if is_from_abroad(user):
        return korean.filter(pk__in=met.values("home__organisation")), abroad.filter(pk__in=own)
    return korean.filter(pk__in=own), abroad.filter(pk__in=met.values("abroad__organisation"))


def talks_visible_to(user: Reader) -> QuerySet[Talk]:
    """All for `roles.READERS`; else those of one's organisations, in their order."""
    talks = Talk.objects.select_related(
        "meeting", "home__organisation", "abroad__organisation", "interpreter",
        "abroad__organisation__abroad",
    )  # fmt: skip
    roles = roles_of(user)
    if not roles.holds(READERS):
        own = roles.organisations
        talks = talks.filter(Q(home__organisation__in=own) | Q(abroad__organisation__in=own))
    return talks.order_by("during", "pk")


def busy_during(talk: Talk) -> set[int]:
    """The interpreters who have another consultation while this one lasts, by primary key."""
    talks = Talk.objects.filter(
        during__overlap=talk.during,
        stage__in=[TalkStage.PLANNED, TalkStage.HELD],
        interpreter__isnull=False,
    )
    return set(talks.exclude(pk=talk.pk).values_list("interpreter", flat=True))


def interpreters() -> QuerySet[Interpreter]:
    """The interpreters who can be booked."""
    return Interpreter.objects.filter(is_active=True).order_by("name", "pk")


def contacts_visible_to(user: Reader) -> QuerySet[Contact]:
    """The exchanges of one's organisations; that there is one, and with whom, for `roles.READERS`."""
    contacts = Contact.objects.select_related("home", "abroad", "talk__meeting")
    roles = roles_of(user)
    if not roles.holds(READERS):
        contacts = contacts.filter(
            Q(home__in=roles.organisations) | Q(abroad__in=roles.organisations)
        )
    return contacts.order_by("-opened_at", "-pk")


def requests_visible_to(user: Reader) -> QuerySet[HelpRequest]:
    """All for `roles.READERS`; else those of one's organisations, the newest first."""
    help_requests = HelpRequest.objects.select_related("organisation", "owner", "contact")
    roles = roles_of(user)
    if not roles.holds(READERS):
        help_requests = help_requests.filter(organisation__in=roles.organisations)
    return help_requests.order_by("-created_at", "-pk")


def requests_waiting() -> QuerySet[HelpRequest]:
    """Requests without a report, those that are due first, then those that nobody took on."""
    help_requests = HelpRequest.objects.exclude(stage=RequestStage.REPORTED)
    return help_requests.select_related("organisation", "owner").order_by(
        F("due_on").asc(nulls_first=True), "created_at", "pk"
    )


def accords_visible_to(user: Reader) -> QuerySet[Accord]:
    """All for `roles.READERS`; else those of one's organisations, the newest first."""
    accords = Accord.objects.select_related("home", "abroad", "meeting", "rate")
    roles = roles_of(user)
    if not roles.holds(READERS):
        accords = accords.filter(
            Q(home__in=roles.organisations) | Q(abroad__in=roles.organisations)
        )
    return accords.order_by("-on", "-pk")


def accords_to_follow(on: date) -> QuerySet[Accord]:
    """Agreements under way of which nobody said anything for half a year."""
    accords = Accord.objects.filter(became=Became.UNDER_WAY, asked_on__lte=on - FOLLOW_UP_AFTER)
    return accords.select_related("home", "abroad").order_by("asked_on", "pk")


def rates() -> QuerySet[Rate]:
    """The rates of currencies, the newest first."""
    return Rate.objects.order_by("-on", "currency")


def rate_on(currency: str, on: date) -> Rate | None:
    """The rate of a currency for a day: that of the day, or of the last one before, ten days at most."""
    rates = Rate.objects.filter(currency=currency, on__lte=on, on__gte=on - OLDEST_RATE)
    return rates.order_by("-on").first()


def _in_english() -> Q:
    pairs = TextPair.objects.filter(
        subject=Concat(Value("listing:"), Cast(OuterRef("pk"), CharField())),
        field="title",
        language="en",
        source=OuterRef("technology__title"),
    )
    return Q(Exists(pairs)) | ~Q(technology__title_en="") | Q(technology__language="en")
