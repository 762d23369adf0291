"""Lists of exchange in the order that the reader wishes for."""

import pytest
from django.urls import reverse

from dure.apps.exchange.models import Abroad
from dure.apps.exchange.views.guards import SORTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", list(SORTS))
def test_each_list_is_sorted_both_ways_by_every_column_that_says_so(as_role, cast, name):
    cast.contact()
    cast.accord()
    cast.help_request()
    for key in SORTS[name]:
        for wish in (key, f"-{key}"):
            page = as_role("officer").get(reverse(f"exchange:{name}"), {"sort": wish})
            assert page.status_code == 200
            assert f'aria-sort="{"descending" if wish.startswith("-") else "ascending"}"' in (
                page.content.decode()
            )


def test_organisations_are_sorted_by_country(as_role, cast):
    first, second = (cast.abroad(cast.foreigner(f"{who}@example.org")) for who in ("sinar", "baru"))
    Abroad.objects.filter(pk=first.pk).update(country="VN")

    def places(wish):
        page = as_role("officer").get(reverse("exchange:organisations"), {"sort": wish})
        shown = page.content.decode()
        return [shown.index(thing.get_absolute_url()) for thing in (first, second)]

    up, down = places("country"), places("-country")
    assert up[0] > up[1]
    assert down[0] < down[1]
