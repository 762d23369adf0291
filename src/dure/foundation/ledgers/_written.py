"""Findings and the order of projects as CSV."""

import csv
import io
from collections.abc import Iterable

from dure.engines.auditing import Screening, sentence_of, signals

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_findings(screening: Screening, language: str) -> str:
    """`project,signal,level,score,sentence,rows`, best first; `language` is ko or en."""
    by_code = {signal.code: signal for signal in signals()}
    return _csv(
        ("project", "signal", "level", "score", "sentence", "rows"),
        (
            (
                finding.project,
                finding.signal,
                finding.level.value,
                f"{finding.score:.4f}",
                _plain(sentence_of(finding, by_code[finding.signal], language)),
                ";".join(finding.rows),
            )
            for finding in screening.findings
        ),
    )


def write_ranking(screening: Screening) -> str:
    """`project,rank,score`, every project."""
    return _csv(
        ("project", "rank", "score"),
        ((r.project, str(r.rank), f"{r.score:.6f}") for r in screening.ranking),
    )


def _plain(text: str) -> str:
    """A text that a spreadsheet would take for a formula, with a quotation mark in front."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _csv(headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return out.getvalue()
