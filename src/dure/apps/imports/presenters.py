"""What a check or an import of a spreadsheet found, for its page."""

from typing import Any

from dure.apps.imports.kinds import CHECKS, FIGURES
from dure.apps.jobs.models import Job
from dure.foundation.sheets import Problem


def checked_file(job: Job) -> dict[str, Any]:
    """What a check or an import of a spreadsheet found: problems, numbers, the first titles."""
    result = job.result
    problems = [Problem(**problem) for problem in result.get("problems", ())]
    count = result.get("problem_count", 0)
    figures = [
        {"number": f"{result.get(key, 0):,}", "label": FIGURES[key]}
        for key in ("rows", "new", "changed", "same")
    ]
    tone = "danger" if count else ""
    figures.append({"number": f"{count:,}", "label": FIGURES["problem_count"], "tone": tone})
    return {
        "is_check": job.kind in CHECKS,
        "problems": problems,
        "more_problems": count - len(problems),
        "figures": figures,
        "titles": result.get("titles", ()),
    }
