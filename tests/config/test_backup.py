"""`dure backup` and `dure restore`: the whole site as one file, and back."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from django.db import transaction
from psycopg import sql

import dure_verify
from dure.apps.records.operations import record, seal
from dure.config import env, postgres
from dure.config.archive import BadArchive, Description, Reader, Writer
from dure.config.cli import main
from tests.apps.records.conftest import TEST
from tests.conftest import NOON
from tests.migrated import fill
from tests.processes import database_url, dure, kill, wait_until

OURS = Description(version="0.1.0", created_at="2026-11-30T00:00:00+00:00")
# What the end of a restore adds: the job that builds the search index.
QUEUE = {"jobs_job", "procrastinate_jobs", "procrastinate_events"}
OPEN_PAGES = """
import sys
from dure.config.startup import with_django
with_django()
from django.test import Client
from dure.apps.people.models import User
client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.get(email=sys.argv[1]))
for address in sys.argv[2:]:
    page = client.get(address, follow=True)
    print(address, page.status_code, "배기열" in page.content.decode())
"""


def rows(address: str) -> dict[str, list[tuple]]:
    """The rows of every table, in one order."""
    with psycopg.connect(address) as connection:
        names = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        return {
            name: connection.execute(
                sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(name))
            ).fetchall()
            for (name,) in names
        }


def embedded(home: Path) -> str:
    """The address of the database under a home."""
    return psycopg.conninfo.make_conninfo(**postgres.connection(home / "postgres"))


def run(home: Path, *arguments: str, database: str = "") -> str:
    """What a `dure` command in a process of its own says; fails when it does."""
    own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    given = {"DATABASE_URL": database} if database else {}
    ran = subprocess.run(
        [sys.executable, *arguments],
        env={**own, **given, "DURE_HOME": str(home), "DURE_DEBUG": "1"},
        cwd=env.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def refusal(home: Path, *arguments: str) -> str:
    """What a `dure` command says that is refused before it needs a database."""
    result = CliRunner().invoke(main, arguments, env={"DURE_HOME": str(home), "DATABASE_URL": None})
    assert result.exit_code == 1
    assert not (home / "postgres").exists()
    return " ".join(result.output.split())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_site_comes_back_in_an_empty_home(cast, empty_home, tmp_path):
    need = cast.need(title="배기열 회수")
    source, file = tmp_path / "source", tmp_path / "site.zip"
    (source / "uploads" / "imports").mkdir(parents=True)
    (source / "uploads" / "imports" / "시트.csv").write_bytes(b"a,b")
    (source / "secret-key").write_text("of this site alone")
    (source / "index").mkdir()
    (source / "index" / "derived").write_text("")
    before = rows(database_url())

    run(source, "-m", "dure.config.cli", "backup", str(file), database=database_url())
    output = run(empty_home, "-m", "dure.config.cli", "restore", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert str(empty_home) in output
    after = rows(embedded(empty_home))
    assert after.keys() == before.keys()
    assert {name for name in before if after[name] != before[name]} == QUEUE
    assert all({*before[name]} <= {*after[name]} for name in QUEUE)
    assert (empty_home / "uploads" / "imports" / "시트.csv").read_bytes() == b"a,b"
    assert (empty_home / "secret-key").read_text() == "of this site alone"
    assert not (empty_home / "index").exists()
    addresses = ("/", f"/needs/{need.pk}/")
    pages = run(empty_home, "-c", OPEN_PAGES, cast["officer"].email, *addresses)
    assert [line.split()[1] for line in pages.splitlines()] == ["200", "200"]
    assert pages.splitlines()[1].endswith("True")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_sealed_record_comes_back_whole_in_an_empty_home(empty_home, tmp_path, settings):
    """What was recorded and signed before holds after, its keys come along, and it goes on."""
    source, file, kept = tmp_path / "source", tmp_path / "site.zip", tmp_path / "checkpoint"
    settings.DURE_KEYS = str(source / "keys")
    for n in range(300):
        with transaction.atomic():
            record(kind=TEST, about=f"test:{n}", content={"n": n}, by=None, at=NOON)
    checkpoint = seal(at=NOON)
    kept.write_text(checkpoint.note)
    records = ("-m", "dure.config.cli", "records")

    run(source, "-m", "dure.config.cli", "backup", str(file), database=database_url())
    run(empty_home, "-m", "dure.config.cli", "restore", str(file))

    output = run(empty_home, *records, "verify", "--against", str(kept))
    assert output == "301 entries, 0 faults\n"
    proof = tmp_path / "proof.zip"
    run(empty_home, *records, "prove", "7", "-o", str(proof))
    assert dure_verify.main([str(proof)]) == 0
    with psycopg.connect(embedded(empty_home)) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE records_entry SET leaf = leaf || ' ' WHERE about = 'test:7'")
    ran = subprocess.run(
        [sys.executable, *records, "verify"],
        env={**os.environ, "DATABASE_URL": "", "DURE_HOME": str(empty_home), "DURE_DEBUG": "1"},
        cwd=env.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[-1] == "first bad entry: no. 8"


@pytest.mark.slow
def test_a_restore_killed_in_the_middle_changes_nothing(empty_home, tmp_path, django_db_blocker):
    with django_db_blocker.unblock():
        fill(empty_home / "postgres")
    file, upload = tmp_path / "site.zip", empty_home / "uploads" / "a.txt"
    upload.parent.mkdir()
    upload.write_text("saved")
    run(empty_home, "-m", "dure.config.cli", "backup", str(file))
    saved = rows(embedded(empty_home))
    upload.write_text("newer")
    insert = "INSERT INTO django_content_type (app_label, model) VALUES ('newer', 'row')"
    restore = ("restore", "--replace", str(file))

    with psycopg.connect(embedded(empty_home)) as reader:
        reader.execute(insert)
        reader.commit()
        newer = rows(embedded(empty_home))
        reader.execute("SELECT * FROM django_content_type")  # keeps the table from being dropped
        with dure(*restore, DURE_HOME=str(empty_home), DATABASE_URL="") as process:
            waits = "SELECT FROM pg_locks WHERE NOT granted"
            wait_until(lambda: reader.execute(waits).fetchone() is not None)
            kill(process)

    assert rows(embedded(empty_home)) == newer
    assert upload.read_text() == "newer"
    run(empty_home, "-m", "dure.config.cli", *restore)
    restored = rows(embedded(empty_home))
    assert {name for name in saved if restored[name] != saved[name]} == QUEUE
    assert upload.read_text() == "saved"
    assert not (empty_home / ".restoring").exists()


def archive(path: Path, *names: str, mode: int = 0o100644, description=OURS) -> Path:
    """An archive with files of these names, by hand."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("dure.json", description.model_dump_json())
        file.writestr("database.dump", os.urandom(2000))
        for name in names:
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            file.writestr(member, "content")
    return path


