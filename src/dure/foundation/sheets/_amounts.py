"""Numbers and amounts of money as people write them."""

import re
import unicodedata
from decimal import Decimal

UNITS = {
    "조": 10**12,
    "천억": 10**11,
    "백억": 10**10,
    "십억": 10**9,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "": 1,
}
PART = re.compile(rf"(\d+(?:\.\d+)?)({'|'.join(UNITS)})")
AMOUNT = re.compile(rf"(?:{PART.pattern})+")


def whole_number(text: str) -> int | None:
    """A number without a fraction, or None: "48" and "48.0", but not "48.5"."""
    match = re.fullmatch(r"(-?\d{1,18})(?:\.0+)?", text, flags=re.ASCII)
    return int(match[1]) if match else None


def won(text: str) -> int | None:
    """Whole won from what people write: 150000000, 1.5억원, 1억 5천만원, 300백만원, ₩3,000."""
    plain = unicodedata.normalize("NFKC", text)
    plain = re.sub(r"[,\s]|원정?$|won$|krw|^[₩\\]", "", plain, flags=re.IGNORECASE)
    if plain.startswith("-"):
        return whole_number(plain)
    if len(plain) > 40 or (not plain.isascii() and not AMOUNT.fullmatch(plain)):
        return None
    if plain.isascii():
        return whole_number(plain)
    amount = sum(Decimal(number) * UNITS[unit] for number, unit in PART.findall(plain))
    return int(amount) if amount == int(amount) and amount < 10**18 else None
