"""Every route of the site, asked by every role: what each gets stands in the app's access.csv.

A route that is missing from the table, or that answers otherwise, fails. After a wanted change
look at the difference of `DURE_WRITE_ACCESS=1 pytest tests/roles`, line by line.
"""

import csv
import os
import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import ROLES
from tests.roles.conftest import FOLDERS

HERE = Path(__file__).with_name("access.csv")
# Routes of libraries with tests of their own; ours is only their look.
FOREIGN = ("account_", "mfa_", "socialaccount_", "openid_connect_", "set_language", "ui:", "api:")
METHODS = ("GET", "POST")


def routes(patterns=None, prefix="", namespace=""):
    """(name, address with <parameters>) of every route of the site."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", address


def ours():
    return sorted({(n, a) for n, a in routes() if not n.startswith((*FOREIGN, "None"))})


def app_of(name):
    """The app that a route belongs to; empty for those of the whole site."""
    return name.rpartition(":")[0]


APPS = sorted({app_of(name) for name, _address in ours()})


def filled(name, address, world):
    """The address with the ids of the world in the place of its parameters."""

    def value(match):
        parameter = match.group(1).split(":")[-1]
        if parameter == "pk":
            parameter = max((key for key in world if stands_for(key, name)), key=len)
        return str(world.get(f"{name}:{parameter}", world.get(parameter)))

    return "/" + re.sub(r"<([^>]+)>", value, address).lstrip("/")


def stands_for(key, name):
    """Whether a key of the world is a route's name, or a whole beginning of it: `app:`, `app:thing_`.

    «meeting» does not speak for «meeting_new», whose id is that of the group.
    """
    return key == name or (":" in key and key.endswith((":", "_")) and name.startswith(key))


def outcome(client, method, path, before):
    """What a role gets, in a word, and how many rows are written by now, as they were `before`.

    Whatever it changed is taken back.
    """
    with transaction.atomic():
        answer = client.generic(method, path, b"", "application/x-www-form-urlencoded")
        written = rows_written()
        transaction.set_rollback(True)
    if answer.status_code in (301, 302):
        went = "sign in" if "/accounts/login/" in answer["Location"] else "moves on"
    else:
        went = "in" if answer.status_code in (200, 204) else str(answer.status_code)
    return (f"{went}, changes" if written > before else went), written


def rows_written():
    """How many rows this transaction has written so far, also those taken back, no sessions.

    The same as in pg_stat_xact_user_tables, without the scans that the view counts besides.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND relname <> 'django_session'"
        )
        return int(cursor.fetchone()[0] or 0)


def outcomes(clients, method, path):
    """What each role gets, in the order of ROLES."""
    words, written = [], rows_written()
    for role in ROLES:
        word, written = outcome(clients[role], method, path, written)
        if word == "405" and not words:  # the method is refused before anybody is looked at
            return [word] * len(ROLES)
        words.append(word)
    return words


@pytest.mark.slow
@pytest.mark.usefixtures("each_paper_once", "db")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("app", APPS)
def test_every_route_answers_every_role_as_the_table_says(cast_and_world, app, method):
    cast, world = cast_and_world
    clients = {}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=True)
        if role != "visitor":
            clients[role].force_login(cast[role])

    seen = {
        (name, method): outcomes(clients, method, filled(name, address, world))
        for name, address in ours()
        if app_of(name) == app
    }

    if os.environ.get("DURE_WRITE_ACCESS"):
        others = {route: words for route, words in table().items() if app_of(route[0]) == app}
        write(app, {route: words for route, words in others.items() if route[1] != method} | seen)
    assert seen == rows_of(app, method)
    assert not any(word.startswith("5") for words in seen.values() for word in words)


def test_each_app_has_its_rows_with_its_own_tests():
    apps_of = {
        file: {app_of(row[0]) for row in list(csv.reader(file.open()))[1:]} for file in tables()
    }

    assert apps_of == {HERE if app == "" else FOLDERS / app / "access.csv": {app} for app in APPS}


OF_A_DRAFT = (
    *("application", "import", "members", "money", "part", "plan_file", "preview"),
    "research_plan",
)


def test_reading_changes_nothing_and_neither_does_a_visitor():
    changing = {route for route, words in table().items() if any("changes" in w for w in words)}
    by_visitors = {
        route for route, words in table().items() if "changes" in words[ROLES.index("visitor")]
    }

    # Opening a notice marks it as read; inbox and wishes remember when one looked; of a draft it is
    # kept that a helper of the office looked, and of a closed need who read it under an agreement.
    assert {name for name, method in changing if method == "GET"} <= {
        *(f"applications:{page}" for page in OF_A_DRAFT),
        "catalog:need_export",
        "notices:open",
        "matches:inbox",
        "fairs:wishes",
        "fairs:wishes_of",
    }
    assert by_visitors == set()


def tables():
    """The files of the table: what is of no app stands here, the rest with the tests of its app."""
    return [HERE, *sorted(FOLDERS.glob("*/access.csv"))]


def table():
    return {
        (row[0], row[1]): row[2:]
        for file in tables()
        for row in list(csv.reader(file.read_text(encoding="utf-8").splitlines()))[1:]
    }


def rows_of(app, method):
    return {
        (name, how): words
        for (name, how), words in table().items()
        if (app_of(name), how) == (app, method)
    }


def write(app, seen):
    file = FOLDERS / app / "access.csv" if app else HERE
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["route", "method", *ROLES])
        writer.writerows([*route, *words] for route, words in sorted(seen.items()))
