"""Which words of a long query are worth looking up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

# Enough for the ranking of a 60-word need (docs/reference/matching-speed.md has the figures);
# the time of a query grows with the postings read, and those of common words are the longest.
WORDS_PER_QUERY = 24

# A word in fewer documents than one in this many is rare: its postings cost nothing.
_RARE = 2000


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


def informative(words: Sequence[str], counts: Mapping[str, int], limit: int) -> list[str]:
    """The `limit` distinct words in the fewest documents, as often and in the order given.

    A word without a count is rare. Without any counts nothing is left out.
    """
    distinct = list(dict.fromkeys(words))
    if not counts or len(distinct) <= limit:
        return list(words)
    kept = set(sorted(distinct, key=lambda word: counts.get(word, 0))[:limit])
    return [word for word in words if word in kept]
