"""Makes the fonts of paper from the pieces of the site: `python -m dure.foundation.paper.make_fonts`.

Takes minutes; run it only when the pieces change.
"""

import tempfile
from pathlib import Path

from fontTools import merge
from fontTools.ttLib import TTFont
from fontTools.ttLib.woff2 import WOFF2FlavorData
from fontTools.varLib import instancer

HERE = Path(__file__).parent
PIECES = HERE.parent / "ui" / "static" / "ui" / "fonts" / "pretendard-gov"
WEIGHTS = (400, 700)
# Tables that the merger cannot join; Korean and English text needs none of them.
LEFT_OUT = ("GSUB", "GPOS", "GDEF", "vhea", "vmtx")


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


if __name__ == "__main__":
    for each in WEIGHTS:
        make(each, HERE / "fonts" / f"PretendardGOV-{each}.woff2")
