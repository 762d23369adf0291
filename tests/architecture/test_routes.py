"""A page links to its own app and to lower ones; a higher app adds to it by a panel."""

import re

from tests.architecture.test_shape import SRC, rank_of_apps

# Route names as they are written everywhere: in `{% url %}`, `reverse()`, `redirect()`, tables.
ROUTE = re.compile(r"""["']([a-z_]+):[a-z_]+["'?#]""")


def test_no_route_name_points_upwards():
    rank = rank_of_apps()
    inner = [*(SRC / "dure/apps").rglob("*"), *(SRC / "dure/foundation").rglob("*")]

    upward = {
        (path.relative_to(SRC / "dure").as_posix(), app)
        for path in inner
        if path.suffix in {".py", ".html", ".txt"}
        for app in ROUTE.findall(path.read_text())
        if app in rank and points_up(path.relative_to(SRC / "dure").parts, app, rank)
    }

    assert upward == set()


def points_up(parts: tuple[str, ...], app: str, rank: dict[str, int]) -> bool:
    """True when a file of the foundation names an app, or one of an app another that is not below."""
    own = parts[1] if parts[0] == "apps" else None
    return own is None or (own != app and rank[app] >= rank[own])
