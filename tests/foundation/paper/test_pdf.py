"""What people write stands on paper, whatever fonts the machine has."""

import os
import re
import subprocess
import sys
import zlib

import pytest
from fontTools.ttLib import TTFont

from dure.foundation.paper._pdf import FONTS, HERE

NAMES = (
    "김하늘",
    "劉備",
    "Nguyễn Thị Hạnh",
    "Нурлан Ахметов",
    "Łukasz Żak",
    "ᄒᆞᆫ빛",
    "ﾎﾟﾝﾌﾟ",
    "CO₂ ≥ 5",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("weight", [400, 700])
def test_every_letter_has_a_font_of_ours(name, weight):
    files = [
        path for path in FONTS.glob("*.woff2") if str(weight) in path.stem or "jamo" in path.stem
    ]
    letters = set().union(*(TTFont(path).getBestCmap() for path in files))

    assert {letter for letter in name if ord(letter) not in letters} == set()
    for path in files:
        assert f"fonts/{path.name}" in (HERE / "paper.css").read_text(encoding="utf-8")


def test_long_words_break_and_no_font_of_the_machine_is_needed(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig><dir>/nonexistent</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    page = "".join(f"<p>{name}</p>" for name in (*NAMES, "x" * 400))
    html = f"<html lang='ko'><head><meta charset='utf-8'><title>t</title></head><body>{page}</body></html>"
    code = "import sys; from dure.foundation.paper import pdf; sys.stdout.buffer.write(pdf(sys.stdin.read()))"

    written = subprocess.run(
        [sys.executable, "-c", code],
        input=html.encode(),
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
    ).stdout

    streams = [
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(x.+?)\r?\nendstream", written, flags=re.DOTALL)
    ]
    [drawn] = [stream for stream in streams if b" Tf" in stream]
    assert drawn.count(b"BT") >= len(NAMES) + 3  # the long word takes several lines
