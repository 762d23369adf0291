"""How the record stands: how long it is, what was signed last, what the last check found."""

from django.db.models import QuerySet

from dure.apps.people.queries import Reader, roles_of
from dure.apps.records.models import Check, Checkpoint, Place
from dure.apps.records.roles import READERS


def size() -> int:
    """How many entries have their place."""
    newest = Place.objects.order_by("-index").values_list("index", flat=True).first()
    return 0 if newest is None else newest + 1


def last_checkpoint() -> Checkpoint | None:
    """What was signed last."""
    return Checkpoint.objects.select_related("timestamp").order_by("-size").first()


def checkpoint_of_size(wanted: int) -> Checkpoint | None:
    """The checkpoint on so many entries, if one was signed."""
    return Checkpoint.objects.filter(pk=wanted).first()


def checkpoints_visible_to(user: Reader) -> QuerySet[Checkpoint]:
    """All checkpoints, the newest first, for `roles.READERS`."""
    checkpoints = Checkpoint.objects.select_related("timestamp").order_by("-size")
    return checkpoints if roles_of(user).holds(READERS) else checkpoints.none()


def checks_visible_to(user: Reader) -> QuerySet[Check]:
    """What checks found, the newest first, for `roles.READERS`."""
    checks = Check.objects.order_by("-pk")
    return checks if roles_of(user).holds(READERS) else checks.none()


def last_check() -> Check | None:
    """What the last check found."""
    return Check.objects.order_by("-pk").first()


def unstamped() -> int:
    """How many checkpoints wait for a timestamp."""
    return Checkpoint.objects.filter(timestamp=None).count()
