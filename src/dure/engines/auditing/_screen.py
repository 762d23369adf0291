"""A run: every signal that can look, and the projects in their order."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from dure.engines.auditing._model import Finding, Ledger, Screening, Signal, Silent
from dure.engines.auditing._rank import rank
from dure.engines.auditing._signals import find_of, signals

_OWN = ("project", "score", "rows")


def screen(
    ledger: Ledger,
    *,
    codes: Collection[str] | None = None,
    parameters: Mapping[str, Mapping[str, Any]] | None = None,
    done: Callable[[int, int], None] = lambda part, whole: None,
) -> Screening:
    """Look at every project with every signal whose columns are there, or with those of `codes`.

    `parameters` replaces some of those in the signals' files; `done` hears of each signal. The same
    ledger gives the same answer, whatever the order of its rows.
    """
    every = [s for s in signals() if codes is None or s.code in codes]
    silent: list[Silent] = []
    findings: list[Finding] = []
    for number, signal in enumerate(every, 1):
        if missing := tuple(need for need in signal.needs if need not in ledger.columns):
            silent.append(Silent(signal.code, missing))
        else:
            changed = (parameters or {}).get(signal.code, {})
            findings += _findings(signal, ledger, {**signal.parameters, **changed})
        done(number, len(every))
    ranking = rank(_totals(ledger), findings)
    order = {ranked.project: ranked.rank for ranked in ranking}
    findings.sort(key=lambda f: (order[f.project], -f.score, f.signal, f.rows))
    return Screening(tuple(findings), ranking, tuple(silent))


def _totals(ledger: Ledger) -> dict[str, int]:
    """The money of every project, 0 where it is not known."""
    known = ledger.projects.select("id", total=ledger.projects.total.fill_null(0)).to_pyarrow()
    return dict(zip(known["id"].to_pylist(), known["total"].to_pylist(), strict=True))


def _findings(signal: Signal, ledger: Ledger, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    table = find_of(signal)(ledger, parameters)
    for line in table.to_pyarrow().to_pylist():
        facts = {name: value for name, value in line.items() if name not in _OWN}
        rows = tuple(sorted(line["rows"].split(";"), key=lambda row: (len(row), row)))
        yield Finding(
            line["project"], signal.code, signal.level, round(line["score"], 4), rows, facts
        )
