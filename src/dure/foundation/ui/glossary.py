"""Terms of the glossary as one reader sees them."""

from dataclasses import dataclass

from dure.foundation.vocabularies.glossary import Term, glossary


@dataclass(frozen=True, slots=True)
class Explained:
    """A term in the reader's language, with the word of the other language beside it."""

    key: str
    word: str
    other: str
    other_language: str
    official: str
    meaning: str


def explained(term: Term, language: str | None) -> Explained:
    """What a reader of `language` is told of `term`."""
    other = "ko" if language == "en" else "en"
    return Explained(
        key=term.key,
        word=term.word_in(language),
        other=term.word_in(other),
        other_language=other,
        official=term.official,
        meaning=term.meaning_in(language),
    )


def explanation(key: str, language: str | None) -> Explained:
    """What a reader of `language` is told of the term `key`.

    Raises LookupError for a key that the glossary does not know.
    """
    if key not in glossary():
        raise LookupError(f"The glossary has no term {key!r}.")
    return explained(glossary()[key], language)
