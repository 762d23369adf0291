"""Journals of hledger's own tests: what balances and what comes out, as hledger said."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.conf import settings
from django.db import transaction

from dure.apps.ledger.models import Account
from dure.apps.ledger.operations import AccountName, NewEntry, Posting, post
from dure.apps.ledger.queries import balance
from dure.apps.ledger.reasons import Reason
from dure.foundation.verdict import Refused
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


CASES = settings.DURE_DATA / "ledger_cases" / "cases.jsonl" if settings.DURE_DATA else None


@pytest.mark.skipif(not CASES or not CASES.exists(), reason="DURE_DATA has no journals")
def test_journals_balance_or_not_as_hledger_says():
    """All 232, but those that need a price between two commodities, which this ledger has not."""
    wrong = []
    for case in map(json.loads, CASES.read_text().splitlines()):
        if "two commodities: implied price" in case["features"]:
            assert said_of(case)[0] in {"unbalanced", case["expect"]}
            continue
        verdict, balances = said_of(case)
        if verdict != case["expect"] or (verdict == "ok" and balances != expected(case)):
            wrong.append((case["id"], verdict, case["expect"]))
    assert wrong == []


def said_of(case):
    """What becomes of a journal, and the balances by account and commodity."""
    with transaction.atomic():
        try:
            return "ok", balances_after(case)
        except Refused as refusal:
            return refusal.reason.value.lower(), None
        except AssertionFails:
            return "balance assertion fails", None
        except ValueError:
            return "parse error", None
        finally:
            transaction.set_rollback(True)


def balances_after(case):
    """Post a journal. Raises Refused, AssertionFails and ValueError."""
    running, currencies, digits = {}, {}, digits_of(case)
    in_order = sorted(case["transactions"], key=lambda transaction: transaction["date"])
    for number, written in enumerate(in_order):
        day = date.fromisoformat(written["date"])
        postings = tuple(
            Posting(AccountName("TEST_FREE", name[:80], "", code(commodity, currencies)), amount)
            for name, commodity, amount in filled(written["postings"], running, digits)
        )
        if any(line.amount for line in postings):
            post(
                [NewEntry(f"{case['id']}/{number}", day, "TEST", "test:1", postings)],
                by=None, at=NOON,
            )  # fmt: skip
    names = {value: key for key, value in currencies.items()}
    return {
        (account.subject, names[account.currency]): Fraction(balance(account), 10**digits)
        for account in Account.objects.filter(kind="TEST_FREE")
        if balance(account)
    }


class AssertionFails(Exception):
    """A balance is not what the journal says that it is."""


def expected(case):
    return {
        (name, commodity): Fraction(quantity)
        for name, held in case["balances"].items()
        for commodity, quantity in held.items()
        if Fraction(quantity)
    }


def digits_of(case):
    amounts = [
        posting[key]["quantity"]
        for transaction in case["transactions"]
        for posting in transaction["postings"]
        for key in ("amount", "balance_after")
        if key in posting
    ]
    return max((-Decimal(amount).as_tuple().exponent for amount in amounts), default=0)


def code(commodity, currencies):
    """A code of three letters for a commodity."""
    place = len(currencies)
    return currencies.setdefault(commodity, f"X{chr(65 + place // 26)}{chr(65 + place % 26)}")


def filled(postings, running, digits):
    """(account, commodity, minor units) with what a journal leaves out. Raises Refused."""
    lines, missing = [], []
    for posting in postings:
        name, after = posting["account"], posting.get("balance_after")
        if "amount" in posting:
            amount = posting["amount"]
        elif after:
            held = running.get((name, after["commodity"]), 0)
            amount = {
                "quantity": Decimal(after["quantity"]) - Decimal(held).scaleb(-digits),
                "commodity": after["commodity"],
            }
        else:
            missing.append(name)
            continue
        units = int(Decimal(amount["quantity"]).scaleb(digits))
        lines.append((name, amount["commodity"], units))
        key = (name, amount["commodity"])
        running[key] = running.get(key, 0) + units
        if after and running.get((name, after["commodity"]), 0) != int(
            Decimal(after["quantity"]).scaleb(digits)
        ):
            raise AssertionFails
    if len(missing) > 1:
        raise Refused(Reason.UNBALANCED)
    if missing:
        rest = {}
        for _, commodity, units in lines:
            rest[commodity] = rest.get(commodity, 0) - units
        for commodity, units in rest.items():
            lines.append((missing[0], commodity, units))
            running[missing[0], commodity] = running.get((missing[0], commodity), 0) + units
    return lines
