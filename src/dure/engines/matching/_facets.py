"""What is known about two documents beside their texts, each part scored from -1 to 1."""

from collections.abc import Iterator
from functools import lru_cache

from dure.engines.matching._model import Code, Document, Facet, Kind, Reason

_PER_MISSING_LEVEL = 0.75
"""Readiness: one level short is nearly fine (0.25), three levels short is as bad as it gets."""


def stated(query: Document) -> Iterator[Facet]:
    """Return the facets that `query` says something about; `structure` gives no others."""
    facets = {
        Facet.KEYWORDS: bool(query.keywords),
        Facet.FIELD: bool(query.field),
        Facet.READINESS: query.trl is not None,
        Facet.REGION: bool(query.region),
        Facet.COOPERATION: bool(query.cooperation),
    }
    return (facet for facet, is_said in facets.items() if is_said)


def structure(query: Document, candidate: Document) -> dict[Facet, float]:
    """Return the sub-scores of all facets known on both sides."""
    facets: dict[Facet, float] = {}
    if query.keywords:
        share = len(keywords_found(query, candidate)) / len(query.keywords)
        facets[Facet.KEYWORDS] = share
    if query.field and candidate.field:
        facets[Facet.FIELD] = 1.0 if query.field == candidate.field else -1.0
    if (missing := _missing_levels(query, candidate)) is not None:
        facets[Facet.READINESS] = max(-1.0, 1.0 - _PER_MISSING_LEVEL * max(0, missing))
    if query.region and candidate.region:
        facets[Facet.REGION] = 1.0 if query.region == candidate.region else -1.0
    if query.cooperation and candidate.cooperation:
        facets[Facet.COOPERATION] = 1.0 if query.cooperation & candidate.cooperation else -1.0
    return facets


def structure_reasons(query: Document, candidate: Document) -> Iterator[Reason]:
    """Say of each facet what helped or hurt, in codes."""
    facets = structure(query, candidate)
    if keywords := keywords_found(query, candidate):
        yield Reason(Code.KEYWORDS_FOUND, 1, {"words": keywords})
    if Facet.FIELD in facets:
        same = query.field == candidate.field
        code = Code.FIELD_SAME if same else Code.FIELD_DIFFERENT
        fields: dict[str, str | int | tuple[str, ...]] = {"field": candidate.field}
        yield Reason(code, 1 if same else -1, fields | {"wanted": query.field})
    if Facet.READINESS in facets:
        need, technology = _need_first(query, candidate)
        short = facets[Facet.READINESS] < 1
        code = Code.READINESS_SHORT if short else Code.READINESS_REACHED
        levels: dict[str, str | int | tuple[str, ...]] = {"level": technology.trl or 0}
        yield Reason(code, -1 if short else 1, levels | {"wanted": need.trl or 0})
    if Facet.REGION in facets:
        same = query.region == candidate.region
        code = Code.REGION_SAME if same else Code.REGION_DIFFERENT
        yield Reason(code, 1 if same else -1, {"region": candidate.region, "wanted": query.region})
    if Facet.COOPERATION in facets:
        shared = tuple(sorted(query.cooperation & candidate.cooperation))
        code = Code.COOPERATION_SHARED if shared else Code.COOPERATION_DIFFERENT
        forms = shared or tuple(sorted(candidate.cooperation))
        yield Reason(code, 1 if shared else -1, {"forms": forms})


def keywords_found(query: Document, candidate: Document) -> tuple[str, ...]:
    """Return the keywords of `query` that stand in the text of `candidate`, blanks ignored."""
    text = _bare(candidate.text)
    return tuple(word for word in query.keywords if _bare(word) in text)


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    return "".join(text.lower().split())


def _missing_levels(query: Document, candidate: Document) -> int | None:
    need, technology = _need_first(query, candidate)
    if need.kind != Kind.NEED or technology.kind != Kind.TECHNOLOGY:
        return None
    if need.trl is None or technology.trl is None:
        return None
    return need.trl - technology.trl


def _need_first(query: Document, candidate: Document) -> tuple[Document, Document]:
    return (candidate, query) if candidate.kind == Kind.NEED else (query, candidate)
