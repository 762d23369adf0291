"""The field of an entry is offered from its text, as far as its reader may know what is like it."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from dure.apps.catalog.adapter.fields import likely_fields
from dure.apps.catalog.models import Visibility
from dure.apps.jobs.models import Job
from dure.apps.jobs.operations import Progress
from dure.apps.matches.operations import rebuild_index
from dure.foundation import lookup

TEXT = "배터리 가스 누출을 알리는 센서"


@pytest.fixture
def indexed(cast):
    """A public need of safety, a members-only technology of sensors, in the index."""
    cast.need(title="배터리실 가스 누출 경보", body="누출을 알려요.", field="SAFETY")
    cast.technology(
        title="가스 누출 감지 센서", body="", field="SENSOR", visibility=Visibility.MEMBERS
    )
    rebuild_index(progress=Progress(Job.objects.create(kind="rebuild_index", title="")))
    yield
    lookup.index.cache_clear()


def offered(page: str) -> list[str]:
    """The codes of the first group of the choice; none where it has no groups."""
    first = re.search(r"<optgroup[^>]*>(.*?)</optgroup>", page, re.DOTALL)
    return re.findall(r'value="(\w+)"', first.group(1)) if first else []


def test_only_what_a_reader_may_find_speaks_for_a_field(cast, indexed):
    assert likely_fields(TEXT, AnonymousUser()) == ["SAFETY"]
    assert set(likely_fields(TEXT, cast["member"])) == {"SAFETY", "SENSOR"}
    assert likely_fields("가", cast["member"]) == []


def test_the_form_puts_the_likely_fields_first_and_keeps_the_chosen_one(as_role, indexed):
    browser = as_role("member")

    asked = browser.get(
        reverse("catalog:fields"), {"title": TEXT, "body": "", "field": "ROBOT"}
    ).text
    empty = browser.get(reverse("catalog:fields"), {"title": "", "field": "nonsense"}).text

    assert set(offered(asked)) == {"SAFETY", "SENSOR"}
    assert re.findall(r'value="(\w*)"\s+selected', asked) == ["ROBOT"]
    assert offered(empty) == []
    assert re.findall(r'value="(\w+)"\s+selected', empty) == []


def test_one_question_at_a_time_offers_them_too(as_role, cast, indexed):
    draft = cast.need(title=TEXT, body="", stage="DRAFT", field="")

    page = as_role("member").get(reverse("catalog:need_question", args=[draft.pk, "field"])).text

    assert set(offered(page)) == {"SAFETY", "SENSOR"}
