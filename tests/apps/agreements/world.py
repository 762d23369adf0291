"""A draft, one that is being signed and one in force, for the test of routes."""

from django.core.files.base import ContentFile

from dure.apps.agreements import operations
from dure.apps.agreements.adapter import Wish
from dure.apps.agreements.models import Obligation
from dure.apps.agreements.stages import InstalmentStage
from dure.apps.selection.models import Decision
from dure.apps.selection.operations import move_up
from tests.apps.agreements.cast import agency
from tests.apps.selection.cast import LATER


def things(cast, world):
    draft = cast.drafted_agreement()
    annex = operations.add_annex(
        agreement=draft, what="계획서", file=ContentFile(b"%PDF-1.7", "계획서.pdf"),
        by=cast["officer"], at=draft.created_at,
    )  # fmt: skip
    opened = cast.opened_agreement()
    signed = cast.sign_all(cast.opened_agreement(budget=None))
    planned, asked, ready = signed.instalments.order_by("number")[:3]
    signed.instalments.filter(pk=planned.pk).update(stage=InstalmentStage.PLANNED)
    signed.instalments.filter(pk=asked.pk).update(
        stage=InstalmentStage.ASKED, requested_at=draft.created_at
    )
    decision = Decision.objects.get(pk=world["selection:result"])
    selected = operations.take_over(
        decision=decision, agency=agency(cast), by=cast["officer"], at=LATER
    )
    decision.selection.places += 1  # a place has become free
    decision.selection.save()
    moved_up = move_up(selection=decision.selection, by=cast["officer"], at=LATER)
    changing = cast.sign_all(cast.opened_agreement(budget=None))
    change = operations.ask_change(
        agreement=changing, wish=Wish(goal="높은 목표"), reason="시장", by=cast["supplier"],
        at=draft.created_at,
    )  # fmt: skip
    lead = opened.parties.get(role="lead").pk
    waiting = cast.opened_agreement(budget=None)
    outside = operations.hand_in(
        agreement=waiting, way="PAPER", file=ContentFile(b"%PDF-1.7", "협약서.pdf"),
        by=cast["officer"], at=draft.created_at,
    )  # fmt: skip
    to_accept = waiting.parties.get(role="lead").pk
    demand = waiting.parties.get(role="demand").pk
    promising = cast.drafted_agreement(slug="purchase-linked")
    owed, pleaded = (
        Obligation.objects.create(
            agreement=signed, party=signed.parties.get(role="demand"), kind="CONSENT", what=what,
            due_on=draft.ends_on, **more,
        )
        for what, more in (
            ("purchase_consent", {}),
            ("investment_consent", {
                "plea": "사업 철회", "pleaded_by": cast["manager"], "pleaded_at": draft.created_at,
            }),
        )
    )  # fmt: skip
    return {
        "agreements:agreement": signed.pk,
        "agreements:text": signed.pk,
        "agreements:text_version": signed.texts.get().pk,
        "agreements:add_annex": draft.pk,
        "agreements:annex": annex.pk,
        "agreements:remove_annex": annex.pk,
        "agreements:open": draft.pk,
        "agreements:drop": draft.pk,
        "agreements:reopen": opened.pk,
        "agreements:sign": lead,
        "agreements:upload": lead,
        "agreements:refuse": lead,
        "agreements:ask": planned.pk,
        "agreements:confirm": asked.pk,
        "agreements:refuse_confirmation": asked.pk,
        "agreements:paid": ready.pk,
        "agreements:change": signed.pk,
        "agreements:split": change.pk,
        "agreements:answer": change.pk,
        "agreements:extend": change.pk,
        "agreements:withdraw": change.pk,
        "agreements:confirm_fact": promising.pk,
        "agreements:plead": owed.pk,
        "agreements:answer_plea": pleaded.pk,
        "agreements:meet": signed.obligations.get(kind="DEPOSIT").pk,
        "agreements:replan": selected.pk,
        "agreements:take_over": moved_up.pk,
        "agreements:particulars": cast.supplier.pk,
        "agreements:approver": cast.supplier.pk,
        "agreements:approve": demand,
        "agreements:refuse_approval": demand,
        "agreements:hand_in": opened.pk,
        "agreements:outside_file": outside.pk,
        "agreements:accept_file": outside.pk,
        "agreements:accept_file:party": to_accept,
        "agreements:decline_file": outside.pk,
        "agreements:decline_file:party": to_accept,
        "agreements:withdraw_file": outside.pk,
    }
