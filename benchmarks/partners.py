"""Whether the right partner and the right mentor stand first: `make bench-partners`.

Partners, on real choices: an agency writes what it needs, and a firm is chosen for it. The topics are
those of DURE_DATA whose award is from after 2013, the profiles what every firm was awarded until then,
so nothing of the choice itself stands in a profile. Once with all that a firm has done, once with two
sentences, as a partner or a mentor writes of itself. Mentors: the twelve wishes of the
demonstration over its ten firms that teach, invented, written as pairs.
"""

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.matching import SAMPLES, Bench, Pool, Task
from benchmarks.texts import DATA, records
from dure.engines.matching import Document, Kind
from dure.foundation.embedding import CachedEmbedder, cache_folder, embedder_named

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "partners-and-mentors.md"
LAST_YEAR = 2013
RANKERS = ("BM25 morphemes", "dense alone", "dure")
FREE_WISHES = (4, 2)  # which firm of the demonstration teaches what its two free wishes ask for
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_FORMS = re.compile(r"\b(inc|incorporated|llc|corp|corporation|ltd|co|company|lp)\b")


def firm_key(name: str) -> str:
    """A firm's name without its legal form, so that two spellings of it are one firm."""
    return " ".join(_FORMS.sub(" ", re.sub(r"[^a-z0-9]+", " ", name.lower())).split())


def partner_tasks(sentences: int | None) -> tuple[Task, list[Document]]:
    """Topics after the last year with the firms chosen for them, and the firms' profiles before."""
    awards = {award["id"]: award for award in records("sbir/awards.jsonl.gz")}
    chosen = defaultdict(list)
    for line in (DATA / "sbir" / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        topic, award = line.split("\t")
        chosen[topic].append(awards[award])
    profiles = _profiles(awards.values(), sentences)
    topics = {topic["id"]: topic for topic in records("sbir/topics.jsonl.gz")}
    queries, relevant = [], []
    for code, winners in sorted(chosen.items()):
        firms = {firm_key(award["firm"]) for award in winners} & profiles.keys()
        if firms and min(int(award["year"]) for award in winners) > LAST_YEAR:
            topic = topics[code]
            queries.append(Document(code, "", f"{topic['title']}\n{topic['text']}", Kind.NEED))
            relevant.append(firms)
    pool = [Document(firm, "", text, Kind.PROFILE) for firm, text in profiles.items()]
    return Task("partner", queries, relevant, "firms"), pool


def _profiles(awards: Iterable[dict[str, str]], sentences: int | None) -> dict[str, str]:
    """What each firm was awarded until the last year, the newest first, cut to so many sentences."""
    texts = defaultdict(list)
    for award in sorted(awards, key=lambda award: (-int(award["year"]), award["id"])):
        if int(award["year"]) <= LAST_YEAR:
            texts[firm_key(award["firm"])].append(award["text"])
    if sentences is None:
        return {firm: "\n".join(own) for firm, own in texts.items()}
    return {
        firm: " ".join(_SENTENCE.split(own[0].strip())[:sentences]) for firm, own in texts.items()
    }


def mentor_tasks() -> tuple[Task, list[Document]]:
    """The wishes of the demonstration, each with the firm that teaches it."""
    script = tomllib.loads((ROOT / "demo" / "mentoring.toml").read_text(encoding="utf-8"))
    wishes = [pair["wants"] for pair in script["pairs"]] + script["free"]
    right = [*range(len(script["pairs"])), *FREE_WISHES]
    queries = [Document(f"w{n}", "", text, Kind.NEED) for n, text in enumerate(wishes)]
    pool = [Document(f"t{n}", "", text, Kind.PROFILE) for n, text in enumerate(script["teaches"])]
    return Task("mentor", queries, [{f"t{n}"} for n in right], "mentors"), pool


def ranks_of(task: Task, pool: Pool, embedder: CachedEmbedder) -> dict[str, np.ndarray]:
    """Each ranker's rank of the first right profile for every query; 0 beyond the first ten."""
    ranks = Bench(task, pool, embedder).first_right()
    return {name: ranks[name] for name in RANKERS}


def table(name: str, ranks: dict[str, np.ndarray], profiles: int) -> list[str]:
    queries = len(next(iter(ranks.values())))
    rows = [
        f"### {name}", "", f"{queries} asked, {profiles} profiles.", "",
        "| ranker | MRR@10 | interval | first | of the first 5 | of the first 10 |",
        "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for ranker, placed in ranks.items():
        values = np.where(placed > 0, 1 / np.maximum(placed, 1), 0.0)
        random = np.random.default_rng(20261201)
        means = values[random.integers(0, len(values), (SAMPLES, len(values)))].mean(axis=1)
        low, high = np.percentile(means, (2.5, 97.5))
        shares = " | ".join(f"{np.mean((placed > 0) & (placed <= k)):.3f}" for k in (1, 5, 10))
        rows.append(f"| {ranker} | {values.mean():.3f} | {low:.3f} – {high:.3f} | {shares} |")
    return [*rows, ""]


def measured() -> list[str]:
    embedder = CachedEmbedder(embedder_named("bundled"), cache_folder() / "vectors.sqlite")
    lines = []
    for name, (task, documents) in {
        "Partners, all that a firm did until 2013": partner_tasks(None),
        "Partners, two sentences of what it did last": partner_tasks(2),
        "Mentors of the demonstration (invented)": mentor_tasks(),
    }.items():
        lines += table(name, ranks_of(task, Pool(documents, embedder), embedder), len(documents))
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    if not (DATA / "sbir").is_dir():
        sys.exit(f"no labelled data at {DATA}: set DURE_DATA")
    lines = "\n".join(measured())
    print(lines)
    if options.write:
        PAGE.write_text(f"{ABOUT}\n{lines}\n{TRIED}", encoding="utf-8")


ABOUT = """# How well partners and mentors fit

Made by `make bench-partners`; do not edit. Partners for a request, mentors for a firm, researchers for a firm and
firms of two industries are found by one function, `foundation/proposing.py`, which is the matching engine over
profiles: what is asked is the need, what a partner says of itself is the offer. Its weights are those of needs and
technologies; nothing was fitted anew.

## What was measured

**Partners, on real choices.** United States agencies wrote what they need, and a small firm was chosen for it. The
profile of every firm is what it was awarded until the end of 2013; asked are the topics awarded from 2014 on to a
firm that has a profile. So a profile holds nothing of the choice that it is judged by, as on the day on which somebody
really has to propose a partner. A firm that could have done it as well but was not chosen counts as wrong, and many
firms turn to new fields: these numbers are a lower bound. The engine ranks in the same run as plain word search and
meaning alone.

**Mentors, on the demonstration.** Twelve wishes over ten firms that teach, written as pairs by those who wrote the
platform, so it shows that nothing is broken and not how good it is.

MRR@10 with its 95 % bootstrap interval, and how often a right profile stands first, among five, among ten.
"""
TRIED = """## What there is no measure of

No labelled pairs of mentor and mentee, of researcher and firm, or of a Korean request and the partner who solved it
are among the data, and no public set known to us has them. What was looked at: Korean patents by applicant (three
universities hold three quarters of those with more than one, so “who works on this” would mean “which university is
large”); bids of reviewers and of one networking event (numbers without texts); requests for proposals (no word of who
was chosen). Reviewers and applications of the demonstration: [expertise](expertise.md). Needs and technologies:
[matching quality](matching-quality.md).

Nor does the engine know whether two people get on with each other: a coordinator decides, both firms answer, and their
reviews say how useful it was. With some hundred completed pairs these answers become the labels that are missing now.
"""


if __name__ == "__main__":
    main()
