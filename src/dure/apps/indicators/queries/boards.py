"""Which boards of figures a reader is shown, and which records are of their own organisations."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Model, Q

from dure.apps.agreements.models import Agreement
from dure.apps.applications.models import Application
from dure.apps.catalog.models import Need, Technology
from dure.apps.challenges.models import Candidate
from dure.apps.consultations.models import ConsultationRecord
from dure.apps.designations.models import Entry
from dure.apps.indicators.kinds import Board, boards
from dure.apps.indicators.models import BoardCount
from dure.apps.introductions.models import Introduction
from dure.apps.outcomes.models import Outcome
from dure.apps.people.models import Organisation
from dure.apps.people.queries import Reader, organisations_of, roles_of


def boards_of(user: Reader) -> list[Board]:
    """The boards that a reader is shown, in the order of the file; the public one for everybody."""
    roles = roles_of(user)
    own_kinds = set(
        Organisation.objects.filter(pk__in=roles.verified).values_list("kind", flat=True)
    )
    return [
        board
        for board in boards()
        if board.for_all or roles.holds(board.roles) or not own_kinds.isdisjoint(board.kinds)
    ]


def board_for(user: Reader, code: str) -> Board | None:
    """One of the boards that a reader is shown."""
    return next((board for board in boards_of(user) if board.id == code), None)


def counted_for(user: Reader, board: Board) -> frozenset[int] | None:
    """The organisations whose records alone a board counts for a reader; None: all records."""
    if board.scope != "own":
        return None
    own = Organisation.objects.filter(pk__in=roles_of(user).verified, kind__in=board.kinds)
    return frozenset(own.values_list("pk", flat=True))


def home_region(user: Reader) -> str:
    """The region of the reader's organisation; empty where there is none, or not one alone."""
    regions = set(organisations_of(user).exclude(region="").values_list("region", flat=True))
    return regions.pop() if len(regions) == 1 else ""


_PARTIES = (Agreement, ("parties__organisation",))
_BOTH_SIDES = (Outcome, ("organisation", "counterpart"))
# For each measure that a board counts as one's own: the records, and the ways to who has a part in one.
OWN: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "needs": (Need, ("organisation",)),
    "technologies": (Technology, ("organisation",)),
    "introductions": (
        Introduction,
        ("need__organisation", "technology__organisation"),
    ),
    "consultations": (
        ConsultationRecord,
        (
            "pair__demand__organisation",
            "pair__supply__organisation",
            "introduction__need__organisation",
            "introduction__technology__organisation",
        ),
    ),
    "challenges": (Candidate, ("centre__organisation",)),
    "applications": (Application, ("organisation", "participants__organisation")),
    "agreements": _PARTIES,
    "money": _PARTIES,
    "payments": _PARTIES,
    "outcomes": _BOTH_SIDES,
    "outcome_amounts": _BOTH_SIDES,
    "new_jobs": _BOTH_SIDES,
    "designations": (Entry, ("organisation", "counterpart")),
}


def own_records(measure: str, organisations: Collection[int]) -> frozenset[str]:
    """The ids of the records of a measure in which some organisations have a part.

    Raises KeyError for a measure that is nobody's own.
    """
    model, paths = OWN[measure]
    has_part = Q()
    for path in paths:
        has_part |= Q(**{f"{path}__in": organisations})
    records = model._default_manager.filter(has_part)  # noqa: SLF001
    return frozenset(str(pk) for pk in records.values_list("pk", flat=True))


def organisations_by_record(measure: str) -> dict[str, set[int]]:
    """For each record of a measure the organisations that have a part in it.

    Raises KeyError for a measure that is nobody's own.
    """
    model, paths = OWN[measure]
    parts: dict[str, set[int]] = defaultdict(set)
    for path in paths:
        with_part = model._default_manager.filter(**{f"{path}__isnull": False})  # noqa: SLF001
        for pk, organisation in with_part.order_by().values_list("pk", path).iterator():
            parts[str(pk)].add(organisation)
    return parts


def board_count(measure: str, own: Collection[int] | None) -> BoardCount | None:
    """What was counted ahead of a measure: of all records, or of those of one organisation."""
    if own is not None and len(own) != 1:
        return None
    counts = BoardCount.objects.filter(measure=measure)
    return counts.filter(organisation=None if own is None else next(iter(own))).first()


def is_counted_ahead(measure: str) -> bool:
    """True where a measure has so many facts that a job counts them."""
    return BoardCount.objects.filter(measure=measure).exists()
