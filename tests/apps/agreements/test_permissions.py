"""Who may do what with agreements, role by role: permissions.csv."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from dure.apps.agreements import operations, permissions, queries
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import Annex, Obligation
from dure.apps.agreements.stages import InstalmentStage
from tests.conftest import NOON
from tests.truth_tables import assert_table, assert_whole


@pytest.fixture
def cases(cast):
    draft = cast.drafted_agreement()
    opened = cast.opened_agreement()
    lead, agency = (opened.parties.get(role=role) for role in ("lead", "government"))
    signed = cast.sign_all(cast.opened_agreement(budget=None))
    planned, asked, ready = signed.instalments.order_by("number")[:3]
    planned.stage = InstalmentStage.PLANNED
    planned.save()
    asked.stage = InstalmentStage.PLANNED
    asked.save()
    asked = operations.ask_confirmation(instalment=asked, by=cast["supplier"], at=NOON)
    Annex.objects.create(
        agreement=signed, what="계획서", file="x", name="x.pdf", size=1, sha256="x",
        added_by=cast["officer"], added_at=NOON,
    )  # fmt: skip
    revised = cast.drafted_agreement(application=cast.draft_application())
    revised.replan_until = NOON.date()
    revised.save()
    other = cast.sign_all(cast.opened_agreement(budget=None))
    change = operations.ask_change(
        agreement=other, wish=Wish(goal="높은 목표"), reason="시장", by=cast["supplier"], at=NOON
    )
    held = cast.sign_all(cast.opened_agreement(budget=None))
    operations.hold_payments(agreement=held, reason="확인", by=cast["auditor"], at=NOON)
    waiting = cast.opened_agreement(budget=None)
    outside = operations.hand_in(
        agreement=waiting, way="PAPER", file=ContentFile(b"%PDF-1.7", "협약서.pdf"),
        by=cast["supplier"], at=NOON,
    )  # fmt: skip
    operations.name_approver(
        organisation=cast.buyer, user=cast["member"], by=cast["manager"], at=NOON
    )
    demand = waiting.parties.get(role="demand")
    accepting = {role: waiting.parties.get(role=role) for role in ("lead", "government")}
    promise, pleaded = (
        Obligation.objects.create(
            agreement=agreement, party=agreement.parties.get(role="lead"), kind="PURCHASE",
            due_on=NOON.date(), **more,
        )
        for agreement, more in (
            (signed, {}),
            (other, {"plea": "사업 철회", "pleaded_by": cast["officer2"], "pleaded_at": NOON}),
        )
    )  # fmt: skip
    may, later = permissions, NOON + timedelta(days=10)
    return {
        "may_run": may.may_run,
        "may_edit: a draft": lambda user: may.may_edit(user, draft),
        "may_annex: a draft": lambda user: may.may_annex(user, draft, NOON.date()),
        "may_annex: what is being signed": lambda user: may.may_annex(user, opened, NOON.date()),
        "may_annex: a plan that its lead revises": lambda user: may.may_annex(
            user, revised, NOON.date()
        ),
        "annexes_visible_to: of a signed one": queries.annexes_visible_to,
        "texts_visible_to": queries.texts_visible_to,
        "may_open: a draft": lambda user: may.may_open(user, draft, NOON.date()),
        "may_reopen: what is being signed": lambda user: may.may_reopen(user, opened),
        "may_drop: a draft": lambda user: may.may_drop(user, draft),
        "may_confirm_fact: of a draft": lambda user: may.may_confirm_fact(user, draft, "x"),
        "may_sign: the lead": lambda user: may.may_sign(user, lead, NOON.date()),
        "may_sign: the agency, before others": lambda user: may.may_sign(user, agency, NOON.date()),
        "may_sign: the demand organisation, whose member has not approved": lambda user: (
            may.may_sign(user, demand, NOON.date())
        ),
        "may_refuse: the same": lambda user: may.may_refuse(user, demand, NOON.date()),
        "may_approve: for the buyer its member": lambda user: may.may_approve(user, demand),
        "may_name_approver: of the supplier": lambda user: may.may_name_approver(
            user, cast.supplier, NOON.date()
        ),
        "may_hand_in": lambda user: may.may_hand_in(user, opened, NOON.date()),
        "may_accept: the lead": lambda user: may.may_accept(
            user, outside, accepting["lead"], NOON.date()
        ),
        "may_accept: the agency, before others": lambda user: may.may_accept(
            user, outside, accepting["government"], NOON.date()
        ),
        "may_decline: the lead": lambda user: may.may_decline(
            user, outside, accepting["lead"], NOON.date()
        ),
        "may_withdraw_file: of the supplier": lambda user: may.may_withdraw_file(user, outside),
        "outside_files_visible_to": queries.outside_files_visible_to,
        "may_ask_confirmation": lambda user: may.may_ask_confirmation(user, planned),
        "may_confirm: on the day": lambda user: may.may_confirm(user, asked, NOON),
        "may_confirm: ten days later": lambda user: may.may_confirm(user, asked, later),
        "may_pay": lambda user: may.may_pay(user, ready, NOON.date()),
        "may_hold": lambda user: may.may_hold(user, other),
        "may_release: what nobody holds": lambda user: may.may_release(user, other),
        "may_hold: what is held": lambda user: may.may_hold(user, held),
        "may_release": lambda user: may.may_release(user, held),
        "may_ask_change": lambda user: may.may_ask_change(user, signed),
        "may_split: what the supplier asked for": lambda user: may.may_split(user, change),
        "may_answer_change: what the supplier asked for": lambda user: may.may_answer_change(
            user, change
        ),
        "may_extend_answer: what the supplier asked for": lambda user: may.may_extend_answer(
            user, change
        ),
        "may_withdraw_change": lambda user: may.may_withdraw_change(user, change),
        "may_meet: the deposit of the supplier": lambda user: may.may_meet(
            user, signed.obligations.get(kind="DEPOSIT")
        ),
        "may_plead: the deposit": lambda user: may.may_plead(
            user, signed.obligations.get(kind="DEPOSIT")
        ),
        "may_plead: a promise of the supplier": lambda user: may.may_plead(user, promise),
        "may_answer_plea: what nobody asked for": lambda user: may.may_answer_plea(user, promise),
        "may_answer_plea: what an officer asked for": lambda user: may.may_answer_plea(
            user, pleaded
        ),
        "changes_visible_to": queries.changes_visible_to,
        "obligations_visible_to": queries.obligations_visible_to,
        "may_replan: on its last day": lambda user: may.may_replan(user, revised, NOON.date()),
        "may_replan: on the Monday after a Sunday": lambda user: may.may_replan(
            user, revised, NOON.date() + timedelta(days=1)
        ),
        "may_replan: the day after that": lambda user: may.may_replan(
            user, revised, NOON.date() + timedelta(days=2)
        ),
        "may_set_particulars: of the supplier": lambda user: may.may_set_particulars(
            user, cast.supplier, NOON.date()
        ),
        "agreements_visible_to: a draft of a selection": lambda user: queries.agreements_visible_to(
            user
        ).filter(pk=revised.pk),
        "agreements_visible_to: a draft": lambda user: queries.agreements_visible_to(user).filter(
            pk=draft.pk
        ),
        "agreements_visible_to: a signed one": lambda user: queries.agreements_visible_to(
            user
        ).filter(pk=signed.pk),
        "instalments_visible_to": queries.instalments_visible_to,
    }


def test_each_role_is_answered_as_the_table_says(cases, cast):
    assert_table(Path(__file__).with_name("permissions.csv"), cases, cast)


def test_the_table_is_whole(cases):
    assert_whole(cases, permissions, queries)
