"""One of each kind of scheme with a stake in each state, for the test of routes."""

from django.core.files.base import ContentFile

from dure.apps.instruments import operations, queries
from dure.apps.instruments.kinds import SchemeKind
from tests.conftest import NOON


def things(cast, world):
    fund = cast.founded_fund()
    agreement = cast.signed_agreement(
        slug="co-investment", roles=("investor", "lead"), budget=10**9,
        money=((0, "grant", "cash", 500), (1, "fund", "cash", 400), (2, "own_share", "cash", 100)),
    )  # fmt: skip
    commitment = operations.commit(
        scheme=fund, agreement=agreement, amount=400_000_000, by=cast["officer"], at=NOON
    )
    saver = cast.saver()
    voucher = cast.issued_voucher()
    asked = cast.asked_voucher(scheme=cast.scheme(SchemeKind.VOUCHER, name="제2호 운용"))
    use = operations.enter_use(
        stake=voucher, institution=cast.rival, what="분석", amount=1_000_000, on=NOON.date(),
        by=cast["rival"], at=NOON,
    )  # fmt: skip
    way = cast.way()
    collection = operations.ask_to_take(
        scheme=saver.scheme, file=ContentFile(b"number", "11.csv"), by=cast["officer"]
    )
    first = fund.stakes.order_by("pk").first()
    return {
        "instruments:scheme": fund.pk,
        "instruments:pledge": fund.pk,
        "instruments:commit": fund.pk,
        "instruments:join": saver.scheme_id,
        "instruments:collect": saver.scheme_id,
        "instruments:collection:job_id": collection.pk,
        "instruments:collection_template": saver.scheme_id,
        "instruments:institutions": voucher.scheme_id,
        "instruments:ask": voucher.scheme_id,
        "instruments:use": voucher.scheme_id,
        "instruments:issue": asked.scheme_id,
        "instruments:begin": way.scheme_id,
        "instruments:stake": first.pk,
        "instruments:pay_in": first.pk,
        "instruments:leave": saver.pk,
        "instruments:mature": saver.pk,
        "instruments:refuse": asked.pk,
        "instruments:lead_to": way.pk,
        "instruments:confirm_use": use.pk,
        "instruments:refuse_use": use.pk,
        "instruments:confirm_step": way.movements.get(part="guarantee").pk,
        "instruments:commitment": commitment.pk,
        "instruments:release": commitment.pk,
        "instruments:draw": commitment.pk,
        "instruments:draw:instalment": queries.fund_instalments(commitment).first().pk,
    }
