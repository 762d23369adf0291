"""The demonstration of courses has a waiting list, certificates and feedback, once."""

import pytest

from dure.apps.people import demo as people_demo
from dure.apps.people.models import Organisation, User
from dure.apps.training import demo
from dure.apps.training.models import Certificate, Course, Feedback, Seat
from dure.config.demo import FOLDER
from dure.foundation.demo import Demonstration


@pytest.mark.django_db
def test_the_courses_are_played_once(cast):
    demonstration = Demonstration(FOLDER, None, "pass-word-1", lambda line: None, lambda: None)
    people_demo.load(demonstration)
    Organisation.objects.update(is_invented=True)
    for number in range(16):
        person = User.objects.create_user(f"more{number}@example.org", name=f"더{number}")
        people_demo.join(person, cast.rival)

    demo.load(demonstration)
    demo.load(demonstration)

    assert Course.objects.count() == 4
    assert Seat.objects.filter(stage="WAITING").count() == 4
    assert (Certificate.objects.count(), Feedback.objects.count()) == (11, 7)