@pytest.mark.parametrize(
    "name",
    [
        "home/../outside",
        "home//etc/passwd",
        "/etc/passwd",
        "home/uploads/../../outside",
        "home/./a",
        "home/",
        "home/a\\..\\b",
        "home/postgres/data/pg_hba.conf",
        "home/.restoring/home/a",
        "elsewhere",
    ],
)
def test_a_name_that_no_backup_has_is_refused(tmp_path, name):
    file = archive(tmp_path / "site.zip", name)

    assert "which no backup has" in refusal(tmp_path / "home", "restore", str(file))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("mode", [0o120777, 0o040755, 0o010644, 0o100000])
def test_only_plain_files_come_in(tmp_path, mode):
    with pytest.raises(BadArchive, match="which no backup has"):
        Reader(archive(tmp_path / "site.zip", "home/a", mode=mode))


def test_a_file_cannot_be_a_folder_as_well(tmp_path):
    with pytest.raises(BadArchive, match="inside another file"):
        Reader(archive(tmp_path / "site.zip", "home/a", "home/a/b"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused(tmp_path):
    with pytest.raises(BadArchive, match="two files of one name"):
        Reader(archive(tmp_path / "site.zip", "home/a", "home/a"))


def test_every_flipped_byte_of_the_database_is_found(tmp_path):
    whole = archive(tmp_path / "site.zip", "home/uploads/a").read_bytes()
    start = whole.index(b"database.dump") + len("database.dump")

    for place in range(start, start + 2000, 97):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        (tmp_path / "damaged.zip").write_bytes(damaged)

        with pytest.raises(BadArchive, match=r"damaged at 'database\.dump'"):
            Reader(tmp_path / "damaged.zip")


@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.999])
def test_an_archive_that_was_cut_is_refused_before_anything_is_written(tmp_path, share):
    file = archive(tmp_path / "site.zip", "home/uploads/a")
    content = file.read_bytes()
    file.write_bytes(content[: int(share * len(content))])

    assert "cannot be read to its end" in refusal(tmp_path / "home", "restore", str(file))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not understood"),
        ('{"format": 2, "version": "1", "created_at": ""}', "Input should be 1"),
        (f'{{"version": "1", "created_at": "{"x" * 10_000}"}}', "too long"),
    ],
)
def test_a_description_that_is_none_is_refused(tmp_path, text, message):
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as file:
        file.writestr("dure.json", text)
        file.writestr("database.dump", "")

    with pytest.raises(BadArchive, match=message):
        Reader(tmp_path / "site.zip")


def test_a_foreign_archive_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("a.txt", "")

    assert "is no backup" in refusal(tmp_path / "home", "restore", str(tmp_path / "other.zip"))


def test_a_backup_of_a_later_dure_is_refused(tmp_path):
    later = Description(version="99.10", created_at="")
    file = archive(tmp_path / "site.zip", description=later)

    assert "update first" in refusal(tmp_path / "home", "restore", str(file))


def test_a_home_that_is_not_empty_stays_as_it_is(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "secret-key").write_text("mine")

    refused = refusal(home, "restore", str(archive(tmp_path / "site.zip", "home/secret-key")))

    assert "not empty; --replace" in refused
    assert (home / "secret-key").read_text() == "mine"


@pytest.mark.parametrize(
    ("place", "message"), [("old.zip", "there already"), ("home/site.zip", "inside the home")]
)
def test_a_backup_overwrites_nothing_and_does_not_save_itself(tmp_path, place, message):
    (tmp_path / "home").mkdir()
    (tmp_path / "old.zip").write_text("old")

    assert message in refusal(tmp_path / "home", "backup", str(tmp_path / place))
    assert (tmp_path / "old.zip").read_text() == "old"


def test_a_file_that_comes_while_the_database_is_saved_is_in_the_archive(tmp_path):
    home, file = tmp_path / "home", tmp_path / "site.zip"
    (home / "uploads").mkdir(parents=True)
    (home / "uploads" / "first").write_text("1")

    with file.open("wb") as target, Writer(target, OURS) as written:
        written.add_new_files(home)
        (home / "uploads" / "second").write_text("2")
        written.add_database(io.BytesIO(b"dump"))
        written.add_new_files(home)

    (tmp_path / "new").mkdir()
    Reader(file).extract_files(tmp_path / "new")
    files = {path.name: path.read_text() for path in (tmp_path / "new" / "uploads").iterdir()}
    assert files == {"first": "1", "second": "2"}
