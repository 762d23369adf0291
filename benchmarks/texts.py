"""Real texts for the benchmarks: those of DURE_DATA when it is there, else the bundled demo."""

import csv
import gzip
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("DURE_DATA", ROOT.parent / "shared" / "data"))


def real_texts() -> tuple[list[str], str]:
    """Texts of offers and needs, and where they are from."""
    if (DATA / "ko_patents" / "patents.jsonl").exists():
        patents = _json_lines(DATA / "ko_patents" / "patents.jsonl")
        requests = _json_lines(DATA / "ko_rfp" / "rfps.jsonl")
        awards = islice(_json_lines(DATA / "sbir" / "awards.jsonl.gz"), 4000)
        texts = [f"{patent['title_ko']}. {patent['abstract_ko']}" for patent in patents]
        for request in requests:
            texts += [str(request[part]) for part in ("need", "goal", "concept", "content")]
        texts += [award["text"] for award in awards]
        return texts, "Korean patents, requests for proposals and US small-business awards"
    rows = [*table("technologies"), *table("needs")]
    texts = [f"{row['title']}. {row['body']}" for row in rows]
    texts += [row["body_en"] for row in rows if row.get("body_en")]
    return texts, "the bundled demo data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a sheet of the bundled demo."""
    with (ROOT / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _json_lines(path: Path) -> Iterator[dict[str, str]]:
    written = path.read_bytes()
    text = (gzip.decompress(written) if path.suffix == ".gz" else written).decode("utf-8")
    return (json.loads(line) for line in text.split("\n") if line)
