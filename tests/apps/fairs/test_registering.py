"""Organisations register, are let in or refused, and say who comes and when."""

from datetime import timedelta

import pytest

from dure.apps.fairs.models import Absence, Attendee, Registration, Side
from dure.apps.fairs.operations import (
    approve,
    edit_registration,
    refuse,
    register_organisation,
    set_attendees,
    set_availability,
    withdraw,
)
from dure.apps.fairs.queries import meeting_slots
from dure.apps.fairs.reasons import Reason
from dure.apps.fairs.stages import FairStage, RegistrationStage
from dure.apps.notices.models import Notice
from dure.apps.people.models import Organisation
from dure.foundation.verdict import Refused
from tests.conftest import NOON


def register(cast, fair, organisation, by, side=Side.SUPPLY, **values):
    return register_organisation(
        fair=fair, organisation=organisation, side=side, values=values, by=cast[by], at=NOON
    )


def test_an_organisation_registers_is_approved_and_told(cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)

    registration = register(cast, fair, cast.supplier, "supplier", parallel=2, max_meetings=6)
    [approved] = approve(registrations=[registration], by=cast["officer"], at=NOON)

    assert (approved.stage, approved.parallel, approved.max_meetings) == ("APPROVED", 2, 6)
    assert Notice.objects.get().recipient == cast["supplier"]


@pytest.mark.parametrize(
    ("who", "firm", "stage", "side", "reason"),
    [
        ("rival", "supplier", "REGISTRATION", "SUPPLY", Reason.NOT_YOUR_ORGANISATION),
        ("newcomer", "supplier", "REGISTRATION", "SUPPLY", Reason.NOT_YOUR_ORGANISATION),
        ("supplier", "supplier", "DRAFT", "SUPPLY", Reason.NOT_YET),
        ("supplier", "supplier", "WISHES", "SUPPLY", Reason.STAGE_CLOSED),
        ("officer", "supplier", "CLOSED", "SUPPLY", Reason.STAGE_CLOSED),
        ("supplier", "supplier", "REGISTRATION", "DEMAND", Reason.NOT_A_DEMAND_ORGANISATION),
    ],
)
def test_register_is_refused(cast, who, firm, stage, side, reason):
    fair = cast.fair(stage=stage)

    with pytest.raises(Refused) as refusal:
        register(cast, fair, getattr(cast, firm), who, side)

    assert refusal.value.reason == reason


