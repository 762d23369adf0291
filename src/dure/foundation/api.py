"""What the routers of the JSON API share: strict input, pages, texts in two languages, problems.

Class docstrings and descriptions become the descriptions of the OpenAPI document, where they are
translated like every other string; a test finds those without Korean.
"""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, Generic, Self, TypeVar
from urllib.parse import unquote_to_bytes

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Router, Schema
from ninja.errors import ValidationError
from pydantic import BeforeValidator

from dure.foundation.parsing import whole_number

Item = TypeVar("Item")
# The routers of the apps, and whether one needs a key; each app's `api.py` adds its own.
ROUTERS: list[tuple[Router, bool]] = []
LONGEST_LIST = 50
NO_NUL = r"^[^\x00]*$"


def _plain_digits(value: Any) -> Any:
    """Refuse what pydantic would forgive: signs, spaces, fractions, digits of other scripts."""
    if isinstance(value, str) and whole_number(value, high=10**19) is None:
        raise ValueError("must be digits only")
    return value


Digits = BeforeValidator(_plain_digits)
Id = Annotated[int, Field(ge=1, le=2**63 - 1), Digits]


class Paging(Schema):
    """Which part of a list is wanted."""

    page: Annotated[int, Field(ge=1, le=100_000), Digits] = Field(
        1, description=_("Page, the first is 1.")
    )
    limit: Annotated[int, Field(ge=1, le=200), Digits] = Field(
        50, description=_("How many on one page.")
    )


class Page(Schema, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    total: int = Field(description=_("How many there are on all pages."))
    page: int
    limit: int
    next_page: int | None = Field(description=_("The number of the next page; null on the last."))

    @classmethod
    def of(cls, rows: QuerySet[Any], paging: Paging, to_item: Callable[[Any], Item]) -> Self:
        """The page of `rows` that was asked for; rows must be in a total order."""
        total = rows.count()
        first, end = (paging.page - 1) * paging.limit, paging.page * paging.limit
        return cls(
            items=[to_item(row) for row in rows[first:end]],
            total=total,
            page=paging.page,
            limit=paging.limit,
            next_page=paging.page + 1 if end < total else None,
        )


class Text(Schema):
    """A text in the languages in which it exists."""

    ko: str | None
    en: str | None

    @classmethod
    def of(cls, text: str, english: str, language: str = "ko") -> Self | None:
        """What was handed in in `language`, with its English where there is one."""
        if language == "en":
            korean, english = "", english or text
        else:
            korean = text
        return cls(ko=korean or None, en=english or None) if korean or english else None


class Fault(Schema):
    """One thing that is wrong with a request."""

    where: str = Field(description=_("query, path or body"))
    name: str = Field(description=_("The parameter."))
    code: str
    message: str


class Problem(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def offer_router(name: str, *, needs_key: bool = False) -> Router:
    """A router of the public API; without `needs_key`, visitors may read too."""
    router = Router(tags=[name])
    ROUTERS.append((router, needs_key))
    return router


def strict(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse parameters that an operation does not know, repeated ones, and broken UTF-8."""
    operation = view._ninja_operation  # type: ignore[attr-defined]  # noqa: SLF001 -- ninja's own mark
    models = [m for m in operation.models if m.__ninja_param_source__ == "query"]
    known = {name for model in models for name in model.__ninja_flatten_map__}
    lists = {name for model in models for name in model.__ninja_collection_fields__}

    @wraps(view)
    def checked(request: HttpRequest, **values: Any) -> Any:
        faults = [_fault(name, "unknown") for name in request.GET if name not in known]
        faults += [
            _fault(name, "repeated")
            for name, given in request.GET.lists()
            if name in known - lists and len(given) > 1
        ]
        try:
            unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        except UnicodeDecodeError:
            faults.append(_fault("", "not_utf8"))
        if faults:
            raise ValidationError(faults)
        return view(request, **values)

    return checked


def _fault(name: str, code: str) -> dict[str, Any]:
    sentences = {
        "unknown": "There is no such parameter.",
        "repeated": "This parameter can be given once.",
        "not_utf8": "The query is not valid UTF-8.",
    }
    return {"loc": ("query", name[:100]), "type": code, "msg": sentences[code]}
