"""What the browser loads: nothing from elsewhere, nothing inline, and not much of it."""

import re
from pathlib import Path

import django_htmx
import pytest

import dure
from dure.foundation import ui

SOURCE = Path(dure.__path__[0])
STATIC = Path(ui.__path__[0]) / "static/ui"
TEMPLATES = sorted(
    path for kind in ("html", "svg") for path in SOURCE.glob(f"**/templates/**/*.{kind}")
)
STYLES = sorted(SOURCE.glob("**/static/**/*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))
# Marks that other templates of the same page aim at, and the size that needs no rule.
UNSTYLED = {"match-item", "match-note", "medium"}
FONTS = STATIC / "fonts/pretendard-gov"
INLINE = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "event handler": r"\son[a-z]+\s*=\s*[\"']",
    "script without a file": r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)",
    "script address": r"javascript:",
    "evaluated htmx": r"\bhx-on\b|\bhx-vals=[\"']js:",
}


def test_there_is_something_to_scan():
    assert len(TEMPLATES) > 60
    assert len(STYLES) > 20
    assert len(SCRIPTS) > 3


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_keeps_to_the_content_security_policy(path):
    text = path.read_text(encoding="utf-8")

    names = [name for name, pattern in INLINE.items() if re.search(pattern, text)]

    assert names == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_style_sheet_asks_only_for_its_own_files(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    addresses = [address.strip("\"'") for address in re.findall(r"url\(([^)]*)\)", text)]

    assert "@import" not in text
    assert "//" not in text
    assert all((path.parent / address).is_file() for address in addresses)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_calls_nobody(path):
    assert not re.search(r"https?://|\beval\(|\.style\b|innerHTML", path.read_text("utf-8"))


def test_every_style_sheet_is_linked():
    linked = (Path(ui.__path__[0]) / "templates/ui/_styles.html").read_text("utf-8")

    own = {path.name for path in STATIC.glob("*.css")}

    assert own == set(re.findall(r"'ui/([a-z]+\.css)'", linked))


def test_styles_and_scripts_weigh_less_than_120_kb():
    htmx = Path(django_htmx.__path__[0]) / "static/django_htmx/htmx-2.min.js"

    weight = sum(path.stat().st_size for path in [*STATIC.glob("*.css"), *SCRIPTS, htmx])

    assert weight < 120 * 1024


def test_fonts_come_in_slices_with_their_licence():
    slices = list(FONTS.glob("*.woff2"))

    assert len(slices) == 120
    assert max(path.stat().st_size for path in slices) < 150 * 1024
    assert "SIL Open Font License" in (FONTS / "LICENSE.txt").read_text("utf-8")
    assert "KRDS" in (STATIC / "TOKENS-NOTICE.txt").read_text("utf-8")


def test_every_icon_a_template_asks_for_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([a-z]+)"', (STATIC / "icons.svg").read_text("utf-8")))

    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r'<c-icon name="([a-z]+)"|icon="([a-z]+)"', path.read_text("utf-8"))
        for name in name
        if name
    }

    assert asked <= sprite


def _luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("gray-90", "gray-0", 7),
        ("gray-60", "gray-0", 4.5),
        ("gray-60", "gray-5", 4.5),
        ("primary-60", "gray-0", 4.5),
        ("primary-60", "primary-5", 4.5),
        ("gray-0", "primary-50", 4.5),
        ("danger-60", "gray-0", 4.5),
        ("danger-70", "danger-5", 4.5),
        ("warning-70", "warning-5", 4.5),
        ("success-70", "success-5", 4.5),
        ("information-70", "information-5", 4.5),
        ("primary-20", "gray-90", 4.5),
        ("gray-50", "gray-0", 3),
    ],
)
def test_colours_contrast(ink, ground, least):
    tokens = dict(
        re.findall(r"--([a-z]+-\d+): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text())
    )

    light, dark = sorted((_luminance(tokens[ink]), _luminance(tokens[ground])), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= least


def test_every_class_of_a_page_is_styled_where_it_is_used():
    """A class that no style sheet which the app links knows leaves a page without its look."""
    shared = classes_in(STATIC.glob("*.css"))
    scripts = "".join(path.read_text() for path in SOURCE.rglob("*.js"))
    unstyled = {}
    for app in (SOURCE / "apps").iterdir():
        pages = "".join(path.read_text() for path in app.glob("templates/**/*.html"))
        linked = set(re.findall(r"{% static '([\w/.-]+\.css)' %}", pages))
        styled = shared | classes_in(
            sheet for name in linked for sheet in SOURCE.glob(f"apps/*/static/{name}")
        )
        for path in app.glob("templates/**/*.html"):
            text = re.sub(r"{[%{#].*?[%}#]}", " ", path.read_text())
            used = {
                name
                for classes in re.findall(r' class="([^"]*)"', text)
                for name in classes.split()
            }
            is_hook = {name for name in used if name in scripts or f"closest .{name}" in text}
            on_paper = "paper" in path.name or "email" in str(path)
            if not on_paper and (left := used - styled - is_hook - UNSTYLED):
                unstyled[str(path.relative_to(app))] = left

    assert unstyled == {}


def classes_in(sheets):
    text = "".join(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL) for path in sheets)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", text))
