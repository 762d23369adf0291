"""kill -9 of any one process under `dure serve`, twice: the site goes on."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from dure.config import postgres, serving
from tests.config.test_killed_database import answers, free_port
from tests.migrated import fill
from tests.processes import dure, wait_until

pytestmark = pytest.mark.slow


def children_of(parent: int) -> dict[int, str]:
    """The processes that `parent` started, each with its command line."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
            if int(after_name[1]) == parent and after_name[0] != "Z":
                command = stat.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode()
                children[int(stat.parent.name)] = command
        except (FileNotFoundError, ProcessLookupError):  # ended meanwhile
            continue
    return children


def kinds_of(site: subprocess.Popen) -> dict[str, list[int]]:
    """The processes of a running site by kind."""
    kinds = {"web server": [], "web process": [], "worker": []}
    for pid, command in children_of(site.pid).items():
        if "granian" in command:
            kinds["web server"].append(pid)
            own = children_of(pid).items()
            kinds["web process"] += [
                child for child, command_line in own if "resource_tracker" not in command_line
            ]
        elif "worker" in command:
            kinds["worker"].append(pid)
    return kinds


@pytest.mark.enable_socket
def test_site_goes_on_when_any_child_dies_twice(empty_home, django_db_blocker):
    with django_db_blocker.unblock():
        fill(empty_home / "postgres")
    port = free_port()
    own = {"DURE_HOME": str(empty_home), "DURE_DEBUG": "1"}

    with dure("serve", "--port", str(port), "--processes", "2", **own) as site:
        wait_until(lambda: answers(port))
        for kind in ("web process", "web server", "worker") * 2:
            before = kinds_of(site)
            assert before[kind], f"there is no {kind}"
            os.kill(before[kind][0], signal.SIGKILL)

            def is_whole(kind=kind, before=before):
                now = kinds_of(site)
                is_new = before[kind][0] not in now[kind]
                counts = [len(now[role]) for role in ("web server", "web process", "worker")]
                return is_new and counts == [1, 2, 1] and answers(port)

            wait_until(is_whole, seconds=60)
            assert site.poll() is None
        families = kinds_of(site)
        site.kill()
        site.wait()
        everyone = [pid for pids in families.values() for pid in pids]
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in everyone), seconds=30)
    postgres.stop(empty_home / "postgres")


def test_child_that_never_comes_up_is_tried_ever_more_seldom():
    child = serving.Child("a child", ("-c", "raise SystemExit(1)"))
    starts = []
    for second in range(40):
        child.watch(float(second))
        if child.is_running:
            starts.append(second)
            child.wait()

    assert starts == [0, 3, 8, 17, 34]
    assert child.false_starts == serving.MOST_FALSE_STARTS
