"""Panels: what an app adds to a page of a lower app, which does not know it.

A page leaves a place with `{% panels "entry" entry %}`. An app that has something to show there says
so in its `panels.py`:

    @fills("entry", "matches/_entry_panel.html")
    def matches_of(entry, reader): ...

The function returns what its template needs, or None where this reader is shown nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Content = Callable[[Any, Any], Mapping[str, Any] | None]

_fillings: dict[str, dict[str, Content]] = {}  # by place, then by template


def fills(place: str, template: str) -> Callable[[Content], Content]:
    """Show `template` at `place` with what the function makes of the page's thing and its reader."""

    def register(content: Content) -> Content:
        _fillings.setdefault(place, {})[template] = content
        return content

    return register


def panels_at(place: str, thing: Any, reader: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The templates at `place` with what they need, in the order of the apps."""
    for template, content in _fillings.get(place, {}).items():
        if (values := content(thing, reader)) is not None:
            yield template, values
