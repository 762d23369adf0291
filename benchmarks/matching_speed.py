"""How fast one need is answered, and how the index grows: `make bench-matching-speed`.

Every size is built, and searched, in a process of its own, so that memory is that of one size.
Words come from real texts (DURE_DATA when it is there, else the bundled demo): a technology is the
beginning of one analysed passage and the end of another. Vectors are mixtures of the vectors that
the bundled model gives to real passages, with noise, so that they lie as real ones do. The needs
asked are those of the bundled demo.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import embedding
from benchmarks.texts import real_texts, table
from dure.config.env import ROOT
from dure.engines import matching
from dure.foundation import vocabularies
from dure.foundation.embedding import BundledEmbedder
from dure.foundation.searchindex import (
    Kind,
    LanceIndex,
    Query,
    Row,
    all_of,
    equals,
    one_of,
)

PAGE = ROOT / "docs" / "reference" / "matching-speed.md"

COLUMNS = {
    "side": Kind.TEXT,
    "visibility": Kind.TEXT,
    "organisation": Kind.TEXT,
    "field": Kind.TEXT,
    "trl": Kind.NUMBER,
}
# What a signed-in member of organisation S7 may find.
VISIBLE = all_of(
    equals("side", "TECHNOLOGY"),
    one_of("visibility", ["PUBLIC", "MEMBERS"]) | equals("organisation", "S7"),
)
CANDIDATES = 200
ASKED = 150
ROUNDS = 3
SEEDS = 800
KOREAN_SHARE = 0.7
PEERS_UP_TO = 100_000
POSTINGS = (0.05, 0.1, 0.25, 0.5, 1.0, 1e6)


# Texts, words and vectors


def needs() -> list[matching.Document]:
    return [
        matching.Document(
            row["external_id"],
            row["title"],
            row["body"],
            matching.Kind.NEED,
            keywords=tuple(row["keywords"].split(";")) if row["keywords"] else (),
        )
        for row in table("needs")
    ]


def lexicon() -> matching.Lexicon:
    return matching.Lexicon(vocabularies.terms())


def prepare(folder: Path) -> dict[str, object]:
    """Analyse the real texts and embed some of them, once for all sizes."""
    texts, origin = real_texts()
    passages = [
        text[start:end]
        for text in texts
        for start, end in matching.passages(text, 260)
        if end - start >= 60
    ]
    rng = np.random.default_rng(0)
    words = [list(analysed) for analysed in matching.analyse_all(passages)]
    korean = [matching.language_of(passage) == "ko" for passage in passages]
    embedder = BundledEmbedder()
    seeds = {}
    for name, wanted, share in (("ko", True, KOREAN_SHARE), ("en", False, 1 - KOREAN_SHARE)):
        of_language = [i for i, flag in enumerate(korean) if flag is wanted]
        count = min(int(SEEDS * share), len(of_language))
        chosen = rng.choice(of_language, count, replace=False)
        seeds[name] = embedder.embed_passages([passages[i] for i in chosen])
    np.savez(folder / "seeds.npz", **seeds)
    read = list(zip(words, passages, korean, strict=True))
    pools = {
        "ko": [(of, text) for of, text, is_korean in read if is_korean],
        "en": [(of, text) for of, text, is_korean in read if not is_korean],
    }
    (folder / "words.json").write_text(json.dumps(pools, ensure_ascii=False))
    return {
        "origin": origin,
        "passages": len(passages),
        "dimension": embedder.dimension,
        "model": embedder.model_id,
    }


class Technologies:
    """A source of `size` technologies, the same at every call."""

    def __init__(self, folder: Path, size: int, wide: bool = False) -> None:
        self._pools = json.loads((folder / "words.json").read_text())
        with np.load(folder / "seeds.npz") as seeds:
            self._seeds = {name: _shaped(seeds[name], wide) for name in seeds.files}
        self.size = size
        self.dimension = self._seeds["ko"].shape[1]

    def all(self) -> Iterator[list[Row]]:
        for start in range(0, self.size, 10_000):
            yield list(self._rows(start, min(start + 10_000, self.size)))

    def documents(self) -> dict[str, matching.Document]:
        """The technologies to read: real passages, not those their words are from."""
        texts = {language: [text for _, text in pool] for language, pool in self._pools.items()}
        korean = round(KOREAN_SHARE * 10)
        documents = {}
        for number in range(self.size):
            language = "ko" if number % 10 < korean else "en"
            title, body = (
                texts[language][(number * step) % len(texts[language])] for step in (7, 11)
            )
            documents[f"T{number}"] = matching.Document(
                f"T{number}", title[:40], body, matching.Kind.TECHNOLOGY, language=language
            )
        return documents

    def some(self, ids: Sequence[str]) -> list[Row]:
        return []

    def _rows(self, start: int, end: int) -> Iterator[Row]:
        rng = np.random.default_rng(start + 1)
        languages = ["ko" if korean else "en" for korean in rng.random(end - start) < KOREAN_SHARE]
        visibilities = rng.choice(["PUBLIC", "MEMBERS", "TEASER"], end - start, p=[0.8, 0.14, 0.06])
        vectors = {name: self._vectors(name, end - start, rng) for name in self._seeds}
        for i, language in enumerate(languages):
            pool = self._pools[language]
            (first, _), (second, _) = (pool[int(at)] for at in rng.integers(0, len(pool), 2))
            filters = {
                "side": "NEED" if rng.random() < 0.1 else "TECHNOLOGY",
                "visibility": str(visibilities[i]),
                "organisation": f"S{rng.integers(0, max(10, self.size // 6))}",
                "field": f"F{rng.integers(0, 60):02d}",
                "trl": int(rng.integers(1, 10)),
            }
            words = " ".join([*first[: len(first) // 2], *second[len(second) // 2 :]])
            yield Row(f"T{start + i}", 0, words, vectors[language][i], filters)

    def _vectors(self, language: str, count: int, rng: np.random.Generator) -> NDArray[np.float32]:
        """Mixtures of the deviations of third real vectors from their mean, with a tenth noise."""
        seeds = self._seeds[language]
        mean = seeds.mean(axis=0)
        off = seeds - mean
        first, second, third = rng.integers(0, len(seeds), (3, count))
        noise = rng.standard_normal((count, seeds.shape[1]), np.float32)
        noise *= 0.15 * np.linalg.norm(off, axis=1).mean() / np.sqrt(seeds.shape[1])
        mixed = mean + 0.8 * off[first] + 0.45 * off[second] + 0.3 * off[third] + noise
        return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)


# One process per stage and size


def build(folder: Path, size: int, wide: bool) -> dict[str, float]:
    source = Technologies(folder, size, wide)
    index = _open(folder, size, source.dimension)
    began = time.perf_counter()
    steps: dict[str, float] = {}
    index.rebuild(source, progress=lambda step, _: steps.setdefault(step, time.perf_counter()))
    ended = time.perf_counter()
    path = folder / f"index-{size}-{source.dimension}"
    files = [file for file in path.rglob("*") if file.is_file()]
    return {
        "read_s": steps["INDEX"] - began,
        "index_s": ended - steps["INDEX"],
        "bytes": sum(file.stat().st_size for file in files),
        "rss": _rss("VmHWM"),
    }


def answer(folder: Path, size: int, wide: bool) -> dict[str, object]:
    """Ask one need after another, as a page does: read, find, rank."""
    dimension = Technologies(folder, 1, wide).dimension
    index = _open(folder, size, dimension)
    asked = needs()[: ASKED + 10]
    embedder = BundledEmbedder()
    terms = lexicon()
    queries = matching.read_all(asked, terms, embedder)
    vectors = [_shaped(query.vector[None], wide)[0] for query in queries]
    base_rss = _rss()
    index.warm_up()

    def read(i: int) -> None:
        matching.read_all([asked[i]], terms, embedder)

    def search(i: int) -> None:
        index.search(words=queries[i].words, vector=vectors[i], where=VISIBLE, limit=CANDIDATES)

    offered = [_as_technology(f"T{number}", need) for number, need in enumerate(asked)]

    def whole(i: int) -> None:
        query, hits = matching.ask(asked[i], terms, embedder, index, where=VISIBLE)
        shown = {hit.id: offered[int(hit.id[1:]) % len(offered)] for hit in hits}
        matching.rank(query, hits, shown)

    result: dict[str, object] = {
        "read": _times(read),
        "search": _times(search),
        "recall": _recall(index, queries[:50], vectors[:50]),
    }
    if not wide:
        result["whole"] = _times(whole)
    result["rss"] = _rss() - base_rss
    return result


def batch(folder: Path, size: int, wide: bool) -> dict[str, float]:
    """All needs of the demo against all technologies, with reasons for the ten best of each."""
    source = Technologies(folder, size, wide)
    index = _open(folder, size, source.dimension)
    asked, offered, terms = needs(), source.documents(), lexicon()
    embedder = BundledEmbedder()
    began = time.perf_counter()
    queries = matching.read_all(asked, terms, embedder)
    read = time.perf_counter()
    asked_for = [Query(query.words, query.vector, query.translated) for query in queries]
    index.warm_up()
    hits_of_each = index.search_many(asked_for, where=VISIBLE, limit=CANDIDATES)
    searched = time.perf_counter()
    best = [
        matching.rank(query, hits, offered)
        for query, hits in zip(queries, hits_of_each, strict=True)
    ]
    ranked = time.perf_counter()
    for need, suggestions in zip(asked, best, strict=True):
        matching.words_of_all([offered[suggestion.id].text for suggestion in suggestions])
        for suggestion in suggestions:
            matching.explain(need, offered[suggestion.id], suggestion, terms)
    ended = time.perf_counter()
    if not all(hits_of_each):
        raise SystemExit("a need found nothing")
    return {
        "needs": len(asked),
        "read_s": read - began,
        "search_s": searched - read,
        "rank_s": ranked - searched,
        "explain_s": ended - ranked,
    }


def words_kept(folder: Path, size: int, wide: bool) -> list[dict[str, float]]:
    """What leaving out the commonest words of a query saves, and what it changes."""
    dimension = Technologies(folder, 1, wide).dimension
    asked = sorted(needs(), key=lambda need: -len(need.text))[:100]
    words = matching.analyse_all([need.text for need in asked])
    rows = []
    best: list[list[str]] = []
    for limit in sorted(POSTINGS, reverse=True):
        index = _open(folder, size, dimension, postings_per_document=limit)

        def search(i: int, index: LanceIndex = index) -> list[str]:
            hits = index.search(words=words[i], vector=None, where=VISIBLE, limit=CANDIDATES)
            ranked = sorted(hits, key=lambda hit: -(hit.lexical or 0))
            return [hit.id for hit in ranked]

        ids_of_each = [search(i) for i in range(len(asked))]
        best = best or [ids[:10] for ids in ids_of_each]
        kept = [
            len({*ids} & {*ten}) / max(len(ten), 1)
            for ids, ten in zip(ids_of_each, best, strict=True)
        ]
        first = [ids[:1] == ten[:1] for ids, ten in zip(ids_of_each, best, strict=True)]
        times = _times(lambda i: search(i % len(asked)), count=100)
        rows.append(
            {
                "limit": limit,
                "kept": float(np.mean(kept)),
                "first": float(np.mean(first)),
                **times,
            }
        )
    return rows


def peers(folder: Path, size: int, wide: bool) -> dict[str, object]:
    """The same rows and queries in what one would take instead."""
    import lancedb
    import tantivy
    from lancedb.rerankers import RRFReranker

    source = Technologies(folder, size, wide)
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("open", tokenizer_name="raw", index_option="basic")
    schema.add_unsigned_field("row", stored=True, fast=True)
    tantivy_folder = folder / f"tantivy-{size}"
    tantivy_folder.mkdir()
    began = time.perf_counter()
    words_index = tantivy.Index(schema.build(), path=str(tantivy_folder))
    writer = words_index.writer(heap_size=200_000_000, num_threads=2)
    matrix = np.empty((size, source.dimension), np.float32)
    open_rows = np.zeros(size, bool)
    for at, row in enumerate(row for rows in source.all() for row in rows):
        filters = row.filters
        open_rows[at] = filters["side"] == "TECHNOLOGY" and (
            filters["visibility"] in {"PUBLIC", "MEMBERS"} or filters["organisation"] == "S7"
        )
        matrix[at] = row.vector
        document = tantivy.Document(words=row.words, open="yes" if open_rows[at] else "no")
        document.add_unsigned("row", at)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    words_index.reload()
    built = time.perf_counter() - began
    size_bytes = matrix.nbytes + sum(f.stat().st_size for f in tantivy_folder.rglob("*"))
    searcher = words_index.searcher()
    shut = np.where(open_rows, 0.0, -np.inf).astype(np.float32)
    only_open = tantivy.Query.term_query(words_index.schema, "open", "yes")
    must, should = tantivy.Occur.Must, tantivy.Occur.Should

    asked = needs()[: ASKED + 10]
    queries = matching.read_all(asked, lexicon(), BundledEmbedder())

    def tantivy_numpy(i: int) -> None:
        terms = [
            (should, tantivy.Query.term_query(words_index.schema, "words", word))
            for word in queries[i].words
        ]
        wanted = tantivy.Query.boolean_query(
            [
                (must, tantivy.Query.boolean_query(terms)),
                (must, tantivy.Query.const_score_query(only_open, 0.0)),
            ]
        )
        hits = searcher.search(wanted, CANDIDATES).hits
        [searcher.doc(address)["row"][0] for _, address in hits]
        scores = matrix @ queries[i].vector + shut
        np.argpartition(-scores, CANDIDATES)[:CANDIDATES]

    generation = lancedb.connect(str(folder / f"index-{size}-{source.dimension}"))
    names = [name for name in generation.list_tables().tables if name.startswith("passages_")]
    table = generation.open_table(max(names))
    reranker = RRFReranker()

    def lance_hybrid(i: int) -> None:
        (
            table.search(query_type="hybrid", vector_column_name="vector", fts_columns="words")
            .vector(queries[i].vector)
            .text(" ".join(queries[i].words))
            .distance_type("cosine")
            .where(VISIBLE)
            .select(["id"])
            .rerank(reranker)
            .limit(CANDIDATES)
            .to_arrow()
        )

    return {
        "built_s": built,
        "bytes": size_bytes,
        "tantivy": _times(tantivy_numpy, count=60),
        "hybrid": _times(lance_hybrid, count=60),
    }


STAGES: dict[str, Callable[[Path, int, bool], object]] = {
    "build": build,
    "answer": answer,
    "batch": batch,
    "words": words_kept,
    "peers": peers,
}


# The page


def run(sizes: Sequence[int]) -> str:
    began = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dure-speed-") as name:
        folder = Path(name)
        embedded = embedding.measured()
        texts = prepare(folder)
        built, answered, peer = {}, {}, {}
        for size in sizes:
            built[size] = _stage("build", folder, size)
            answered[size] = _stage("answer", folder, size)
            if size <= PEERS_UP_TO:
                peer[size] = _stage("peers", folder, size)
            _say(f"{size:,}: {built[size]} {answered[size]} {peer.get(size)}")
        all_against_all = _stage("batch", folder, sizes[0])
        kept = _stage("words", folder, max(sizes))
        middle = sizes[min(1, len(sizes) - 1)]
        wide = {
            "size": middle,
            "build": _stage("build", folder, middle, wide=True),
            "answer": _stage("answer", folder, middle, wide=True),
        }
    return _page(embedded, texts, built, answered, peer, all_against_all, kept, wide, began)


def _page(embedded, texts, built, answered, peer, batch_, kept, wide, load) -> str:
    lines = [
        "# How fast a need is answered",
        "",
        "Written by `make bench-matching-speed`; do not edit.",
        "",
        (
            f"{_machine()}, load average {load:.1f} when it began. Words from {texts['origin']} "
            f"({texts['passages']:,} passages); vectors of {texts['dimension']} numbers mixed from "
            f"those of real passages ({texts['model']}); the needs of the demo as queries; 200 "
            "candidates from each search; filters on side, visibility and organisation applied "
            f"before the search. Times in milliseconds, of the middle one of {ROUNDS} rounds."
        ),
        "",
        "## Reading texts",
        "",
        *embedding.lines(embedded),
        "",
        "## One need",
        "",
        (
            "Read: analyse and embed the need. Search: words and vector in the index. Answer: "
            "read, search with the need's own words and with their translation, rank, and choose "
            "ten; what fetching the candidates from PostgreSQL costs is not in it. The last column "
            "says how far apart the rounds were, which is what else the machine did."
        ),
        "",
        (
            "| technologies | read p50 | read p95 | search p50 | search p95 | answer p50 "
            "| answer p95 | recall@10 | recall@200 | answer p95 of the rounds |"
        ),
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size:,} | {_pair(result['read'])} | {_pair(result['search'])} "
            f"| {_pair(result['whole'])} | {result['recall']['10']:.3f} "
            f"| {result['recall']['200']:.3f} | {_range(result['whole'])} |"
            for size, result in answered.items()
        ),
        "",
        "Recall: of the nearest documents an exact comparison finds, the share that is found.",
        "",
        "## Growth",
        "",
        (
            "| technologies | write, s | index, s | on disk, MB | bytes each | memory to build, MB "
            "| memory to search, MB |"
        ),
        "|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size:,} | {figures['read_s']:.1f} | {figures['index_s']:.1f} "
            f"| {figures['bytes'] / 1e6:,.0f} | {figures['bytes'] / size:,.0f} "
            f"| {figures['rss'] / 1e6:,.0f} | {answered[size]['rss'] / 1e6:,.0f} |"
            for size, figures in built.items()
        ),
        "",
        (
            "Write includes making the synthetic rows. Memory to build is the peak of the whole "
            "process; memory to search is what the process grows by while it searches, the text "
            "model not counted."
        ),
        "",
        *_growth(built, answered),
        "",
        (
            f"With vectors of {2 * texts['dimension']} numbers, "
            f"{wide['size']:,} technologies: "
            f"search {_pair(wide['answer']['search'], ' / ')} ms (p50 / p95), "
            f"{wide['build']['bytes'] / 1e6:,.0f} MB, indexed in "
            f"{wide['build']['index_s']:.1f} s, recall@10 {wide['answer']['recall']['10']:.3f}."
        ),
        "",
        "## All against all",
        "",
        (
            f"{batch_['needs']} needs against {next(iter(built)):,} technologies, in either "
            "language: "
            f"{batch_['read_s']:.1f} s to read the needs, {batch_['search_s']:.1f} s to search "
            f"(vectors compared exactly), {batch_['rank_s']:.1f} s to rank, "
            f"{batch_['explain_s']:.1f} s for the reasons of the ten best: "
            f"{sum(value for name, value in batch_.items() if name.endswith('_s')):.0f} s in all."
        ),
        "",
        "## Words of a long need",
        "",
        (
            f"The 100 longest needs against {max(built):,} technologies. The rarest words are "
            "looked up, until their postings (documents they stand in) reach a share of all "
            "documents. "
            "Kept: of the ten best by all words, how many are still among the "
            f"{CANDIDATES} candidates. First: how often the best one is the same."
        ),
        "",
        "| postings at most, each document | p50 | p95 | kept | first |",
        "|---:|---:|---:|---:|---:|",
        *(
            f"| {'all' if row['limit'] == max(POSTINGS) else row['limit']} "
            f"| {row['p50']:.1f} | {row['p95']:.1f} | {row['kept']:.3f} | {row['first']:.2f} |"
            for row in kept
        ),
        "",
        "## Against what one would take instead",
        "",
        (
            "The same rows, words, vectors and filter in the same run; only the search is timed. "
            "tantivy + numpy keeps all vectors in memory in single precision and compares "
            "every one."
        ),
        "",
        (
            "| technologies | dure p50 | dure p95 | tantivy + numpy p50 | p95 "
            "| LanceDB's hybrid query p50 | p95 | p95 dure : tantivy + numpy |"
        ),
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {size:,} | {_pair(answered[size]['search'])} | {_pair(figures['tantivy'])} "
            f"| {_pair(figures['hybrid'])} "
            f"| {answered[size]['search']['p95'] / figures['tantivy']['p95']:.1f} |"
            for size, figures in peer.items()
        ),
        "",
    ]
    return "\n".join(lines)


def _growth(built, answered) -> list[str]:
    if len(built) < 2:
        return []
    small, large = min(built), max(built)

    def factor(of: Callable[[int], float]) -> str:
        return f"{of(large) / max(of(small), 1e-9):.1f}"

    return [
        (
            f"From {small:,} to {large:,} technologies ({large / small:.0f} times): size on disk "
            f"x {factor(lambda size: built[size]['bytes'])}, indexing time "
            f"x {factor(lambda size: built[size]['index_s'])}, memory to build "
            f"x {factor(lambda size: built[size]['rss'])}, search p95 "
            f"x {factor(lambda size: answered[size]['search']['p95'])}."
        )
    ]


# Small things


def _open(folder: Path, size: int, dimension: int, **options: int) -> LanceIndex:
    path = folder / f"index-{size}-{dimension}"
    return LanceIndex(
        path, model_id=f"bench/{dimension}", dimension=dimension, columns=COLUMNS, **options
    )


def _recall(
    index: LanceIndex, queries: Sequence[matching.Query], vectors: Sequence[NDArray[np.float32]]
) -> dict[str, float]:
    """Approximate search against `search_many`, which compares every vector."""
    asked = [Query((), vector) for vector in vectors]
    exact = index.search_many(asked, where=VISIBLE, limit=CANDIDATES)
    shares: dict[int, list[float]] = {10: [], CANDIDATES: []}
    for query, truth in zip(asked, exact, strict=True):
        hits = index.search(words=(), vector=query.vector, where=VISIBLE, limit=CANDIDATES)
        kept_ids = {hit.id for hit in hits}
        ranked = [hit.id for hit in sorted(truth, key=lambda hit: -(hit.dense or 0))]
        for limit, share in shares.items():
            share.append(len(kept_ids & {*ranked[:limit]}) / len(ranked[:limit]))
    return {str(limit): float(np.mean(share)) for limit, share in shares.items()}


def _as_technology(id_: str, text: matching.Document) -> matching.Document:
    kind = matching.Kind.TECHNOLOGY
    return matching.Document(id_, text.title, text.body, kind, language="ko")


def _shaped(vectors: NDArray[np.float32], wide: bool) -> NDArray[np.float32]:
    """The vectors, or twice as wide ones that are as far from one another."""
    if not wide:
        return vectors
    return np.hstack([vectors, vectors[:, ::-1]]) / np.float32(np.sqrt(2))


def _times(work: Callable[[int], object], count: int = ASKED) -> dict[str, float]:
    """Percentiles in milliseconds of the middle one of some rounds, after ten calls to warm up.

    Of the 95th percentile also those of the best and of the worst round.
    """
    for i in range(10):
        work(count + i)
    taken = np.empty((ROUNDS, count))
    for turn in range(ROUNDS):
        for i in range(count):
            began = time.perf_counter()
            work(i)
            taken[turn, i] = (time.perf_counter() - began) * 1000
    p50, p95 = np.percentile(taken, [50, 95], axis=1)
    return {
        "p50": float(np.median(p50)),
        "p95": float(np.median(p95)),
        "best_p95": float(p95.min()),
        "worst_p95": float(p95.max()),
    }


def _pair(times: dict[str, float], between: str = " | ") -> str:
    return f"{times['p50']:.1f}{between}{times['p95']:.1f}"


def _range(times: dict[str, float]) -> str:
    return f"{times['best_p95']:.1f} to {times['worst_p95']:.1f}"


def _stage(name: str, folder: Path, size: int, *, wide: bool = False):
    command = [sys.executable, "-m", "benchmarks.matching_speed", "--stage", name]
    command += ["--folder", str(folder), "--sizes", str(size), *(["--wide"] if wide else [])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _rss(field: str = "VmRSS") -> int:
    """Memory of this process in bytes; VmHWM is its peak."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))


def _machine() -> str:
    names = [
        line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    return f"{os.cpu_count()} cores ({names[0].partition(':')[2].strip() if names else 'unknown'})"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--wide", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        result = STAGES[options.stage](options.folder, options.sizes[0], options.wide)
        print(json.dumps(result))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder is removed
    page = run(sorted(options.sizes))
    print(page)
    if options.write:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
