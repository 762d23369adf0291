"""The official base specification of CommonGrants, read from DURE_DATA, judges our answers."""

from datetime import timedelta
from pathlib import Path

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.apps.calls.conftest import announced_call

FILE = Path(django_settings.DURE_DATA or ".") / "commongrants" / "openapi.0.4.0.yaml"
if not FILE.is_file():
    pytest.skip("no DURE_DATA with the specification", allow_module_level=True)
PATHS = ["/common-grants/opportunities", "/common-grants/opportunities/{oppId}"]
SEARCH = "/common-grants/opportunities/search"
# What is no request by the specification it does not say how to answer.
config = SchemathesisConfig.from_dict({"seed": 4, "generation": {"mode": "positive"}})
official = schemathesis.openapi.from_path(FILE, config=config)
official.app = get_wsgi_application()


@pytest.fixture
def call(cast):
    now = timezone.now()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would end the test's transaction
    yield announced_call(cast, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
searched = settings(max_examples=10, suppress_health_check=list(HealthCheck))


@official.include(path=PATHS, method="GET").parametrize()
@searched
@seed(4)
def test_the_specification_finds_nothing_wrong(case, call):
    case.call_and_validate(base_url="/api/v1", checks=CHECKS)


@official.include(path=SEARCH, method="POST").parametrize()
@searched
@seed(4)
def test_the_specification_finds_nothing_wrong_with_a_search(case, call):
    case.call_and_validate(base_url="/api/v1", checks=CHECKS)


@official.include(path=PATHS[1], method="GET").parametrize()
@searched
@seed(4)
def test_the_specification_finds_nothing_wrong_with_a_call(case, call):
    case.path_parameters["oppId"] = str(call.uid)

    answer = case.call_and_validate(base_url="/api/v1", checks=CHECKS)

    assert answer.status_code == 200
