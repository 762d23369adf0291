"""Files: which pages take them, how many at a time, and that some never touch a disk."""

import ast
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from dure.foundation.web._bodies import IN_MEMORY, MEASURED
from dure.foundation.web._uploads import place_of

ADDRESS, MEGABYTE = "/import/needs/upload/", 1024**2
SRC = Path(__file__).parents[3] / "src"


def send(client, content=b"x"):
    return client.post(ADDRESS, {"file": SimpleUploadedFile("needs.csv", content)})


@pytest.mark.django_db(transaction=True)
def test_few_files_of_one_account_are_read_at_once(as_role, cast, settings):
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        for place in range(settings.DURE_UPLOADS_AT_ONCE):
            cursor.execute("SELECT pg_advisory_lock(%s)", [place_of(cast["manager"].pk, place)])
        refused = send(as_role("manager"))
        of_another = send(as_role("supplier"))
        cursor.execute("SELECT pg_advisory_unlock(%s)", [place_of(cast["manager"].pk, 0)])
        taken = send(as_role("manager"))
    elsewhere.close()

    assert refused.status_code == 429
    assert refused["Retry-After"] == "5"
    assert "Wait a few seconds" in refused.content.decode()
    assert of_another.status_code == 302
    assert taken.status_code == 302


def views(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.callback


def test_every_page_that_reads_files_takes_files_of_full_size():
    """A page without the mark refuses everything above two megabytes."""
    marked = {
        (view.__module__, view.__name__)
        for view in views(get_resolver().url_patterns)
        if getattr(view, MEASURED, False)
    }
    unmarked = {
        (module, function)
        for module, function in readers_of_files()
        if (module, function) not in marked
    }

    assert unmarked == set()


def readers_of_files():
    """Views that read `request.FILES`, themselves or through a function beside them."""
    for path in (SRC / "dure/apps").rglob("views*/**/*.py"):
        yield from _readers(path)
    for path in (SRC / "dure/apps").rglob("views.py"):
        yield from _readers(path)


def _readers(path):
    module = ".".join(path.relative_to(SRC).with_suffix("").parts)
    source = path.read_text()
    functions = [
        statement for statement in ast.parse(source).body if isinstance(statement, ast.FunctionDef)
    ]
    own = {
        function.name
        for function in functions
        if "request.FILES" in ast.get_source_segment(source, function)
    }
    helpers = {name for name in own if name.startswith("_")}
    for function in functions:
        called = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
        decorators = " ".join(map(ast.unparse, function.decorator_list))
        if "POST" in decorators and (function.name in own or called & helpers):
            yield module, function.name


def test_some_files_never_touch_a_disk(as_role, cast, monkeypatch):
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", None)
    file = SimpleUploadedFile("계획서.pdf", b"%PDF-1.4\n" + b"x" * 3 * MEGABYTE)

    answer = as_role("supplier").post(reverse("papers:new"), {"file": file})

    assert answer.status_code in (200, 422)
    assert all(
        getattr(view, IN_MEMORY, False)
        for view in views(get_resolver().url_patterns)
        if getattr(view, MEASURED, False)
        and view.__module__.startswith(("dure.apps.applications", "dure.apps.papers"))
    )
