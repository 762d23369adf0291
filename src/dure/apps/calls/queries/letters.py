"""Letters and whether they went."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from dure.apps.calls.models import Delivery, Letter
from dure.apps.people.models import User
from dure.apps.people.queries import Reader, is_office


def letters_visible_to(user: Reader) -> QuerySet[Letter]:
    """Letters are read by the office."""
    letters = Letter.objects.select_related("call", "by")
    return letters if is_office(user) else letters.none()


def with_counts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with how many recipients they have in each state of delivery."""
    counts = {
        f"{state.lower()}_count": Count("recipients", Q(recipients__delivery=state))
        for state in Delivery.values
    }
    return letters.annotate(**counts).order_by("-created_at", "-pk")


def people_with(ids: Collection[int]) -> QuerySet[User]:
    """Active people by their ids: ask for the reader's right to write to them before."""
    return User.objects.filter(pk__in=ids, is_active=True).order_by("pk")


def letter_by_id(pk: int) -> Letter:
    """A letter with its call: for the job that sends it."""
    return Letter.objects.select_related("call").get(pk=pk)
