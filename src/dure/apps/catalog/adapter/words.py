"""The search column of needs and technologies: Korean morphemes and English stems.

「충돌방지」 finds 「충돌 방지 장치」 because both are cut into the same morphemes. What only stands
in the details of a teaser is left out, so that nobody finds it by searching.
"""

from collections.abc import Iterable, Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import Func, TextField, Value

from dure.apps.catalog.models import Need, Technology
from dure.apps.catalog.queries import redacted_for_all
from dure.engines.matching import Word, words_of_all

LONGEST_LEXEME = 200


def readable_text(entry: Need | Technology) -> str:
    """What every reader of the entry may find it by."""
    entry, organisation = redacted_for_all(entry), entry.organisation
    more = entry.requirements if isinstance(entry, Need) else entry.track_record
    parts = [entry.title, entry.title_en, *entry.keywords, organisation.name, organisation.name_en]
    return "\n".join(part for part in [*parts, entry.body, entry.body_en, more] if part)


def fill_search(entries: Sequence[Need | Technology]) -> None:
    """Set the search column of `entries`, to be saved by the caller."""
    for entry, words in zip(
        entries, words_of_all([readable_text(e) for e in entries]), strict=True
    ):
        entry.search = _vector({word.term[:LONGEST_LEXEME] for word in words})


def search_query(text: str) -> SearchQuery | None:
    """A query for all words of `text`, each a beginning of a word; None when there are none.

    A compound is found as it is written or by all of its parts: which of the two stands in a
    document depends on how the analyser cut it there. A single syllable begins too many words, so
    it is looked for as a word of its own, and no compound is looked for by one.
    """
    [words] = words_of_all([text])
    clauses = []
    for word in words:
        if any(_covers(other, word) for other in words):
            continue
        inner = [part for part in words if _covers(word, part)]
        parts = [p for p in inner if not any(_covers(p, other) for other in inner)]
        is_made_of_them = sum(p.end - p.start for p in parts) == word.end - word.start
        whole = _starts(word.term)
        if is_made_of_them and all(len(p.term) > 1 for p in parts):
            whole = f"({whole} | {' & '.join(_starts(p.term) for p in parts)})"
        clauses.append(whole)
    clauses = list(dict.fromkeys(clauses)) or [_starts(term) for term in text.split()]
    if not clauses:
        return None
    return SearchQuery(" & ".join(clauses[:30]), config="simple", search_type="raw")


def _covers(word: Word, other: Word) -> bool:
    longer = word.end - word.start > other.end - other.start
    return longer and word.start <= other.start and other.end <= word.end


def _starts(term: str) -> str:
    return f"{_quoted(term)}:*" if len(term) > 1 else _quoted(term)


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def any_word_query(text: str) -> SearchQuery | None:
    """A query for any word of `text`; None when it has none."""
    [words] = words_of_all([text])
    terms = dict.fromkeys(word.term for word in words if len(word.term) > 1)
    if not terms:
        return None
    clauses = map(_quoted, list(terms)[:60])
    return SearchQuery(" | ".join(clauses), config="simple", search_type="raw")


def terms_of(texts: Sequence[str]) -> list[frozenset[str]]:
    """The words of every text, without order and number."""
    return [frozenset(word.term for word in words) for words in words_of_all(texts)]


def _vector(words: Iterable[str]) -> Func:
    return Func(
        Value(sorted(words), output_field=ArrayField(TextField())), function="array_to_tsvector"
    )
