"""Words in another language than the page: named, so that a screen reader speaks them right."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from dure.engines.matching import language_of


def foreign_language(text: str) -> str:
    """The language of a text, which may hold marks; empty where it is the reader's own."""
    language = language_of(text.replace("mark>", ""))
    return "" if language == get_language() else language


def quoting(sentence: str, part: str) -> SafeString:
    """A sentence with `part` in the place of its `%(part)s`, in the language that it is in."""
    before, _part, after = sentence.partition("%(part)s")
    if language := foreign_language(part):
        return format_html('{}<span lang="{}">{}</span>{}', before, language, part, after)
    return format_html("{}{}{}", before, part, after)
