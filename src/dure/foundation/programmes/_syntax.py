"""What is probably wrong in a line that is not valid TOML, and so what to do about it."""

import re

# The first that fits a line says what to do; each is a sentence of its own.
_SIGNS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("straight_quotes", "[“”„‘’「」『』＂]"),
        ("half_width", "[０-９Ａ-Ｚａ-ｚ＝，．［］｛｝]"),
        ("backslash", r'"[^"\n]*\\[^"\\bfnrtuU]'),
        ("close_quotes", r'^[^"\']*"[^"]*$'),
        ("iso_date", r"=\s*['\"]?\d{1,4}\s?[./]\s?\d{1,2}\s?[./]\s?\d{1,4}\.?\s*$"),
        ("in_calendar", r"=\s*\d{4}-\d{1,2}-\d{1,2}\s*$"),
        ("no_percent_sign", r"=\s*[\d.]+\s*%"),
        ("no_commas", r"=\s*\d{1,3}(?:,\d{3})+\s*\w*\s*$"),
        ("decimal_point", r"=\s*\d+,\d{1,2}\s*$"),
        ("no_leading_zero", r"=\s*-?0\d+"),
        ("no_unit", r"=\s*[₩$]?\s?[\d._]+\s*[^\W\d_][\w\s]*$|=\s*[₩$]\s?\d"),
        ("small_letters", r"=\s*(?:True|False|TRUE|FALSE|Yes|No|yes|no|None|null)\b"),
        ("equals_sign", r"^[\w.-]+\s*:|^[\w.-]+\s+[^=\s][^=]*$|:=|=="),
        ("on_one_line", r"=\s*\{[^}]*$"),
        ("one_statement", r'=\s*(?:"[^"]*"|\d[\d_.]*)\s*[,;]\s*$'),
        ("in_quotes", r"=\s*[^\W\d_][\w\s-]*$"),
        ("some_value", r"=\s*$"),
        ("close_bracket", r"^\[+[^\]]*$|^\[\[[^\]]*\]$|^\[[^\]]*\]\]$|=\s*\[[^\]]*$"),
    )
)
_COMMENT = re.compile(r"\s+#[^\"']*$")


def remedy_of(line: str) -> str:
    """Return which sentence says what to do about a line that cannot be read.

    >>> remedy_of("percent = 60%"), remedy_of("won = 350,000,000"), remedy_of("?")
    ('no_percent_sign', 'no_commas', 'look_at_line')
    """
    bare = _COMMENT.sub("", line.strip())
    return next((code for code, sign in _SIGNS if sign.search(bare)), "look_at_line")
