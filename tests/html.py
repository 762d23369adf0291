"""HTML as tests compare it: without the line breaks of its templates."""

import re


def flat(html: str) -> str:
    """`html` in one line: every run of white space is one space, none before the end of a tag.

    >>> flat('<b\\n  class="x"\\n>one\\n two</b>')
    '<b class="x">one two</b>'
    """
    return re.sub(r" (?=/?>)", "", re.sub(r"\s+", " ", html))
