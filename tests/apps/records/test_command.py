"""`dure records` and `dure-verify` as an operator and a judge call them."""

import pytest
from click.testing import CliRunner
from django.db import connection

import dure_verify
from dure.apps.records.models import Checkpoint
from dure.apps.records.operations import seal
from dure.config.records_command import records_command
from tests.apps.records.conftest import recorded
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def run(*arguments):
    ran = CliRunner().invoke(records_command, [str(argument) for argument in arguments])
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return ran.exit_code, ran.output


def test_the_first_bad_entry_is_named(tmp_path):
    for n in range(1, 6):
        recorded(n)
    seal(at=NOON)
    kept = tmp_path / "checkpoint"
    kept.write_text(Checkpoint.objects.get().note)
    assert run("verify", "--against", kept) == (0, "6 entries, 0 faults\n")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE records_entry SET leaf = leaf || ' ' WHERE about = 'test:3'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    code, output = run("verify", "--against", kept)
    assert code == 1
    assert output.splitlines()[0].startswith("ENTRY_CHANGED  no. 3")
    assert output.splitlines()[-1] == "first bad entry: no. 3"

    kept.write_text("no checkpoint")
    assert run("verify", "--against", kept)[0] == 1


def test_a_proof_is_written_and_checked(tmp_path, capsys):
    recorded(1)
    path = tmp_path / "proof.zip"
    code, output = run("prove", 1, "-o", path)
    assert (code, path.exists()) == (0, True), output

    assert dure_verify.main([str(path)]) == 0
    assert "증명이 맞아요" in capsys.readouterr().out
    assert dure_verify.main([str(path), "--file", str(tmp_path / "none")]) == 2
    assert dure_verify.main([str(tmp_path / "none.zip")]) == 2
    assert run("prove", 99, "-o", path)[0] == 1


def test_a_checkpoint_and_a_key_by_hand():
    recorded(1)
    assert run("seal") == (0, "checkpoint on 2 entries\n")
    assert run("seal") == (0, "nothing to sign\n")
    code, output = run("new-key", "--overlap", 30)
    assert code == 0
    assert "publish this key" in output
