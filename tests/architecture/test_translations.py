"""Every visible string is translated; none stands in a template outside the catalogue."""

import ast
import re
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.test_shape import nodes

SRC = Path(__file__).parents[2] / "src" / "dure"
TEMPLATES = sorted(SRC.rglob("templates/**/*.html")) + sorted(SRC.rglob("templates/**/*.txt"))
# How many arguments of a call come before the message: one, where a context stands first.
MARKERS = dict.fromkeys(("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"), 0)
MARKERS |= dict.fromkeys(("pgettext", "pgettext_lazy"), 1)
IN_TEMPLATE = re.compile(
    r"""\b(?:ngettext|gettext)\(u?(['"])(.*?)(?<!\\)\1(?:,\s*u?(['"])(.*?)(?<!\\)\3)?""", re.DOTALL
)

BLOCK = re.compile(r"\{%\s*blocktrans\b.*?\{%\s*endblocktrans\s*%\}", re.DOTALL)


def messages() -> list[tuple[tuple[str, ...], str]]:
    """Every message of the project's Korean catalogues: its singular and plural, and the Korean.

    One with a context begins with it and a bar.
    """
    messages = []
    for path in SRC.rglob("locale/ko/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="ko"):
                if message.id and not message.fuzzy:
                    ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                    ids = (
                        tuple(f"{message.context}|{text}" for text in ids)
                        if message.context
                        else ids
                    )
                    string = message.string if isinstance(message.id, str) else message.string[0]
                    messages.append((ids, string))
    return messages


def strings_in_code(path: Path) -> set[str]:
    strings = set()
    for node in nodes(path, "gettext"):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in MARKERS
            and (arguments := node.args[: MARKERS[node.func.id] + 1])
            and all(
                isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                for argument in arguments
            )
        ):
            strings.add("|".join(argument.value for argument in arguments))
    return strings


def strings_of(template: str) -> set[str]:
    """What is translated in the source of a template."""
    code = templatize(template)
    return {
        ast.literal_eval(f"{quote}{text}{quote}".replace("\n", "\\n"))
        for quote, text, *_ in IN_TEMPLATE.findall(code)
    }


def test_every_string_has_its_korean():
    known = {ids[0]: translation for ids, translation in messages()}
    wanted: dict[str, Path] = {}
    for path in SRC.rglob("*.py"):
        wanted |= dict.fromkeys(strings_in_code(path), path)
    for path in TEMPLATES:
        wanted |= dict.fromkeys(strings_of(path.read_text()), path)

    untranslated = {text: str(where) for text, where in wanted.items() if not known.get(text)}

    assert untranslated == {}


def test_every_text_has_its_korean_once():
    """With the one app that says it, or with what several say: in foundation/ui."""
    ids = [ids for ids, _said in messages()]

    assert {text for text in ids if ids.count(text) > 1} == set()


def test_the_korean_of_a_block_can_be_filled_in():
    """Where a percent sign stands alone, Django shows the English instead and says nothing."""
    known = {ids[0]: korean for ids, korean in messages()}

    def breaks(korean: str) -> bool:
        try:
            korean % defaultdict(str)
        except (ValueError, TypeError):
            return True
        return False

    blocks = {block[0] for path in TEMPLATES for block in BLOCK.finditer(path.read_text())}
    texts = {text for block in blocks for text in strings_of(block)}

    assert len(texts) > 400
    assert {text for text in texts if breaks(known[text])} == set()


def test_translations_keep_their_placeholders():
    placeholders = re.compile(r"%\(\w+\)[sd]|%[sd]")

    broken = {
        ids: translation
        for ids, translation in messages()
        # Korean has one form, so it follows the plural, which always names the number.
        if translation
        and set(placeholders.findall(ids[-1])) != set(placeholders.findall(translation))
    }

    assert broken == {}


class VisibleText(HTMLParser):
    """Collects the text of a template that stands outside tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.hidden += tag in {"script", "style", "svg", "code", "pre"}

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in {"script", "style", "svg", "code", "pre"}

    def handle_data(self, data: str) -> None:
        if not self.hidden and re.search(r"[A-Za-z]{3,}|[가-힣]", data):
            self.found.append(data.strip())


# Proper names that are the same in both languages.
NAMES = {"dure", "두레", "한국어", "English", "Excel", "OpenAPI", "TRL", "KSIC"}


def test_no_text_stands_outside_the_catalogue():
    outside = {
        (str(path.relative_to(SRC)), text)
        for path in TEMPLATES
        for text in visible_text(path)
        if not set(text.split()) <= NAMES
    }

    assert outside == set()


def visible_text(path: Path) -> list[str]:
    source = path.read_text()
    for block in ("comment", "blocktrans", "blocktranslate", "verbatim"):
        source = re.sub(rf"{{%\s*{block}\b.*?{{%\s*end{block}\s*%}}", " ", source, flags=re.DOTALL)
    source = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL)
    reader = VisibleText()
    reader.feed(source)
    return reader.found


# Two words for one thing confuse; the glossary (foundation/vocabularies) says which one we use.
LEFT_OUT = {
    "수요기술": "수요",
    "공급기술": "기술",
    "핵심어": "키워드",
    "공개하기": "게시하기",
    "통합할": "병합할",
    "해당 없음": "관심 없음",
    "사무국": "사업 담당 부서",
    "상담 희망": "희망 상담",
    "현장 신청": "현장 상담",
}


def test_one_thing_has_one_word():
    assert {
        (word, translation)
        for _ids, translation in messages()
        for word in LEFT_OUT
        if word in translation
    } == set()
