"""Deals at several steps, for the test of routes."""

from django.utils import timezone

from dure.apps.deals import operations


def things(cast, world):
    now = timezone.now()
    filed = cast.filed_deal()
    proposal = cast.proposed_deal()
    judged = cast.filed_deal()
    operations.judge(deal=judged, is_fit=True, judgement="분명함", by=cast["officer"], at=now)
    agreed = cast.agreed_deal()
    signed = cast.agreed_deal()
    for who in ("manager", "supplier"):
        operations.sign(deal=signed, by=cast[who], at=now)
    return {
        "deals:": agreed.pk,
        "deals:judge": filed.pk,
        "deals:propose": judged.pk,
        "deals:take": proposal.pk,
        "deals:contract": signed.pk,
        "deals:paid": signed.payments.first().pk,
    }
