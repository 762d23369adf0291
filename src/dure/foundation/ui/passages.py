"""Passages with their answered parts marked, as safe HTML."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST = 320
BEFORE_FIRST_MARK = 90
QUOTED = 70
SHORTEST_MARK = 2
SENTENCE = re.compile(r"[^\n.!?。]+(?:[.!?。](?!\s)[^\n.!?。]*)*")


def marked(passage: Mapping[str, Any] | None, *, longest: int = LONGEST) -> SafeString | str:
    """The text of a passage with its marks; one longer than `longest` is cut around the first."""
    text, marks = _parts(passage)
    start, end = _window(text, marks, longest)
    pieces, at = [], start
    for marked_from, marked_to in marks:
        first, last = max(marked_from, at), min(marked_to, end)
        if first < last:
            pieces.append(
                (escape(text[at:first]), format_html("<mark>{}</mark>", text[first:last]))
            )
            at = last
    pieces.append((escape(text[at:end]), SafeString("")))
    body = format_html_join("", "{}{}", pieces)
    return format_html("{}{}{}", "…" if start else "", body, "…" if end < len(text) else "")


def quoted(passage: Mapping[str, Any] | None, *, exclude: str = "") -> str:
    """The sentence of a passage that holds the most marks, shortened to a few words.

    `exclude` is a line that is no sentence, such as the keywords, and is quoted only when alone.
    """
    text, marks = _parts(passage)
    spans = [match.span() for match in SENTENCE.finditer(text) if match.group().strip()]
    places = [place for place in spans if text[slice(*place)].strip() != exclude] or spans
    if not places:
        return ""
    start, end = max(places, key=lambda place: sum(place[0] <= at < place[1] for at, _ in marks))
    first = min((at for at, _ in marks if start <= at < end), default=start)
    line = " ".join(text[start:end].split()).strip(" .,;:")
    if len(line) <= QUOTED:
        return line
    if first - start > QUOTED - BEFORE_FIRST_MARK // 3:  # else the mark would be cut away
        line = "…" + _from_word(text, first - BEFORE_FIRST_MARK // 3, end)
    return f"{_by_word(line, QUOTED)}…" if len(line) > QUOTED else line


def _parts(passage: Mapping[str, Any] | None) -> tuple[str, list[tuple[int, int]]]:
    """Text and marks, whatever was stored: in order, inside the text, none within another."""
    text = str((passage or {}).get("text") or "")
    marks: list[tuple[int, int]] = []
    for marked_from, marked_to in sorted(_pairs((passage or {}).get("marks") or ())):
        first, last = max(marked_from, marks[-1][1] if marks else 0), min(marked_to, len(text))
        if last - first >= SHORTEST_MARK:
            marks.append((first, last))
    return text, marks


def _pairs(marks: Iterable[Any]) -> list[tuple[int, int]]:
    return [
        (int(mark[0]), int(mark[1]))
        for mark in marks
        if isinstance(mark, Sequence) and len(mark) == 2 and all(isinstance(n, int) for n in mark)
    ]


def _window(text: str, marks: list[tuple[int, int]], longest: int) -> tuple[int, int]:
    if len(text) <= longest:
        return 0, len(text)
    before = min(BEFORE_FIRST_MARK, longest // 3)
    start = max(0, (marks[0][0] if marks else 0) - before)
    if start:
        start = _word_start(text, start)
    return start, min(len(text), start + longest)


def _word_start(text: str, at: int) -> int:
    """The beginning of the next word, if one begins soon."""
    return text.find(" ", at, at + 20) + 1 or at


def _from_word(text: str, at: int, end: int) -> str:
    return " ".join(text[_word_start(text, at) : end].split()).strip(" .,;:")


def _by_word(line: str, limit: int) -> str:
    cut = line[:limit]
    return cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
