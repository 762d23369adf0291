"""The programmes of the demonstration: those that come with dure."""

from django.utils import timezone

from dure.apps.programmes import operations
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("programmes")
def load(demonstration: Demonstration) -> None:
    """Release the programme files, where the database does not know them yet."""
    operations.load_shipped(at=timezone.now())
