"""The app of the page “Add an app” is built from the page, keeps the contracts, and runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-an-app.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^`([^`\n]+)`[^\n]*\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def put_beside(path: Path, line: str, mark: str) -> None:
    """Write a line of the page before the one of its neighbour."""
    text = path.read_text(encoding="utf-8")
    assert mark in text
    path.write_text(text.replace(mark, line + mark, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the project with the app of the page in it."""
    copy = tmp_path_factory.mktemp("house")
    files = (
        "programmes", "councils", "designations", "promotion-plans", "roadmaps", "operators",
        "support",
    )  # fmt: skip
    for name in ("src", "tests", "demo", "docs", *files):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    blocks = dict(BLOCK.findall(PAGE))
    put_beside(
        copy / "src/dure/config/settings.py",
        blocks.pop("src/dure/config/settings.py"),
        '    "dure.foundation",\n',
    )
    put_beside(copy / "pyproject.toml", blocks.pop("pyproject.toml").strip() + " ", '"jobs", ')
    for name, content in blocks.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(content, encoding="utf-8")
    for package in ("src/dure/apps/feedback", "src/dure/apps/feedback/migrations"):
        (copy / package).mkdir(exist_ok=True)
        (copy / package / "__init__.py").touch()
    (copy / "tests/apps/feedback/__init__.py").touch()
    run(copy, "django", "makemigrations", "feedback", "--settings=dure.config.settings")
    return copy


def run(copy: Path, module: str, *arguments: str) -> str:
    """What a command of the copy says. Raises AssertionError when it fails."""
    code = f"import sys; sys.path.insert(0, {str(copy / 'src')!r}); import runpy; "
    code += f"sys.argv = {[module, *arguments]!r}; "
    code += f"runpy.run_module({module!r}, run_name='__main__')"
    # The copy starts a server of its own, also where this test runs in a worker.
    own = {name: value for name, value in os.environ.items() if "XDIST" not in name}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy, env=own, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_app_keeps_the_contracts(house):
    code = "from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    prepared = f"import sys; sys.path.insert(0, {str(house / 'src')!r}); {code}"
    done = subprocess.run(
        [sys.executable, "-c", prepared], cwd=house, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-3000:]
    assert "dure.apps.feedback" not in done.stdout  # nothing is broken, so nothing is named


@pytest.mark.slow
def test_the_app_runs_as_the_page_says(house):
    output = run(
        house, "pytest", "-p", "no:randomly", "-q", "-n", "0", "-c", "pyproject.toml",
        "tests/apps/feedback", "tests/architecture/test_shape.py",
    )  # fmt: skip

    assert "passed" in output
