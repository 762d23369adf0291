"""Which words of a long query are worth looking up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

# Words and the documents they stand in, summed over a query: what a search by words reads. The
# commonest words of a long query cost most and say least; one posting for every second document
# keeps the ten best documents of a 60-word need among the candidates
# (docs/reference/matching-speed.md). So few that they cost nothing are always read.
POSTINGS_PER_DOCUMENT = 0.5
_POSTINGS_AT_LEAST = 50_000

# A word in fewer documents than one in this many is rare: its postings cost next to nothing.
_RARE = 500


class WordCount:
    """Counts in how many documents each word stands, while documents pass by."""

    def __init__(self) -> None:
        self.documents = 0
        self._counts: Counter[str] = Counter()

    def add(self, texts: Iterable[str | None]) -> None:
        for text in texts:
            if text:
                self.documents += 1
                self._counts.update(set(text.split()))

    def common(self) -> dict[str, int]:
        """Document counts of the words that are not rare."""
        floor = max(2, self.documents // _RARE)
        return {word: count for word, count in self._counts.items() if count >= floor}


def worth_reading(documents: int, share: float = POSTINGS_PER_DOCUMENT) -> int:
    """How many postings a query to so many documents may read."""
    return max(_POSTINGS_AT_LEAST, round(share * documents))


def informative(words: Sequence[str], counts: Mapping[str, int], postings: int) -> list[str]:
    """`words` without the commonest: the rarest ones with at most `postings` postings together.

    `counts` has the common words alone, so a word that it lacks is rare, or in no document.
    """
    kept: set[str] = set()
    read = 0
    for word in sorted(set(words), key=lambda word: (counts.get(word, 0), word)):
        read += counts.get(word, 0)
        if kept and read > postings:
            break
        kept.add(word)
    return [word for word in words if word in kept]
