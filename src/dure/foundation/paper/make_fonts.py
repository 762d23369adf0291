"""Makes the fonts of paper: `python -m dure.foundation.paper.make_fonts`.

The face of the site is put together from its pieces; parts of two other fonts, named by their
files, write the letters that it has not. Takes minutes; run it only when the pieces change.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PIECES = HERE.parent / "ui" / "static" / "ui" / "fonts" / "pretendard-gov"
WEIGHTS = (400, 700)
# Tables that the merger cannot join; Korean and English text needs none of them.
LEFT_OUT = ("GSUB", "GPOS", "GDEF", "vhea", "vmtx")
# Latin, Greek and Cyrillic with signs and arrows; old Hangul and half-width forms.
ALPHABETS = (
    "20-7e,a0-24f,250-2af,300-36f,370-3ff,400-52f,1e00-1fff,2010-2044,2070-209f,20a0-20bf,"
    "2190-22ff,2600-2617"
)
JAMO = "20-7e,302e-302f,1100-11ff,a960-a97f,d7b0-d7ff,ff61-ffdc"
KOREAN_OF_NOTO = 1


def make(weight: int, target: Path) -> None:
    """Write the font of one weight."""
    # The piece with the Latin letters has the highest number; the first one lends its name table.
    pieces = sorted(PIECES.glob("*.woff2"), key=lambda path: -int(path.stem.split(".")[-1]))
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for piece in pieces:
            font = TTFont(piece)
            for tag in LEFT_OUT:
                if tag in font:
                    del font[tag]
            part = Path(folder) / f"{piece.stem}.ttf"
            still = instancer.instantiateVariableFont(font, {"wght": weight})
            still.flavor = None
            still.save(part)
            parts.append(str(part))
        whole = merge.Merger().merge(parts)
        whole.flavor = "woff2"
        # To take back WOFF 2's own packing of the outlines takes every process 25 s of Python.
        whole.flavorData = WOFF2FlavorData(transformedTables=())
        whole.save(target)


def take(source: Path, number: int, ranges: str, target: Path) -> None:
    """Write the letters in `ranges` of font `number` in a file as a font of their own."""
    options = subset.Options(flavor="woff2", hinting=False, name_IDs=["*"])
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "ljmo", "vjmo", "tjmo"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(ranges))
    font = TTFont(source, fontNumber=number)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(target)


if __name__ == "__main__":
    for style in WEIGHTS:
        make(style, HERE / "fonts" / f"PretendardGOV-{style}.woff2")
    dejavu, noto = Path(sys.argv[1]), Path(sys.argv[2])  # folder of DejaVu, NotoSansCJK-Regular.ttc
    for weight, name in ((400, "DejaVuSans.ttf"), (700, "DejaVuSans-Bold.ttf")):
        take(dejavu / name, 0, ALPHABETS, HERE / "fonts" / f"DejaVuSans-{weight}.woff2")
    take(noto, KOREAN_OF_NOTO, JAMO, HERE / "fonts" / "NotoSansCJKkr-jamo.woff2")
