"""Names of routes that apps hand to places lower in the house."""

from collections.abc import Iterator

from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver


def missing_route(name: str) -> Iterator[str]:
    """Say that a route does not exist, if so; it is looked up without its parameters."""
    resolver: URLResolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        if namespace not in resolver.namespace_dict:
            yield f"leads to {name!r}, which is no route"
            return
        resolver = resolver.namespace_dict[namespace][1]
    if last not in resolver.reverse_dict:
        yield f"leads to {name!r}, which is no route"


def address_of(name: str, *args: object) -> str:
    """The address of a route; `#part` and `?query` at the end of the name stay."""
    for mark in ("?", "#"):
        route, separator, rest = name.partition(mark)
        if separator:
            return f"{reverse(route, args=args)}{separator}{rest}"
    return reverse(name, args=args)
