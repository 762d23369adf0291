"""Who sees which agreements, to whom they open something, and what was read under them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.utils.timezone import make_aware

from dure.apps.ndas.models import (
    TIME_TO_SIGN,
    AccessRecord,
    CounterDraft,
    Exchange,
    Nda,
    RequestSheet,
    SecrecyDoubt,
    StaffNotice,
)
from dure.apps.ndas.roles import READERS
from dure.apps.ndas.stages import NdaStage, SheetStage
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, roles_of

# As `Nda.standing` says them, for the database and by its own clock.
TO_SIGN = Q(
    stage=NdaStage.ASKED, ends_at__gt=Now(), requested_at__date__gte=TruncDate(Now()) - TIME_TO_SIGN
)
IN_FORCE = Q(stage=NdaStage.SIGNED, ends_at__gt=Now())


def ndas_visible_to(user: Reader) -> QuerySet[Nda]:
    """The agreements of one's own organisations, on either side; all for `roles.READERS`."""
    ndas = Nda.objects.select_related("disclosing_party", "receiving_party").order_by(
        "-requested_at", "-pk"
    )
    roles = roles_of(user)
    if roles.holds(READERS):
        return ndas
    own = roles.organisations
    return ndas.filter(Q(disclosing_party__in=own) | Q(receiving_party__in=own))


def ndas_to_sign(user: Reader) -> QuerySet[Nda]:
    """What waits for the second signature of organisations that `user` manages, oldest first."""
    managed = roles_of(user).managed
    return (
        Nda.objects.filter(TO_SIGN, disclosing_party__in=managed)
        .select_related("disclosing_party", "receiving_party")
        .order_by("requested_at", "pk")
    )


def opening_for(user: Reader) -> QuerySet[Nda]:
    """The agreements under which `user` may read something now.

    They are signed and have not run out, and the user is named in them and still belongs to the
    organisation that receives. The moment is the database's own, so that nothing stays open
    because somebody kept an earlier one.
    """
    if not user.is_authenticated:
        return Nda.objects.none()
    signed = Nda.objects.filter(stage=NdaStage.SIGNED, people__user=user.pk)
    return signed.filter(receiving_party__in=roles_of(user).organisations, ends_at__gt=Now())


def alive(ndas: QuerySet[Nda]) -> QuerySet[Nda]:
    """Those of `ndas` that are in force or may still be signed."""
    return ndas.filter(TO_SIGN | IN_FORCE)


def newest_ndas(sides: Mapping[int, frozenset[int]], user: Reader) -> dict[int, Nda]:
    """The newest agreement between each two organisations, by the key of the two in `sides`; those
    that `user` may see.
    """
    everybody = {organisation for both in sides.values() for organisation in both}
    ndas = ndas_visible_to(user).filter(
        disclosing_party__in=everybody, receiving_party__in=everybody
    )
    newest = {
        frozenset({nda.disclosing_party_id, nda.receiving_party_id}): nda for nda in reversed(ndas)
    }
    return {key: newest[both] for key, both in sides.items() if both in newest}


def unreturned(ndas: QuerySet[Nda]) -> QuerySet[Nda]:
    """Those of `ndas` that are over and whose receiver has not confirmed the return yet."""
    is_over = Q(stage=NdaStage.ENDED) | Q(stage=NdaStage.SIGNED, ends_at__lte=Now())
    return ndas.filter(is_over, return_confirmed_at__isnull=True)


def overdue(ndas: QuerySet[Nda], today: date) -> QuerySet[Nda]:
    """Those of `ndas` whose return should have been confirmed before `today`."""
    return unreturned(ndas.filter(return_on__lt=today))


def returns_to_confirm(user: Reader, today: date) -> QuerySet[Nda]:
    """What organisations that `user` manages should have confirmed, the longest overdue first."""
    received = Nda.objects.filter(receiving_party__in=roles_of(user).managed)
    return (
        overdue(received, today)
        .select_related("disclosing_party", "receiving_party")
        .order_by("return_on", "pk")
    )


