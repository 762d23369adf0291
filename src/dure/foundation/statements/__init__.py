"""Statements of cards, banks and Hometax: payments out of the files that these hand out."""

from dure.foundation.statements._columns import BANK, CARD, INVOICE
from dure.foundation.statements._lines import Statement, StatementLine, read_statement

__all__ = ["BANK", "CARD", "INVOICE", "Statement", "StatementLine", "read_statement"]
