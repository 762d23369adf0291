"""A form that was sent and cannot be taken answers 422, on every page of the house that has one."""

import pytest
from django.db import transaction
from django.test import Client

from tests.cast import ROLES
from tests.roles.test_routes import filled, ours, table

# A file is the answer; of two forms neither was sent; nobody is there to be ranked.
NEVER_REFUSED = {"agreements:order", "selection:question", "operators:rank"}


@pytest.mark.slow
@pytest.mark.usefixtures("each_paper_once", "db")
def test_a_form_that_cannot_be_taken_answers_422(cast_and_world):
    cast, world = cast_and_world
    known, taken = table(), []
    for name, address in ours():
        words = known.get((name, "POST"), [])
        role = next((role for role, word in zip(ROLES, words, strict=False) if word == "in"), None)
        if role is None or role == "visitor":
            continue
        client = Client(raise_request_exception=False)
        client.force_login(cast[role])
        with transaction.atomic():
            answer = client.post(
                filled(name, address, world), {"nothing": "that any form asks for"}
            )
            transaction.set_rollback(True)
        if answer.status_code == 200 or answer.status_code >= 500:
            taken.append((name, answer.status_code))
    assert [attempt for attempt in taken if attempt[0] not in NEVER_REFUSED] == []
