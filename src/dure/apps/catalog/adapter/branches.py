"""Branches of roadmaps that a text may belong to, and branches as sheets name them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log

from dure.apps.catalog.adapter.words import terms_of
from dure.apps.roadmaps.models import Branch
from dure.apps.roadmaps.queries import branches

SHORTEST_TERM = 2  # characters: shorter ones stand inside too many other words


def suggested(text: str, *, limit: int) -> list[Branch]:
    """The branches whose names, with those above them, share the rarest words with `text`."""
    [terms] = terms_of([text])
    terms = {term for term in terms if len(term) >= SHORTEST_TERM}
    names = {
        pk: f"{name} {name_en} {parent or ''}".lower()
        for pk, name, name_en, parent in branches().values_list(
            "pk", "name", "name_en", "parent__name"
        )
    }
    hits = {pk: [term for term in terms if term in name] for pk, name in names.items()}
    counts = Counter(term for hit in hits.values() for term in hit)
    score = {
        pk: sum(log(1 + len(names) / counts[term]) for term in terms_found)
        for pk, terms_found in hits.items()
        if terms_found
    }
    best = sorted(score, key=lambda pk: (-score[pk], pk))[:limit]
    known = branches().select_related("roadmap", "parent__parent").in_bulk(best)
    return [known[pk] for pk in best]


def branches_named(names: Iterable[str]) -> Mapping[str, Branch]:
    """Branches by what sheets call them: an address like `sme:SF-03`, or a name that is unique."""
    wanted = {name for name in names if name}
    if not wanted:
        return {}
    named: dict[str, Branch] = {}
    doubled: set[str] = set()
    for branch in branches():
        for name in {branch.address, branch.name, branch.name_en} & wanted:
            if name in named:
                doubled.add(name)
            named[name] = branch
    return {name: branch for name, branch in named.items() if name not in doubled}
