"""Compiles the Korean catalogues: `python -m dure.config.messages`. Needs no gettext tools."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[1]


def compile_all() -> list[Path]:
    """Write a .mo beside every .po that is newer; returns what was written."""
    written = []
    for po in sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as file:
            catalogue = read_po(file, locale=po.parts[-3], abort_invalid=True)
        with mo.open("wb") as file:
            write_mo(file, catalogue)
        written.append(mo)
    return written


if __name__ == "__main__":
    compile_all()
