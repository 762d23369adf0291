"""To which budget line a row of a statement belongs."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dure.apps.projects.adapter.rules import lines_of, rules_of
from dure.apps.projects.models import Project
from dure.engines import spending
from dure.foundation import programmes
from dure.foundation.sheets import bare
from dure.foundation.statements import StatementLine

Sort = Callable[[StatementLine], dict[str, str]]


def sorter_of(project: Project, before: Mapping[str, str]) -> Sort:
    """What proposes `purpose` and `line` for a row; `before` are the purposes of payees so far.

    What a list of RCMS says (세세목, 세목, 비목) counts first; where only its 비목 is known, the purpose
    is looked for among those of that line. Both are empty where nothing fits.
    """
    rules = rules_of(project, "spending")
    purposes = tuple(
        replace(purpose, names=tuple(map(bare, purpose.names)))
        for purpose in (programmes.purposes_of(rules) if rules else ())
    )
    own = {purpose.id: purpose.line for purpose in purposes}
    lines = {bare(line.name.ko): name for name, line in lines_of(project).items()}

    def sort(row: StatementLine) -> dict[str, str]:
        names = tuple(map(bare, row.listed_as))
        line = next((lines[name] for name in names if name in lines), "")
        purpose = spending.named(names, purposes)
        if purpose is None:
            fitting = [candidate for candidate in purposes if not line or candidate.line == line]
            known = before.get(row.payee)
            text = f"{row.payee} {row.shop} {row.what}"
            if known is not None and line and own.get(known) != line:
                known = None
            purpose = spending.propose(text, fitting, known)
        return {"purpose": purpose or "", "line": own.get(purpose or "", line)}

    return sort
