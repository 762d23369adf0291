"""Real texts for the benchmarks: those of DURE_DATA when it is there, else the bundled demo."""

import csv
import gzip
import json
from itertools import islice
from pathlib import Path

from dure.config import env

DATA = env.real_data() or Path("data")


def real_texts() -> tuple[list[str], str]:
    """Texts of offers and needs, and where they are from."""
    if (DATA / "ko_patents" / "patents.jsonl").exists():
        patents = records("ko_patents/patents.jsonl")
        requests = records("ko_rfp/rfps.jsonl")
        awards = islice(records("sbir/awards.jsonl.gz"), 4000)
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
    with (env.ROOT / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def records(name: str) -> list[dict[str, str]]:
    """The lines of a .jsonl file of DURE_DATA, packed or not."""
    content = (DATA / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return [json.loads(line) for line in text.decode().split("\n") if line]
