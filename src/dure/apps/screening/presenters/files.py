"""What was seen in files, as pages show it."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dure.apps.screening import adapter
from dure.apps.screening.models import FilePlace, FileRun
from dure.apps.screening.presenters.findings import TONES
from dure.foundation.ledgers import EXPENSES, PROJECTS, RELATIONS

# What foundation/ledgers says of files, so that it stands in the catalogue of translations.
_REMEDIES = (
    gettext_noop("Use .parquet, .csv, .csv.gz or .xlsx."),
    gettext_noop("This is no Parquet file."),
    gettext_noop("The file is damaged."),
    gettext_noop("The file is empty."),
    gettext_noop("The file cannot be read: {cause}"),
    gettext_noop("The file unpacks to more than {megabytes} MB."),
    gettext_noop("There are {cells} cells under {headers} headers."),
    gettext_noop("The text is neither UTF-8 nor CP949. Save it as “CSV UTF-8” in Excel."),
    gettext_noop("This number stands in {count} rows. Give each row its own."),
    gettext_noop(
        "Row {row} and {more} more are of a project that the file of projects does not hold."
    ),
    gettext_noop("There are headers but no rows."),
    gettext_noop("This column is there twice."),
    gettext_noop("This column is missing."),
    gettext_noop("This cell must be filled."),
    gettext_noop("Write whole won, digits only, such as 1500000."),
    gettext_noop("Write a whole number."),
    gettext_noop("Write a date such as 2026-03-31."),
    gettext_noop("Write a time of day such as 18:30."),
    gettext_noop("Write 1 or 0."),
    gettext_noop("Write a number such as 35."),
)


def columns_of_files() -> list[dict[str, Any]]:
    """The columns of each file in the reader's words; of the expenses with the signals they serve."""
    served: dict[str, int] = Counter(
        need for signal in adapter.signals().values() for need in signal.needs
    )
    parts = (("", _("Expenses"), EXPENSES), ("projects.", _("Projects"), PROJECTS),
             ("relations.", _("Relations of firms and vendors"), RELATIONS))  # fmt: skip
    return [
        {
            "part": name,
            "column": column.header_en if adapter.language() == "en" else column.header_ko,
            "code": column.name,
            "is_required": column.is_required,
            "signals": served[f"{prefix}{column.name}"],
        }
        for prefix, name, columns in parts
        for column in columns
    ]


def faults_of(run: FileRun) -> list[dict[str, Any]]:
    """What is wrong with the files: which one, row, column, what stands there, what to do."""
    return [{**fault, "fix": _(fault["remedy"]).format(**fault["named"])} for fault in run.faults]


def file_findings_of(place: FilePlace) -> list[dict[str, Any]]:
    """The signals of a project with the first of their rows, the strongest first."""
    return [
        {
            "finding": finding,
            "words": adapter.signals()[finding.signal].words[adapter.language()],
            "sentence": adapter.sentence(finding),
            "tone": TONES[finding.level],
            "rows": sorted(finding.rows, key=lambda row: (row["date"], row["row"])),
            "others": finding.row_count - len(finding.rows),
        }
        for finding in place.findings.all()
    ]


def file_places_sheet(places: Any) -> dict[str, Any]:
    """The list of a run over files, one finding in a row."""
    headers = [_("Rank"), _("Project"), _("Score"), _("Signal"), _("What was seen"), _("Rows")]
    rows = [
        [
            place.rank, place.key, round(place.score, 2), adapter.name(finding.signal),
            adapter.sentence(finding), "; ".join(row["row"] for row in finding.rows),
        ]
        for place in places
        for finding in place.findings.all()
    ]  # fmt: skip
    return {"title": _("Screening of files"), "headers": headers, "rows": rows}
