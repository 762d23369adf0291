"""The real set: requests for proposals as needs and patents as technologies, sources named.

None of it is in the repository; it is read from `DURE_DATA` and goes through the spreadsheet
import like any other file.
"""

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from dure.apps.catalog import operations as catalog
from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.stages import NeedStage
from dure.apps.people import operations as people
from dure.apps.people.models import Organisation, OrganisationKind, User
from dure.foundation.demo import Demonstration

MINISTRIES = "관계부처 연구개발 공고"
PERSONS = "개인 출원인"
# Parts of an applicant's name that tell its kind, the first that fits.
KIND_BY_NAME = (
    (("산학협력단", "대학교", "대학"), OrganisationKind.UNIVERSITY),
    (("연구원", "과학원", "연구소"), OrganisationKind.INSTITUTE),
    (("공사", "공단", "진흥원", "재단법인", "병원"), OrganisationKind.PUBLIC),
    (("삼성", "현대", "두산", "한화", "기아", "포스코", "엘지"), OrganisationKind.LARGE),
    (("주식회사", "(주)", "㈜", "유한회사", "Inc", "Ltd"), OrganisationKind.SME),
)


def load(demonstration: Demonstration, officer: User, second: User) -> None:
    """Load what lies under DURE_DATA, entered by `officer` and published by `second`."""
    folder, say = demonstration.real_data, demonstration.say
    rfps = folder / "ko_rfp" / "rfps.jsonl"
    patents = folder / "ko_patents" / "patents.jsonl"
    if not (rfps.exists() and patents.exists()):
        say(f"{folder} holds no requests for proposals and patents; going on without.")
        return
    needs = list(_needs(_lines(rfps)))
    technologies = list(_technologies(_lines(patents)))
    for name in sorted({row["organisation"] for row in [*needs, *technologies]}):
        _organisation(name, second)
    for kind, rows in (("needs", needs), ("technologies", technologies)):
        say(f"Real data: {len(rows):,} {kind}")
        _import(demonstration, kind, rows, officer)
    for model in (Need, Technology):
        waiting = model.objects.filter(stage=NeedStage.UNDER_REVIEW).exclude(source="")
        catalog.publish(entries=waiting, by=second, at=timezone.now())


def kind_of(name: str) -> OrganisationKind | None:
    """What kind of organisation an applicant's name tells of; None for a person's name."""
    for parts, kind in KIND_BY_NAME:
        if any(part in name for part in parts):
            return kind
    return None


def _needs(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        body = "\n\n".join(part for part in (row["need"], row["goal"], row["content"]) if part)
        if body.strip():
            yield {
                "external_id": row["id"],
                "organisation": MINISTRIES,
                "title": row["title"][:300],
                "body": body[:20_000],
                "keywords": row["kw_ko"].replace(",", ";"),
                "source": f"2025년 연구개발과제 공고: {row['doc']}"[:300],
            }


def _technologies(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        applicant = row["applicant"].split("|")[0].strip()
        if row["abstract_ko"].strip():
            yield {
                "external_id": row["id"],
                "organisation": applicant[:200] if kind_of(applicant) else PERSONS,
                "title": row["title_ko"][:300],
                "title_en": row["title_en"][:300],
                "body": row["abstract_ko"][:20_000],
                "source": f"특허청 공개특허공보 {row['id']} ({row['status']})",
            }


def _organisation(name: str, by: User) -> None:
    if Organisation.objects.filter(name=name).exists():
        return
    kind = OrganisationKind.AGENCY if name == MINISTRIES else kind_of(name)
    organisation = Organisation.objects.create(
        name=name, kind=kind or OrganisationKind.SME, other_id=f"공개자료: {name}"[:100]
    )
    people.verify_organisation(organisation=organisation, by=by, at=timezone.now())


def _import(
    demonstration: Demonstration, kind: str, rows: list[dict[str, Any]], officer: User
) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        arguments = {"kind": kind, "path": file.name}
        title = f"Real {kind}"
        job = demonstration.run_job(
            kind="import_sheet", title=title, arguments=arguments, by=officer
        )
    if job.result.get("problem_count"):
        raise ValueError(f"{kind}: {job.result['problems'][:3]}")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
