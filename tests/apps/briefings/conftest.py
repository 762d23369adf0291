"""A fair on its day, as the tests of consultations have it."""

from tests.apps.consultations.conftest import clock, hall

__all__ = ["clock", "hall"]
