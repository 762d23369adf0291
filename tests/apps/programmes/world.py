"""A programme with a draft, for the test of routes."""

from dure.apps.programmes import operations
from dure.apps.programmes.models import Programme
from tests.conftest import NOON


def things(cast, world):
    operations.load_shipped(at=NOON)
    programme = Programme.objects.get(slug="challenge")
    draft = operations.start_draft(base=programme.current, by=cast["officer"], at=NOON)
    return {
        "programme_slug": "challenge",
        "programmes:": programme.current_id,
        **dict.fromkeys(
            (f"programmes:{name}" for name in ("draft", "figures", "release", "discard")), draft.pk
        ),
    }
