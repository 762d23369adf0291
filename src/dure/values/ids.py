"""Numbers that identify somebody, and whether they can be true."""

from stdnum import lei as _lei

BRN_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def business_number(text: str) -> str | None:
    """Return the ten digits of a Korean business registration number (사업자등록번호), or None.

    The check digit follows the National Tax Service's rule: the weighted sum of the first nine
    digits, with the tens of the ninth product added, completes to a multiple of ten.

    >>> business_number("124-81-00998")
    '1248100998'
    >>> business_number("124-81-00999") is None
    True
    """
    digits = text.strip().replace("-", "").replace(" ", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if check_digit(digits) == int(digits[9]) else None


def check_digit(digits: str) -> int:
    """The tenth digit that belongs to the first nine."""
    numbers = [int(digit) for digit in digits[:9]]
    total = sum(n * w for n, w in zip(numbers, BRN_WEIGHTS, strict=True)) + numbers[8] * 5 // 10
    return (10 - total % 10) % 10


def lei(text: str) -> str | None:
    """Return the 20 signs of a Legal Entity Identifier (ISO 17442), or None.

    Its last two are check digits: the whole, with letters as numbers from 10 on, leaves 1 when
    divided by 97 (ISO 7064, MOD 97-10).

    >>> lei("213800KUD8LAJWSQ9D15")
    '213800KUD8LAJWSQ9D15'
    >>> lei("213800KUD8LAJWSQ9D16") is None
    True
    """
    signs = "".join(text.split()).replace("-", "").upper()
    if len(signs) != 20 or not (signs.isascii() and signs.isalnum()):
        return None
    return str(signs) if _lei.is_valid(signs) else None
