"""Who is told what of a council."""

from collections.abc import Iterable
from datetime import datetime

from dure.apps.councils.kinds import Council
from dure.apps.councils.models import WinWinModel
from dure.apps.councils.notices import council_news
from dure.apps.councils.queries import people_of_firms, secretaries
from dure.apps.notices.operations import tell
from dure.apps.people.models import User


def tell_people(
    people: Iterable[User], event: str, council: Council, url: str, by: User | None, at: datetime,
    **facts: str,
) -> None:  # fmt: skip
    """Tell some people of an event, each once, but not whoever did it."""
    known = {person.pk: person for person in people}
    known.pop(by.pk if by else 0, None)
    tell(
        recipients=list(known.values()),
        kind=council_news,
        facts={"event": event, "council": str(council), **facts},
        url=url,
        at=at,
    )


def tell_of_model(model: WinWinModel, by: User | None, at: datetime) -> None:
    """Tell its firms and the secretaries where a model is now; never what it is called."""
    people = [*people_of_firms(model), *secretaries()]
    tell_people(
        people, "MODEL", model.file, model.get_absolute_url(), by, at,
        number=model.number, stage=model.get_stage_display(),
    )  # fmt: skip
