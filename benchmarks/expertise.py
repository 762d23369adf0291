"""Whether reviewers are found who know an application's field: `make bench-expertise`.

Measured as the public gold standard of reviewer expertise does it: of two reviewers of whom one knows
more, how often does the fit put them the wrong way round, each pair weighted by how far they lie
apart; beside it how many of the first six are those who know it. What is asked are the thirty
applications and sixty reviewers of the demonstration: six reviewers were written for each of the ten
challenges, and a challenge's applications are theirs. It compares ways of computing the fit with
each other; it does not say how good they are on people. The bundled model with words (as panels are
formed), BM25 over morphemes, and the dense part alone.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import bm25s
import numpy as np

from dure.engines import matching
from dure.engines.matching import Lexicon
from dure.foundation.embedding import embedder_named
from dure.foundation.vocabularies import terms

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "expertise.md"
EACH = 6  # reviewers written for one challenge
WAYS = ("words and meaning", "BM25 morphemes", "meaning alone")

Scores = Mapping[str, np.ndarray]


def told(name: str) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads((ROOT / "demo" / name).read_text(encoding="utf-8"))


def asked() -> Iterator[tuple[int, str, str]]:
    """The number of the challenge, the title and the text of every application."""
    for number, challenge in enumerate(told("challenge-applications.toml")["challenges"]):
        for application in challenge["applications"]:  # type: ignore[attr-defined]
            texts = (
                application["summary"],
                challenge["need"],
                application["goal"],
                application["method"],
            )
            yield number, application["title"], "\n".join(texts)


def scores(fields: list[str]) -> Iterator[tuple[int, Scores]]:
    """For every application how well each reviewer fits, by each way."""
    documents = {
        str(n): matching.Document(str(n), text[:200], text) for n, text in enumerate(fields)
    }
    rows = matching.rows_of(list(documents.values()))
    embedder, lexicon = embedder_named("bundled"), Lexicon(terms())
    vectors = embedder.embed_passages([row.text for row in rows])
    index = matching.MemoryIndex(rows, vectors)
    peer = bm25s.BM25(k1=1.5, b=0.75)
    peer.index(_words(fields), show_progress=False)
    dense = embedder.embed_passages(fields)
    for number, title, text in asked():
        query, hits = matching.ask(matching.Document("x", title, text), lexicon, embedder, index)
        scores = np.zeros(len(fields))
        for match in matching.rank(query, hits, documents, top=len(documents)):
            scores[int(match.id)] = max(match.facets.values(), default=0.0)
        [words] = _words([f"{title}\n{text}"])
        yield (
            number,
            {
                WAYS[0]: scores,
                WAYS[1]: peer.get_scores(words),
                WAYS[2]: dense @ embedder.embed_queries([f"{title}\n{text}"])[0],
            },
        )


def _words(texts: list[str]) -> list[list[str]]:
    return [[word.term for word in words] for words in matching.words_of_all(texts)]


def loss(fit: np.ndarray, knows: np.ndarray) -> float:
    """The share of pairs put the wrong way round; a pair of equal fits counts half."""
    apart = fit[knows][:, None] - fit[~knows][None, :]
    return float(np.mean((apart < 0) + (apart == 0) / 2))


def measured() -> list[str]:
    fields = [str(reviewer["fields"]) for reviewer in told("selection.toml")["reviewers"]]
    losses: dict[str, list[float]] = {way: [] for way in WAYS}
    first: dict[str, list[float]] = {way: [] for way in WAYS}
    for number, by_way in scores(fields):
        knows = np.arange(len(fields)) // EACH == number
        for way, fit in by_way.items():
            losses[way].append(loss(fit, knows))
            first[way].append(float(knows[np.argsort(-fit, kind="stable")[:EACH]].mean()))
    return [
        f"| {way} | {np.mean(losses[way]):.3f} | {100 * np.mean(first[way]):.0f} % |"
        for way in WAYS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    table = "\n".join([*HEAD, *measured()])
    print(table)
    if options.write:
        PAGE.write_text(f"{TITLE}\n\n{ABOUT}\n\n{table}\n", encoding="utf-8")


TITLE = "# Who knows the field"
ABOUT = (
    "Written by `make bench-expertise`: the sixty reviewers and thirty applications of the"
    " demonstration, six reviewers written for each challenge. Pairs of a reviewer who knows the"
    " field and one who does not that the fit puts the wrong way round (0.5 is chance), and how"
    " many of the first six know it. Invented data: it compares the ways with each other. No"
    " public gold standard of expertise with texts is among the data."
)
HEAD = ("| Fit by | Wrong pairs | Of the first six |", "| --- | --- | --- |")


if __name__ == "__main__":
    main()
