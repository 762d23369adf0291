"""How likely two needs are the same: shared words weighted by rarity, shared meaning, and the rest.

Meaning is compared after the mean vector of each language is taken away ("all but the top", Mu and
Viswanath, 2018), or every text would resemble every other. A logistic rule of five facts turns that
into a chance; its weights come from pairs of the demonstration's needs that were labelled by
reading (`python -m benchmarks.duplicates --fit`). What it reaches: docs/reference/duplicates.md.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import scipy  # it loads its parts when they are first used; most processes never do
from numpy.typing import NDArray

from dure.apps.catalog.models import Need
from dure.engines.matching import Document, Kind, analyse_all, passages

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Advance = Callable[[int], None]
Floats = NDArray[np.float32]
Places = NDArray[np.intp]

ALIKE = 0.08  # a pair less likely than this is not kept
LONGEST = 80  # terms; what is written beyond them makes a similarity no surer
CROWD = 30  # more needs than are ever the same; the one so far down the list is a crowd
FEWEST = 50  # below this many needs the mean vector says nothing
BLOCK = 512
BATCH = 64


@dataclass(frozen=True, slots=True)
class Rule:
    """What each fact adds to the log-odds that two needs are the same; in the order of `facts_of`.

    similarity: cosine of words, or the mean of it and of the cosine of meaning; length: logarithm of
    the terms of the shorter text, for two short texts are alike by chance; crowd: how alike the
    thirtieth nearest is, of both needs together (after cross-domain similarity local scaling,
    Conneau et al., 2018): texts of one form or one programme are all alike.
    """

    similarity: float
    same_field: float
    same_organisation: float
    length: float
    crowd: float
    constant: float


WITH_MEANING = Rule(22.60, 1.20, 1.17, 2.87, -24.59, -15.92)
WORDS_ALONE = Rule(17.80, 1.44, 1.01, 3.00, 0.0, -18.39)


def likeness_of(
    needs: Sequence[Need], embed: Embed | None, advance: Advance = lambda count: None
) -> list[tuple[int, int, float]]:
    """Pairs of ids that may be the same need, with the chance of it, the likeliest first.

    `embed` gives the vectors of texts; without it, and for very few needs, words alone decide.
    `advance` is told how many more needs were read.
    """
    if len(needs) < 2:
        return []
    words, meaning = read(needs, embed, advance)
    rule = WORDS_ALONE if meaning is None else WITH_MEANING
    pairs, crowd = close_pairs(words, meaning, rule)
    chances = chances_of(facts_of(needs, words, meaning, pairs, crowd), rule)
    pairs_found = [
        (needs[first].pk, needs[second].pk, round(float(chance), 4))
        for (first, second), chance in zip(pairs, chances, strict=True)
        if chance >= ALIKE
    ]
    return sorted(pairs_found, key=lambda pair: (-pair[2], pair[0], pair[1]))


def read(
    needs: Sequence[Need], embed: Embed | None, advance: Advance = lambda count: None
) -> "tuple[csr_matrix, Floats | None]":
    """The rows of unit length by which needs are compared: of their words, of their meaning."""
    documents = [to_document(need) for need in needs]
    if embed is None or len(needs) < FEWEST:
        return _words(documents, advance), None
    words = _words(documents, lambda count: None)
    return words, _meaning(documents, needs, embed, advance)


def facts_of(
    needs: Sequence[Need],
    words: "csr_matrix",
    meaning: Floats | None,
    pairs: Places,
    crowd: Floats,
) -> NDArray[np.float64]:
    """One row per pair of places, in the order of `Rule`."""
    first, second = pairs[:, 0], pairs[:, 1]
    similarity = np.asarray(words[first].multiply(words[second]).sum(axis=1)).ravel()
    if meaning is not None:
        similarity = (similarity + np.einsum("ij,ij->i", meaning[first], meaning[second])) / 2
    fields = np.array([need.field for need in needs])
    organisations = np.array([need.organisation_id for need in needs])
    terms = np.clip(np.diff(words.indptr), 1, LONGEST)
    return np.column_stack(
        [
            similarity,
            (fields[first] == fields[second]) & (fields[first] != ""),
            organisations[first] == organisations[second],
            np.log(np.minimum(terms[first], terms[second])),
            crowd[first] + crowd[second],
        ]
    ).astype(np.float64)


def chances_of(facts: NDArray[np.float64], rule: Rule) -> NDArray[np.float64]:
    """The chance of each pair to be the same."""
    *weights, constant = astuple(rule)
    return 1 / (1 + np.exp(-(facts @ np.array(weights) + constant)))


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


def _words(documents: Sequence[Document], advance: Advance) -> "csr_matrix":
    """One row of unit length per document: its terms, weighted by how rare they are.

    The title counts twice: it is where people say in three words what they want.
    """
    terms: list[Counter[str]] = []
    for batch in _batches(documents):
        texts = [f"{document.title}\n{document.text}" for document in batch]
        terms += [Counter(counted) for counted in analyse_all(texts)]
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
    return scipy.sparse.csr_matrix((np.array(weights, dtype=np.float32), places, ends), shape=shape)


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


def close_pairs(words: "csr_matrix", meaning: Floats | None, rule: Rule) -> tuple[Places, Floats]:
    """Places of the pairs that can still reach ALIKE, and how near each need's crowd is to it."""
    best = rule.same_field + rule.same_organisation + rule.length * math.log(LONGEST)
    least = math.log(ALIKE / (1 - ALIKE)) - best - rule.constant
    count = words.shape[0]
    crowd = np.zeros(count, dtype=np.float32)
    transposed = words.T.tocsr()
    pairs = []
    for start in range(0, count, BLOCK):
        similarity = (words[start : start + BLOCK] @ transposed).toarray()
        if meaning is not None:
            similarity = (similarity + meaning[start : start + BLOCK] @ meaning.T) / 2
        own = np.arange(start, start + similarity.shape[0])
        similarity[own - start, own] = -1
        if count > CROWD:
            crowd[own] = np.partition(similarity, -CROWD, axis=1)[:, -CROWD]
        # The crowd of a need that stands earlier in the list is known by now.
        earlier = rule.similarity * similarity[:, : own[-1] + 1] + rule.crowd * (
            crowd[own, None] + crowd[: own[-1] + 1]
        )
        rows, columns = np.nonzero(earlier >= least)
        rows += start
        pairs.append(np.column_stack([columns, rows])[columns < rows])
    return np.vstack(pairs), crowd


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    waiting = iter(documents)
    while batch := list(islice(waiting, BATCH)):
        yield batch
