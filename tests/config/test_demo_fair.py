"""Whenever the demonstration is loaded, half of its fair has been played."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from dure.apps.consultations import demo

MIDNIGHT = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # in Korea


@pytest.mark.parametrize("minutes", range(0, 24 * 60, 37))
def test_half_of_the_day_is_over_at_any_hour(minutes):
    now = MIDNIGHT + timedelta(minutes=minutes)

    present = demo._present(now)
    opens = demo._opening(timezone.localtime(present))

    assert present <= now
    midnight = opens.replace(hour=0, minute=0)
    assert timedelta(hours=9) <= opens - midnight <= timedelta(hours=18) - demo.LENGTH
    before_the_break = demo.SLOT * demo.SLOTS_BEFORE_THE_BREAK
    assert opens + before_the_break <= present
    assert now - opens < timedelta(hours=24)
