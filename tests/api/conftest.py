import pytest
from django.test import Client
from django.utils import timezone

from dure.apps.people.operations import issue_token
from tests.cast import Cast

anonymous = Client()  # one for all: it looks for static files when it is first used


@pytest.fixture(autouse=True)
def no_limit(settings):
    """No limit."""
    settings.DURE_API_PER_MINUTE = 0


@pytest.fixture
def read(cast: Cast):
    """Read an address of the API as somebody of the cast, or as a visitor."""

    def get(address: str, role: str = "visitor", **headers: str):
        if role != "visitor":
            _token, key = issue_token(name="test", by=cast[role], at=timezone.now())
            headers["Authorization"] = f"Bearer {key}"
        return anonymous.get(f"/api/v1{address}", headers=headers)

    return get
