"""Consultations as the scheduling engine places them, and rows of spreadsheets."""

from dure.apps.exchange.adapter.placing import Frame, Placed, Placing, place, slots_of
from dure.apps.exchange.adapter.sheets import (
    ABROAD_COLUMNS,
    LISTING_COLUMNS,
    PART_COLUMNS,
    read_abroad,
    read_listing,
    read_part,
)

__all__ = [
    "ABROAD_COLUMNS",
    "LISTING_COLUMNS",
    "PART_COLUMNS",
    "Frame",
    "Placed",
    "Placing",
    "place",
    "read_abroad",
    "read_listing",
    "read_part",
    "slots_of",
]
