"""Vendors with the telephone number of the firm that pays."""

from collections.abc import Mapping
from typing import Any

from ibis.expr.types import Table

from dure.engines.auditing._model import Ledger
from dure.engines.auditing._tools import same_as_firm


def find(ledger: Ledger, parameters: Mapping[str, Any]) -> Table:
    return same_as_firm(ledger, "phone", parameters)