def test_register_is_refused_unverified_late_and_twice(cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    register(cast, fair, cast.supplier, "supplier")
    late = cast.fair(stage=FairStage.REGISTRATION, registration_until=NOON - timedelta(hours=1))
    Organisation.objects.filter(pk=cast.rival.pk).update(verified_at=None, verified_by=None)
    cast.rival.refresh_from_db()

    reasons = []
    for where, firm, who in (
        (fair, cast.supplier, "supplier"),
        (late, cast.supplier, "supplier"),
        (fair, cast.rival, "rival"),
    ):
        with pytest.raises(Refused) as refusal:
            register(cast, where, firm, who)
        reasons.append(refusal.value.reason)

    assert reasons == [
        Reason.ALREADY_REGISTERED, Reason.TOO_LATE, Reason.ORGANISATION_NOT_VERIFIED
    ]  # fmt: skip
    assert register(cast, late, cast.supplier, "officer").stage == RegistrationStage.APPLIED


def test_who_withdrew_can_apply_again_also_on_the_other_side(cast):
    fair = cast.fair(stage=FairStage.REGISTRATION)
    first = register(cast, fair, cast.buyer, "manager", Side.DEMAND)
    withdraw(registration=first, by=cast["member"], at=NOON)

    again = register(cast, fair, cast.buyer, "manager", Side.SUPPLY)

    assert (again.pk, again.stage, again.side) == (first.pk, "APPLIED", "SUPPLY")


def test_approving_is_all_or_none(cast):
    fair = cast.fair()
    registration = cast.registration(fair, cast.buyer, stage="APPLIED")
    other = cast.registration(fair, cast.supplier, stage="WITHDRAWN")

    with pytest.raises(Refused) as refusal:
        approve(registrations=[registration, other], by=cast["officer"], at=NOON)

    assert refusal.value.details == {"registration": other.pk}
    assert Registration.objects.get(pk=registration.pk).stage == "APPLIED"


def test_refusing_says_why(cast):
    registration = cast.registration(cast.fair(), cast.supplier, stage="APPLIED")

    with pytest.raises(Refused) as refusal:
        refuse(registration=registration, reason=" ", by=cast["officer"], at=NOON)
    refused = refuse(registration=registration, reason="자리 없음", by=cast["officer"], at=NOON)

    assert refusal.value.reason == Reason.REASON_MISSING
    assert (refused.stage, refused.refusal_reason) == ("REFUSED", "자리 없음")
    assert Notice.objects.get().facts["reason"] == "자리 없음"


def test_an_organisation_cannot_approve_itself(cast):
    registration = cast.registration(cast.fair(), cast.supplier, stage="APPLIED")

    with pytest.raises(Refused) as refusal:
        approve(registrations=[registration], by=cast["supplier"], at=NOON)

    assert refusal.value.reason == Reason.NOT_AN_OFFICER


def test_edit_changes_only_what_an_organisation_says_of_itself(cast):
    registration = cast.registration(cast.fair(), cast.supplier, stage="APPLIED")

    edit_registration(
        registration=registration,
        values={"parallel": 3, "stage": "APPROVED"},
        seen_at=registration.updated_at,
        by=cast["supplier"],
    )

    registration.refresh_from_db()
    assert (registration.parallel, registration.stage) == (3, "APPLIED")


@pytest.mark.parametrize(
    ("who", "stage", "reason"),
    [
        ("rival", "WISHES", Reason.NOT_YOUR_REGISTRATION),
        ("supplier", "PLANNING", Reason.TOO_LATE),
        ("officer", "CLOSED", Reason.STAGE_CLOSED),
    ],
)
def test_availability_is_refused(cast, who, stage, reason):
    registration = cast.registration(cast.fair(stage=stage), cast.supplier)

    with pytest.raises(Refused) as refusal:
        set_availability(registration=registration, absent=[], by=cast[who], at=NOON)

    assert refusal.value.reason == reason


def test_availability_is_kept_as_absences_in_slots_of_the_fair(cast):
    fair, other = cast.fair(), cast.fair()
    registration = cast.registration(fair, cast.supplier)
    first, second, third, *_ = meeting_slots(fair)

    for absent in ([first.pk, second.pk], [second.pk, third.pk]):
        set_availability(registration=registration, absent=absent, by=cast["supplier"], at=NOON)
    with pytest.raises(Refused) as refusal:
        set_availability(
            registration=registration,
            absent=[meeting_slots(other).first().pk],
            by=cast["supplier"],
            at=NOON,
        )

    assert refusal.value.reason == Reason.OTHER_FAIR
    assert list(Absence.objects.order_by("slot").values_list("slot", flat=True)) == [
        second.pk, third.pk,
    ]  # fmt: skip


def test_attendees_who_stay_keep_their_badge(cast):
    registration = cast.registration(cast.fair(), cast.supplier)
    people = [("김하늘", "대표"), ("이바다", "")]
    first, _ = set_attendees(registration=registration, attendees=people, by=cast["supplier"])

    set_attendees(
        registration=registration,
        attendees=[("박들", "과장"), ("김하늘", "대표"), (" ", "")],
        by=cast["supplier"],
    )

    assert {(a.pk == first.pk, a.name) for a in Attendee.objects.all()} == {
        (True, "김하늘"), (False, "박들"),
    }  # fmt: skip
    with pytest.raises(Refused) as refusal:
        set_attendees(
            registration=registration, attendees=[("a", ""), ("a", "")], by=cast["supplier"]
        )
    assert refusal.value.reason == Reason.DOUBLE_ATTENDEE
