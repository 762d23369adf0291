"""The roadmaps of the demonstration: those that come with dure."""

from django.utils import timezone

from dure.apps.roadmaps import adapter, operations
from dure.foundation.demo import Demonstration, demonstrates


@demonstrates("roadmaps")
def load(demonstration: Demonstration) -> None:
    """Load the roadmap files, where they are not there yet."""
    for file in sorted(adapter.FOLDER.glob("*.toml")):
        operations.load(file, at=timezone.now())
