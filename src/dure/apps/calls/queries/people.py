"""Who watches a call, who is told of it, and who else can be written to."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dure.apps.calls.kinds import AUDIENCES, audience
from dure.apps.calls.models import Alert, Call, Reach, Watch
from dure.apps.people.models import MembershipStage, OrganisationKind, User
from dure.apps.people.queries import Reader, holders_of
from dure.apps.people.roles import OFFICE

SMALL = (OrganisationKind.SME, OrganisationKind.STARTUP)


@audience("WATCHERS", _("Those who watch the call"), follows=True)
def watchers(call: Call) -> QuerySet[User]:
    """Those who watch it."""
    return User.objects.filter(call_watches__call=call, is_active=True).order_by("pk")


@audience("ASKERS", _("Those who asked something"), follows=True)
def askers(call: Call) -> QuerySet[User]:
    """Those who asked something."""
    asked = call.questions.values("requested_by")
    return User.objects.filter(pk__in=asked, is_active=True).order_by("pk")


@audience("RECOMMENDERS", _("People of the recommending bodies"), follows=True)
def recommenders(call: Call) -> QuerySet[User]:
    """The people of the bodies that recommend."""
    return _people_of(Q(memberships__organisation__recommends_in__call=call))


@audience("EXTENDED", _("People of organisations with an extension"), follows=True)
def extended(call: Call) -> QuerySet[User]:
    """The people of organisations whose deadline is later."""
    return _people_of(Q(memberships__organisation__call_extensions__call=call))


@audience("FIRMS", _("Small firms in the regions of the call"))
def firms(call: Call) -> QuerySet[User]:
    """The people of verified small firms and start-ups where the call is for."""
    wanted = Q(
        memberships__organisation__kind__in=SMALL,
        memberships__organisation__verified_at__isnull=False,
    )
    if call.regions:
        wanted &= Q(memberships__organisation__region__in=call.regions)
    return _people_of(wanted)


def _people_of(wanted: Q) -> QuerySet[User]:
    users = User.objects.filter(wanted, memberships__stage=MembershipStage.ACTIVE, is_active=True)
    return users.distinct().order_by("pk")


def followers_of(call: Call) -> QuerySet[User]:
    """Everybody who is told what is announced of a call: all audiences that follow it."""
    wanted = Q(pk__in=[])
    for known_audience in AUDIENCES:
        if known_audience.follows:
            wanted |= Q(pk__in=known_audience.people(call).order_by().values("pk"))
    return User.objects.filter(wanted, is_active=True).order_by("pk")


def people_alerted_to(call: Call) -> QuerySet[User]:
    """Those who wanted to be told of new calls such as this."""
    alerts = Alert.objects.filter(Q(programme=None) | Q(programme=call.version.programme_id))
    if call.regions:
        alerts = alerts.filter(Q(region="") | Q(region__in=call.regions))
    return User.objects.filter(pk__in=alerts.values("user"), is_active=True).order_by("pk")


def is_watching(user: Reader, call: Call) -> bool:
    """Whether the reader watches a call."""
    return user.is_authenticated and Watch.objects.filter(user=user, call=call).exists()


def watched_by(user: Reader) -> QuerySet[Call]:
    """The announced calls that somebody watches."""
    if not user.is_authenticated:
        return Call.objects.none()
    return (
        Call.objects.filter(watches__user=user, announced_at__isnull=False)
        .select_related("version__programme")
        .order_by("deadline_at", "pk")
    )


def alerts_of(user: Reader) -> QuerySet[Alert]:
    """What somebody wants to be told of."""
    if not user.is_authenticated:
        return Alert.objects.none()
    return Alert.objects.filter(user=user).select_related("programme")


def reach_of(user: Reader) -> Reach | None:
    """The calendar address and mobile number of somebody, once they have made them."""
    return Reach.objects.filter(user=user).first() if user.is_authenticated else None


def reach_by_token(token: str) -> Reach | None:
    """Whose calendar has this secret address."""
    return (
        Reach.objects.select_related("user").filter(feed_token=token, user__is_active=True).first()
    )


def mobiles_of(users: Iterable[User]) -> dict[int, str]:
    """The mobile numbers that some people gave, by person."""
    known = Reach.objects.filter(user__in=users).exclude(mobile="")
    return dict(known.values_list("user", "mobile"))


def officers() -> QuerySet[User]:
    """Those who can be in charge of a call."""
    return holders_of(*OFFICE).order_by("name", "pk")
