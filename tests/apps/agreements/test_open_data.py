"""Agreements and payments as foreign judges read them: OCDS 1.1 and a tabular data package."""

import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from frictionless import Package, system

from dure.apps.agreements import operations, queries
from dure.apps.agreements.presenters.data_package import data_package
from dure.apps.agreements.presenters.releases import release_package
from dure.apps.agreements.stages import AgreementStage
from tests.conftest import NOON

pytestmark = pytest.mark.django_db
SCHEMA = settings.DURE_DATA / "ocds" / "schema_1.1.5" if settings.DURE_DATA else None
LATER = NOON + timedelta(days=9)


@pytest.fixture
def agreements(cast):
    """One that was paid twice, one with a payment to come, and a draft that stays at home."""
    paid = cast.signed_agreement()
    cast.sign_all(cast.opened_agreement(budget=None, title="두 번째"))
    cast.drafted_agreement(title="비밀 초안")
    for number in (2, 1):
        operations.enter_payment(
            instalment=paid.instalments.get(number=number), paid_on=LATER.date(),
            by=cast["officer"], at=LATER,
        )  # fmt: skip
    return paid


def package_of(at=LATER):
    return release_package(
        queries.signed_agreements(), prefix="ocds-213czf", uri="https://example.org/ocds.json",
        publisher="두레", at=at,
    )  # fmt: skip


@pytest.mark.skipif(not SCHEMA or not SCHEMA.exists(), reason="DURE_DATA has no OCDS schema")
def test_libcoveocds_has_nothing_against_the_releases(agreements, tmp_path):
    package = package_of()
    judged = judged_by_libcoveocds(package, tmp_path)

    assert judged["version_used"] == "1.1"
    for what in (
        "validation_errors", "additional_fields", "deprecated_fields", "additional_checks",
        "additional_closed_codelist_values", "additional_open_codelist_values",
    ):  # fmt: skip
        assert not judged[what], what

    package["releases"][0]["contracts"][0]["value"]["amount"] = "3억 5천"
    assert judged_by_libcoveocds(package, tmp_path)["validation_errors"]


def judged_by_libcoveocds(package, folder):
    """Its judgement, from a process of its own; the standard it reads is a file, not the web."""
    file, standard = folder / "ocds.json", folder / "standard.zip"
    file.write_text(json.dumps(package), encoding="utf-8")
    with zipfile.ZipFile(standard, "w") as archive:
        archive.writestr("standard-1__1__5/", "")
        for schema in sorted(SCHEMA.rglob("*.*")):
            archive.write(schema, f"standard-1__1__5/schema/{schema.relative_to(SCHEMA)}")
    done = subprocess.run(
        [
            sys.executable, "-m", "libcoveocds", "--skip-aggregates", "--delete",
            "--output-dir", str(folder / "out"), "--standard-zip", str(standard), str(file),
        ],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.skipif(not SCHEMA or not SCHEMA.exists(), reason="DURE_DATA has no OCDS schema")
def test_ocdskit_knows_a_release_package_and_merges_it_with_the_one_before(agreements, tmp_path):
    before = package_of(at=LATER)
    operations.end(
        agreement=agreements, stage=AgreementStage.TERMINATED, reason="수요기관 철수",
        by=agreements.created_by, at=LATER + timedelta(days=1),
    )  # fmt: skip
    after = package_of(at=LATER + timedelta(days=1))
    packages = "\n".join(json.dumps(package) for package in (before, after))
    file = tmp_path / "ocds.json"
    file.write_text(json.dumps(after), encoding="utf-8")

    assert "release package" in ocdskit("detect-format", file)
    compiled = [
        json.loads(line)
        for line in ocdskit(
            "compile", "--schema", SCHEMA / "release-schema.json", stdin=packages
        ).splitlines()
    ]

    assert [release["ocid"] for release in compiled] == [
        release["ocid"] for release in after["releases"]
    ]
    merged, last = compiled[0]["contracts"][0], after["releases"][0]["contracts"][0]
    assert merged["status"] == last["status"] == "terminated"
    assert merged["implementation"] == last["implementation"]


def ocdskit(*arguments, stdin=""):
    """What ocdskit answers, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "ocdskit", *map(str, arguments)],
        input=stdin, capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    return done.stdout


def test_a_release_follows_the_money_from_payer_to_project(agreements):
    first, second = package_of()["releases"]

    [contract] = first["contracts"]
    paid = contract["implementation"]["transactions"]
    assert sum(transaction["value"]["amount"] for transaction in paid) == 270_000_000
    assert contract["value"] == {"amount": 350_000_000, "currency": "KRW"}
    assert {transaction["payer"]["id"] for transaction in paid} <= {
        party["id"] for party in first["parties"]
    }
    assert "implementation" not in second["contracts"][0]
    text = json.dumps(package_of(), ensure_ascii=False)
    assert "비밀 초안" not in text
    assert "123-456" not in text


def test_frictionless_has_nothing_against_the_package(agreements, tmp_path):
    zipfile.ZipFile(_written(tmp_path)).extractall(tmp_path / "out")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()

    assert report.valid, report.flatten(["type", "note"])
    assert [task.stats["rows"] for task in report.tasks] == [2, 6, 6, 2]


def test_a_broken_package_is_found(agreements, tmp_path):
    zipfile.ZipFile(_written(tmp_path)).extractall(tmp_path / "out")
    payments = tmp_path / "out" / "payments.csv"
    payments.write_text(payments.read_text().replace("2026-", "2026-9"), encoding="utf-8")

    with system.use_context(trusted=True):
        assert not Package(str(tmp_path / "out" / "datapackage.json")).validate().valid


@pytest.mark.parametrize("name", ["releases", "package"])
def test_office_and_auditors_take_them_and_nobody_else(as_role, agreements, name):
    address = reverse(f"agreements:{name}")

    assert as_role("auditor").get(address).status_code == 200
    assert as_role("supplier").get(address).status_code == 404


def _written(folder):
    path = folder / "package.zip"
    path.write_bytes(data_package(queries.signed_agreements(), at=LATER))
    return path
