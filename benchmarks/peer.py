"""Beside a peer: what a list of 50 rows costs in pretalx and here, in one run.

pretalx (Apache-2.0) comes from PyPI into an environment of its own, `var/pretalx`; it is measured as
its users run it, with its own defaults. Counted is the processor time of the web server alone, so that
other work on the machine changes little. Its scripts, which it builds with npm, are left out.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
PEER = ROOT / "var" / "pretalx"
PINNED = ("pretalx==2025.2.2", "granian==2.8.7")
PORT = 8766
ROWS = 50
ROUNDS = 20

FILL = """
import datetime
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from pretalx.event.models import Event, Organiser
from pretalx.person.models import User
from pretalx.submission.models import Submission
user = User.objects.create_superuser(email="owner@bench.example", password="bench-only-1", name="o")
today = datetime.date(2027, 1, 1)
event = Event.objects.create(
    name="Bench", slug="bench", organiser=Organiser.objects.create(name="Bench", slug="bench"),
    date_from=today, date_to=today, timezone="Asia/Seoul", email="a@bench.example",
    locale_array="en", content_locale_array="en", locale="en",
)
event.build_initial_data()
for n in range(60):
    speaker = User.objects.create_user(email=f"s{n}@bench.example", name=f"Speaker {n}")
    Submission.objects.create(
        event=event, title=f"Heat recovery {n}", submission_type=event.cfp.default_type,
        state="submitted", content_locale="en", abstract="x" * 200,
    ).speakers.add(speaker)
store = import_module(settings.SESSION_ENGINE).SessionStore()
store[SESSION_KEY] = str(user.pk)
store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
store[HASH_SESSION_KEY] = user.get_session_auth_hash()
store.save()
print("SESSION", settings.SESSION_COOKIE_NAME, store.session_key)
"""


def peer_cost(home: Path) -> float:
    """Milliseconds of processor time for pretalx's list of 50 proposals; installs it if need be."""
    python = PEER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEER], check=True)
        install = ["-m", "uv", "pip", "install", "--quiet", "--python", str(python), *PINNED]
        subprocess.run([sys.executable, *install], check=True)
    environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    environment |= {
        "PRETALX_DATA_DIR": str(home),
        "PRETALX_SITE_URL": f"http://127.0.0.1:{PORT}",
    }
    manage = [str(python), "-m", "pretalx"]
    for step in (["migrate"], ["collectstatic", "--noinput"]):
        subprocess.run([*manage, *step], env=environment, check=True, capture_output=True)
    output = subprocess.run(
        [*manage, "shell", "--unsafe-disable-scopes", "-c", FILL],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    _, name, key = next(line for line in output.splitlines() if line.startswith("SESSION")).split()
    granian = [str(python.with_name("granian")), "pretalx.wsgi:application"]
    with serving(granian, environment) as server:
        return cost(server, "/orga/event/bench/submissions/", {name: key}, "Heat recovery")


def own_cost() -> float:
    """Milliseconds of processor time for our list of 50 technologies, in this process's home."""
    from benchmarks.pages import fill
    from dure.config.startup import with_django

    with_django()
    from django.conf import settings
    from django.test import Client

    from dure.apps.people.models import User
    from dure.config.serving import prepare

    prepare()
    fill(200)
    client = Client()
    client.force_login(User.objects.get(email="owner@bench.example"))
    name = settings.SESSION_COOKIE_NAME
    granian = [sys.executable, "-m", "granian", "dure.config.wsgi:application"]
    with serving(granian, dict(os.environ)) as server:
        cookies = {name: client.cookies[name].value}
        return cost(server, "/technologies/?size=50", cookies, "<tr>")


@contextmanager
def serving(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """One worker of the web server; its process id."""
    options = ["--interface", "wsgi", "--port", str(PORT), "--workers", "1", "--no-ws"]
    options += ["--blocking-threads", "1", "--log-level", "error"]
    web = subprocess.Popen([*command, *options], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{PORT}/", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.2)
        yield web.pid
    finally:
        web.terminate()
        web.wait()


def cost(server: int, path: str, cookies: dict[str, str], row: str) -> float:
    """Milliseconds of processor time that the server takes for a page of 50 rows, the mean of 20."""
    address = f"http://127.0.0.1:{PORT}"
    with httpx.Client(base_url=address, cookies=cookies, timeout=120) as client:
        for _ in range(3):
            page = client.get(path)
            page.raise_for_status()
            if (rows := page.text.count(row)) < ROWS:
                raise ValueError(f"{path} shows {rows} rows of {ROWS}")
        began = _spent(server)
        for _ in range(ROUNDS):
            client.get(path).raise_for_status()
        return (_spent(server) - began) * 1000 / ROUNDS


def _spent(process: int) -> float:
    """Seconds of processor time of a process and its children that live."""
    total = 0.0
    for pid in (process, *_children(process)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _children(process: int) -> Iterator[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for child in map(int, listed):
        yield child
        yield from _children(child)
