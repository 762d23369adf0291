"""The needs of the demonstration and the pairs of them that were labelled, for tests and benchmark.

`duplicates.csv` was made by reading: the pairs that the first rule offered, those just below it,
others that are near each other in words, meaning or titles, and 60 nearest neighbours drawn by
lot; shuffled, and read without score, organisation or field. 37 that a later rule offered were
added. SAME: an officer would merge the two,
or tell both owners that they look for the same thing. RELATED: the same craft or the same wording,
another object or process. DIFFERENT: neither.
"""

import csv
from pathlib import Path

from dure.apps.catalog.models import Need
from dure.apps.people.models import Organisation, OrganisationKind

NEEDS = Path(__file__).parents[1] / "demo" / "needs.csv"
LABELS = Path(__file__).with_suffix(".csv")


def demonstration() -> list[Need]:
    """The needs as rows that are in no database; the id is the place in the file."""
    owners: dict[str, Organisation] = {}
    needs = []
    with NEEDS.open(encoding="utf-8", newline="") as file:
        for place, row in enumerate(csv.DictReader(file)):
            name = row["organisation"]
            owner = Organisation(pk=len(owners) + 1, name=name, kind=OrganisationKind.LARGE)
            needs.append(
                Need(
                    pk=place,
                    external_id=row["external_id"],
                    organisation=owners.setdefault(name, owner),
                    title=row["title"],
                    body=row["body"],
                    field=row["field"],
                    language=row["language"],
                    keywords=[word for word in row["keywords"].split(";") if word],
                )
            )
    return needs


def labelled() -> dict[tuple[int, int], str]:
    """The label of each pair of places, the smaller place first."""
    places = {need.external_id: need.pk for need in demonstration()}
    with LABELS.open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    pairs = [sorted((places[first], places[second])) for first, second, _ in rows]
    return {(a, b): label for (a, b), (_, _, label) in zip(pairs, rows, strict=True)}
