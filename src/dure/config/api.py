"""The public JSON API: reading only, one router from each app, at /api/v1/.

A key (`Authorization: Bearer dure_…`) says who reads; without one a visitor reads. Session cookies
count for nothing here, so no other site can read through somebody's browser.
"""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path, reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import conditional_page, require_safe
from ninja import NinjaAPI
from ninja.constants import NOT_SET
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from dure.apps.people.operations import token_digest, user_of_token
from dure.apps.people.queries import Reader
from dure.foundation.api import ROUTERS, Problem, strict
from dure.foundation.web import address_of

PER_MINUTE = 600
PROBLEM_TYPE = "application/problem+json"
SAID = {
    401: gettext_lazy("This key is unknown, has expired or was revoked, or a key is missing."),
    404: gettext_lazy("There is nothing here that you may read."),
    422: gettext_lazy("The request has parameters that cannot be read."),
    429: gettext_lazy("Too many requests in a minute. Wait and try again."),
}


class Token(HttpBearer):
    """A live key is needed."""

    is_needed = True

    def __call__(self, request: HttpRequest) -> Reader:
        request.user = AnonymousUser()
        request.limited_as = address_of(request)
        header = request.headers.get("Authorization")
        if header is None and not self.is_needed:
            return request.user
        scheme, _space, key = (header or "").partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationError
        return self.authenticate(request, key.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Reader:
        user = user_of_token(key=token, at=timezone.now())
        if user is None:
            raise AuthenticationError
        request.user, request.limited_as = user, token_digest(token)
        return user


class OptionalToken(Token):
    """Visitors read too; a key that is given must be live."""

    is_needed = False


class Limit(BaseThrottle):
    """So many requests a minute for each key, or for each address without one.

    All server processes count together, in the cache that they share.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        most = getattr(settings, "DURE_API_PER_MINUTE", PER_MINUTE)
        if not most:
            return True
        key = f"api-limit:{request.limited_as}:{int(time.time() // 60)}"
        cache.add(key, 0, timeout=120)
        try:
            return cache.incr(key) <= most
        except ValueError:  # fell out of the cache meanwhile
            return True

    def wait(self) -> float:
        return 60 - time.time() % 60


class PublicAPI(NinjaAPI):
    """An API whose OpenAPI document names every answer and speaks the reader's language."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.documents: dict[str, dict[str, Any]] = {}

    def get_openapi_schema(self, **where: Any) -> dict[str, Any]:
        """The document in the reader's language, made once for each."""
        language = get_language() or ""
        if language not in self.documents:
            self.documents[language] = self._document(**where)
        return self.documents[language]

    def _document(self, **where: Any) -> dict[str, Any]:
        schema = super().get_openapi_schema(**where)
        problem = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}", mode="serialization"
        )
        schema["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
        schema["components"]["securitySchemes"].pop(OptionalToken.__name__)
        for address, methods in schema["paths"].items():
            methods.pop("head", None)
            for operation in methods.values():
                _complete(operation, has_id="{" in address)
        return translated(schema)


def _complete(operation: dict[str, Any], *, has_id: bool) -> None:
    """Say of an operation what all of them share, unless it says so itself: how it fails."""
    if operation["security"] == [{OptionalToken.__name__: []}]:
        operation["security"] = [{Token.__name__: []}, {}]
    headers = {401: "WWW-Authenticate", 429: "Retry-After"}
    for status in SAID:
        if (status == 404 and not has_id) or status in operation["responses"]:
            continue
        operation["responses"][status] = {
            "description": HTTPStatus(status).phrase,
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status in headers:
            operation["responses"][status]["headers"] = {
                headers[status]: {"schema": {"type": "string"}}
            }


def translated(part: Any) -> Any:
    """The summaries and descriptions of an OpenAPI document in the reader's language."""
    if isinstance(part, list):
        return [translated(entry) for entry in part]
    if not isinstance(part, dict):
        return part
    return {
        key: gettext(value)
        if key in {"summary", "description"} and isinstance(value, str) and value
        else translated(value)
        for key, value in part.items()
    }


@dataclass(frozen=True, slots=True)
class Described:
    """One operation for people."""

    name: str
    method: str
    summary: str
    description: str
    address: str
    needs_key: bool
    example: str
    parameters: list[dict[str, Any]]

    @classmethod
    def of(cls, address: str, method: str, operation: dict[str, Any], site: str) -> "Described":
        parameters = operation["parameters"]
        sent = "" if method == "get" else "-H 'Content-Type: application/json' -d '{}' "
        needs_key = {} not in operation["security"]
        query = {
            parameter["name"]: parameter["example"]
            for parameter in parameters
            if "example" in parameter
        }
        called = re.sub(r"{\w+}", "1", address) + (f"?{urlencode(query)}" if query else "")
        key = "-H 'Authorization: Bearer dure_…' " if needs_key else ""
        return cls(
            name=operation["operationId"],
            method=method.upper(),
            summary=operation["summary"],
            description=operation.get("description", ""),
            address=address,
            needs_key=needs_key,
            example=f"curl {key}{sent}'{site}{called}'",
            parameters=[_parameter(parameter) for parameter in parameters],
        )


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = parameter["schema"]
    of = schema.get("items", schema)
    return {
        "name": parameter["name"],
        "text": parameter.get("description", ""),
        "many": schema.get("type") == "array",
        "is_number": of.get("type") == "integer",
        "codes": of.get("enum", []),
        "low": of.get("minimum"),
        "high": of.get("maximum"),
        "longest": of.get("maxLength"),
        "default": schema.get("default") or "",
    }


def caching(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What a visitor reads may be kept for a minute, what a key opens only by its owner."""

    @conditional_page
    @wraps(run)
    def answered(request: HttpRequest, **values: Any) -> HttpResponse:
        response = run(request, **values)
        if response.status_code != 200 or request.method == "POST":
            patch_cache_control(response, no_store=True)
        elif request.user.is_authenticated:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=60)
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        return response

    return answered


api = PublicAPI(
    title="dure",
    version="1",
    description=_(
        "Needs, technologies and organisations of the platform, to be read by programs. "
        "Everybody reads what is public; a key opens what its owner may read."
    ),
    docs_url=None,
    urls_namespace="api",
    servers=[{"url": "/"}],
    auth=OptionalToken(),
    throttle=[Limit()],
)
api.add_decorator(strict)
api.add_decorator(caching, mode="view")
autodiscover_modules("api")
for router, needs_key in ROUTERS:
    api.add_router("", router, auth=Token() if needs_key else NOT_SET)


def problem(status: int, faults: Iterable[dict[str, Any]] = ()) -> HttpResponse:
    """The answer to a request that cannot be answered."""
    errors = [
        {
            "where": str(fault["loc"][0]),
            "name": next(part for part in reversed(fault["loc"]) if isinstance(part, str)),
            "code": fault["type"],
            "message": fault["msg"],
        }
        for fault in faults
    ]
    problem = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=str(SAID[status]), errors=errors
    )
    response = HttpResponse(problem.model_dump_json(), status=status, content_type=PROBLEM_TYPE)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="dure"'
    return response


@api.exception_handler(ValidationError)
def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(422, error.errors)


@api.exception_handler(SuspiciousOperation)
def suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return problem(422)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    # A body that is no JSON is as unreadable as a parameter.
    return problem(422 if error.status_code == 400 else error.status_code)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Any other address under /api/."""
    response = problem(404)
    patch_cache_control(response, no_store=True)
    return response


# Whoever may GET may ask for the headers alone.
for bound in api._get_bound_routers():  # noqa: SLF001 -- ninja has no public way to add HEAD
    for view in bound.path_operations.values():
        for operation in view.operations:
            if "GET" in operation.methods:
                operation.methods.append("HEAD")


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """The description of the API for people, drawn from the document for programs."""
    schema = api.get_openapi_schema()
    site = request.build_absolute_uri("/").rstrip("/")
    return render(
        request,
        "ui/api_reference.html",
        {
            "title": gettext("The API"),
            "lead": schema["info"]["description"],
            "account_url": reverse("people:account"),
            "per_minute": getattr(settings, "DURE_API_PER_MINUTE", PER_MINUTE),
            "breadcrumb": [{"label": gettext("The API")}],
            "operations": [
                Described.of(address, method, operation, site)
                for address, methods in schema["paths"].items()
                for method, operation in methods.items()
            ],
        },
    )


urlpatterns = [
    path("v1/docs", reference, name="api_reference"),
    path("v1/", nothing_here),
    path("v1/", api.urls),
    re_path(r"", nothing_here),
]
