"""How alike the texts of needs are: shared words weighted by rarity, and shared meaning.

Meaning is compared after the mean vector of each language is taken away ("all but the top", Mu and
Viswanath, 2018), or every text would resemble every other. A need in a crowd of alike needs has to
be closer to another than to the crowd (cross-domain similarity local scaling, Conneau et al.,
2018). The figures below are fitted on the 924 needs of the demonstration: they give 271 pairs, among them
10 of 14 that were written as the same problem in other words; of 60 drawn by lot from the 195
likest pairs, 38 were the same problem in a reader's eyes.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice

import numpy as np
from django.conf import settings
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from dure.apps.catalog.models import Need
from dure.engines.matching import Document, Kind, analyse_all, passages
from dure.foundation.embedding import CachedEmbedder, embedder_named

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Advance = Callable[[int], None]

NEIGHBOURS = 10
CROWD = 0.5  # how much of the likeness to its neighbours is taken off
SAME_FIELD = 0.04
SAME_ORGANISATION = 0.03
MIDDLE = {True: 0.20, False: 0.18}  # the score, with and without meaning, of an even chance
STEEPNESS = 20
ALIKE = 0.4  # rather one pair too many: an officer decides, the likest first
FEWEST = 50  # below this many needs neither crowd nor mean vector says anything
BLOCK = 512
BATCH = 64


@cache
def embedder() -> CachedEmbedder:
    """The text model of this process; it shares its kept vectors with matching."""
    return CachedEmbedder(embedder_named(settings.DURE_EMBEDDER), settings.HOME / "vectors.sqlite")


def likeness_of(
    needs: Sequence[Need], embed: Embed | None, advance: Advance = lambda count: None
) -> list[tuple[int, int, float]]:
    """Pairs of ids that may be the same need, with the chance of it, 0.4 to 1.

    `embed` gives the vectors of texts; without it, and for very few needs, words alone decide.
    `advance` is told how many more needs were read.
    """
    if len(needs) < 2:
        return []
    documents = [to_document(need) for need in needs]
    if embed is None or len(needs) < FEWEST:
        words, meaning = _words(documents, advance), None
    else:
        words = _words(documents, lambda count: None)
        meaning = _meaning(documents, needs, embed, advance)
    pairs, crowd = _close_pairs(words, meaning)
    found = []
    for first, second, likeness in pairs:
        a, b = needs[first], needs[second]
        score = likeness - CROWD * (crowd[first] + crowd[second]) / 2
        score += SAME_FIELD * (a.field == b.field != "")
        score += SAME_ORGANISATION * (a.organisation_id == b.organisation_id)
        chance = 1 / (1 + math.exp(-STEEPNESS * (score - MIDDLE[meaning is not None])))
        if chance >= ALIKE:
            found.append((a.pk, b.pk, round(chance, 4)))
    return sorted(found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def to_document(need: Need) -> Document:
    """A need as the matching engine reads it."""
    parts = [need.title_en, need.body, need.body_en, need.requirements]
    return Document(
        id=str(need.pk),
        title=need.title,
        body="\n".join(part for part in parts if part),
        kind=Kind.NEED,
        language=need.language,
        keywords=tuple(need.keywords),
    )


def _words(documents: Sequence[Document], advance: Advance) -> csr_matrix:
    """One row of unit length per document: its terms, weighted by how rare they are.

    The title counts twice: it is where people say in three words what they want.
    """
    terms: list[Counter[str]] = []
    for batch in _batches(documents):
        texts = [f"{document.title}\n{document.text}" for document in batch]
        terms += [Counter(found) for found in analyse_all(texts)]
        advance(len(batch))
    spread = Counter(term for counts in terms for term in counts)
    columns = {term: column for column, term in enumerate(spread)}
    rarity = {term: math.log(1 + len(terms) / count) for term, count in spread.items()}
    weights, places, ends = [], [], [0]
    for counts in terms:
        row = [(1 + math.log(count)) * rarity[term] for term, count in counts.items()]
        length = math.sqrt(sum(weight * weight for weight in row)) or 1.0
        weights += [weight / length for weight in row]
        places += [columns[term] for term in counts]
        ends.append(len(places))
    shape = (len(terms), len(columns))
    return csr_matrix((np.array(weights, dtype=np.float32), places, ends), shape=shape)


def _meaning(
    documents: Sequence[Document], needs: Sequence[Need], embed: Embed, advance: Advance
) -> NDArray[np.float32]:
    """One unit vector per document, the mean of its language taken away."""
    rows = []
    for batch in _batches(documents):
        rows.append(embed([_beginning(document.text) for document in batch]))
        advance(len(batch))
    vectors = np.vstack(rows).astype(np.float32)
    languages = np.array([need.language for need in needs])
    for language in set(languages):
        vectors[languages == language] -= vectors[languages == language].mean(axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / np.maximum(lengths, 1e-9)


def _beginning(text: str) -> str:
    """The first passage: what the index holds too, so its vector is known already."""
    start, end = next(iter(passages(text)), (0, 0))
    return text[start:end]


def _close_pairs(
    words: csr_matrix, meaning: NDArray[np.float32] | None
) -> tuple[list[tuple[int, int, float]], NDArray[np.float64]]:
    """Pairs close enough to be looked at, and how close each need is to its neighbours."""
    count = words.shape[0]
    is_crowd = count >= FEWEST
    margin = math.log(1 / ALIKE - 1) / STEEPNESS + SAME_FIELD + SAME_ORGANISATION
    least = MIDDLE[meaning is not None] - margin
    crowd = np.zeros(count)
    pairs: list[tuple[int, int, float]] = []
    transposed = words.T.tocsr()
    for start in range(0, count, BLOCK):
        likeness = (words[start : start + BLOCK] @ transposed).toarray()
        if meaning is not None:
            likeness = (likeness + meaning[start : start + BLOCK] @ meaning.T) / 2
        own = np.arange(start, start + likeness.shape[0])
        likeness[own - start, own] = -1
        if is_crowd:
            nearest = np.partition(likeness, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
            crowd[own] = nearest.mean(axis=1)
        rows, columns = np.nonzero(likeness >= least)
        pairs += [
            (int(own[row]), int(column), float(likeness[row, column]))
            for row, column in zip(rows, columns, strict=True)
            if own[row] < column
        ]
    return pairs, np.maximum(crowd, 0)


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        yield batch