def access_records_of(nda: Nda) -> QuerySet[AccessRecord]:
    """Who read what under an agreement, the newest first; ask for the reader's right before."""
    return nda.access_records.select_related("reader").order_by("-last_at", "-pk")


def sheets_visible_to(user: Reader) -> QuerySet[RequestSheet]:
    """The request sheets of one's own organisations, on either side; all for `roles.READERS`."""
    sheets = RequestSheet.objects.select_related("asking_party", "holding_party", "nda")
    sheets = sheets.order_by("-created_at", "-pk")
    roles = roles_of(user)
    if roles.holds(READERS):
        return sheets
    own = roles.organisations
    return sheets.filter(Q(asking_party__in=own) | Q(holding_party__in=own))


def exchanges_visible_to(user: Reader) -> QuerySet[Exchange]:
    """The hand-overs of one's own organisations, on either side; all for `roles.READERS`."""
    exchanges = Exchange.objects.select_related("from_party", "to_party", "nda")
    exchanges = exchanges.order_by("-handed_on", "-pk")
    roles = roles_of(user)
    if roles.holds(READERS):
        return exchanges
    own = roles.organisations
    return exchanges.filter(Q(from_party__in=own) | Q(to_party__in=own))


def lacking(exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """Those of what is kept secret that had no agreement, or outlived it and were not returned."""
    is_over = Q(nda__stage=NdaStage.ENDED) | Q(nda__stage=NdaStage.SIGNED, nda__ends_at__lte=Now())
    return exchanges.filter(is_secret=True).filter(
        Q(nda=None) | is_over & Q(nda__return_confirmed_at=None)
    )


def covering(disclosing_party: Organisation, receiving_party: Organisation, on: date) -> Nda | None:
    """The agreement under which one could receive something of the other on a day, if any."""
    end_of_day = make_aware(datetime.combine(on + timedelta(days=1), time()))
    signed = Nda.objects.filter(
        stage__in=[NdaStage.SIGNED, NdaStage.ENDED],
        disclosing_party=disclosing_party,
        receiving_party=receiving_party,
        answered_at__lt=end_of_day,
        ends_at__gte=end_of_day,
    ).filter(Q(ended_at=None) | Q(ended_at__gte=end_of_day))
    return signed.order_by("-answered_at").first()


def doubts_visible_to(user: Reader) -> QuerySet[SecrecyDoubt]:
    """Doubts about what agreements call secret, for those who see the agreement."""
    doubts = SecrecyDoubt.objects.filter(nda__in=ndas_visible_to(user).order_by())
    return doubts.select_related("nda__disclosing_party", "created_by", "answered_by")


def agreed_sheets(
    disclosing_party: Organisation, receiving_party: Organisation
) -> QuerySet[RequestSheet]:
    """The request sheets by which `receiving_party` asked `disclosing_party`, and `disclosing_party` agreed; the newest first."""
    agreed = RequestSheet.objects.filter(
        asking_party=receiving_party, holding_party=disclosing_party, stage=SheetStage.AGREED
    )
    return agreed.order_by("-answered_at", "-pk")


def live_ndas(
    disclosing_party: Organisation, receiving_party: Organisation, at: datetime
) -> QuerySet[Nda]:
    """The agreements under which `receiving_party` may hold something of `disclosing_party` at a moment."""
    signed = Nda.objects.filter(stage=NdaStage.SIGNED, ends_at__gt=at, answered_at__lte=at)
    return signed.filter(
        disclosing_party=disclosing_party, receiving_party=receiving_party
    ).order_by("-answered_at")


def drafts_visible_to(user: Reader) -> QuerySet[CounterDraft]:
    """Other words proposed for agreements, for those who see the agreement."""
    drafts = CounterDraft.objects.filter(nda__in=ndas_visible_to(user).order_by())
    return drafts.select_related("nda__disclosing_party", "nda__receiving_party", "side")


def staff_notices_visible_to(user: Reader) -> QuerySet[StaffNotice]:
    """Notices of other staff lists, for those who see the agreement."""
    notices = StaffNotice.objects.filter(nda__in=ndas_visible_to(user).order_by())
    return notices.select_related("nda__disclosing_party", "nda__receiving_party", "created_by")
