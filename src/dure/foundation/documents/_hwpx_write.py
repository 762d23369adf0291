"""Writes a document as HWPX (OWPML, KS X 6101): plain headings, paragraphs and ruled tables.

The same blocks give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from dure.foundation.documents.blocks import Block, Cell, Heading, Paragraph, Table

MIMETYPE = "application/hwp+zip"
WIDTH = 47624  # of the text on a page of A4 with margins of 20 mm, in 1/7200 inch
_LINE = 1000
_HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
_SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("ha", "http://www.hancom.co.kr/hwpml/2011/app"),
        ("hp", _HP),
        ("hs", "http://www.hancom.co.kr/hwpml/2011/section"),
        ("hc", "http://www.hancom.co.kr/hwpml/2011/core"),
        ("hh", "http://www.hancom.co.kr/hwpml/2011/head"),
        ("hpf", "http://www.hancom.co.kr/schema/2011/hpf"),
        ("opf", "http://www.idpf.org/2007/opf/"),
    )
)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_LANGUAGES = ("hangul", "latin", "hanja", "japanese", "other", "symbol", "user")
# Looks of letters: size in 1/100 point, bold; looks of paragraphs: alignment, space before.
_LETTERS = ((1000, False), (1600, True), (1200, True), (1000, True))
_ALIGNED = (("JUSTIFY", 0), ("CENTER", 0), ("LEFT", 1000), ("LEFT", 0))
_NORMAL, _TITLE, _HEADING, _LABEL = range(4)


def hwpx(title: str, blocks: Sequence[Block]) -> bytes:
    """Return the document as the bytes of a .hwpx file."""
    parts = {
        "mimetype": MIMETYPE,
        "version.xml": f'{_DECLARED}<hv:HCFVersion xmlns:hv="http://www.hancom.co.kr/hwpml/2011/version"'
        ' tagetApplication="WORDPROCESSOR" major="5" minor="1" micro="0" buildNumber="1" os="1"'
        ' xmlVersion="1.4" application="dure" appVersion="1"/>',
        "settings.xml": f"{_DECLARED}<ha:HWPApplicationSetting {_SPACES}>"
        '<ha:CaretPosition listIDRef="0" paraIDRef="0" pos="0"/></ha:HWPApplicationSetting>',
        "META-INF/container.xml": f'{_DECLARED}<ocf:container xmlns:ocf="urn:oasis:names:tc:opendocument'
        ':xmlns:container"><ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf"'
        ' media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>',
        "META-INF/manifest.xml": f"{_DECLARED}<odf:manifest"
        ' xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        "Contents/content.hpf": _package(title),
        "Contents/header.xml": _header(),
        "Contents/section0.xml": _section(blocks),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            item = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            item.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(item, content.encode())
    return target.getvalue()


def _package(title: str) -> str:
    items = (
        ("header", "Contents/header.xml"),
        ("section0", "Contents/section0.xml"),
        ("settings", "settings.xml"),
    )
    manifest = "".join(
        f'<opf:item id="{part_id}" href="{href}" media-type="application/xml"/>'
        for part_id, href in items
    )
    return (
        f'{_DECLARED}<opf:package {_SPACES} version="" unique-identifier="" id=""><opf:metadata>'
        f"<opf:title>{escape(title)}</opf:title><opf:language>ko</opf:language></opf:metadata>"
        f"<opf:manifest>{manifest}</opf:manifest><opf:spine>"
        '<opf:itemref idref="header" linear="yes"/><opf:itemref idref="section0" linear="yes"/>'
        "</opf:spine></opf:package>"
    )


def _every(name: str, value: str) -> str:
    return f"<hh:{name} {' '.join(f'{language}={quoteattr(value)}' for language in _LANGUAGES)}/>"


def _header() -> str:
    fonts = "".join(
        f'<hh:fontface lang="{language.upper()}" fontCnt="1"><hh:font id="0" face="함초롬바탕" type="TTF"'
        ' isEmbedded="0"/></hh:fontface>'
        for language in _LANGUAGES
    )
    letters = "".join(
        f'<hh:charPr id="{number}" height="{size}" textColor="#000000" shadeColor="none"'
        ' useFontSpace="0" useKerning="0" symMark="NONE" borderFillIDRef="1">'
        + _every("fontRef", "0")
        + _every("ratio", "100")
        + _every("spacing", "0")
        + _every("relSz", "100")
        + _every("offset", "0")
        + ("<hh:bold/>" if is_bold else "")
        + "</hh:charPr>"
        for number, (size, is_bold) in enumerate(_LETTERS)
    )
    paragraphs = "".join(
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0" fontLineHeight="0" snapToGrid="1"'
        f' suppressLineNumbers="0" checked="0"><hh:align horizontal="{side}" vertical="BASELINE"/>'
        '<hh:heading type="NONE" idRef="0" level="0"/><hh:breakSetting breakLatinWord="KEEP_WORD"'
        ' breakNonLatinWord="KEEP_WORD" widowOrphan="0" keepWithNext="0" keepLines="0"'
        ' pageBreakBefore="0" lineWrap="BREAK"/><hh:autoSpacing eAsianEng="0" eAsianNum="0"/>'
        '<hh:margin><hc:intent value="0" unit="HWPUNIT"/><hc:left value="0" unit="HWPUNIT"/>'
        f'<hc:right value="0" unit="HWPUNIT"/><hc:prev value="{before}" unit="HWPUNIT"/>'
        '<hc:next value="0" unit="HWPUNIT"/></hh:margin><hh:lineSpacing type="PERCENT" value="160"'
        ' unit="HWPUNIT"/><hh:border borderFillIDRef="1" offsetLeft="0" offsetRight="0"'
        ' offsetTop="0" offsetBottom="0" connect="0" ignoreMargin="0"/></hh:paraPr>'
        for number, (side, before) in enumerate(_ALIGNED)
    )
    return (
        f'{_DECLARED}<hh:head {_SPACES} version="1.4" secCnt="1"><hh:beginNum page="1" footnote="1"'
        ' endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        f'<hh:fontfaces itemCnt="{len(_LANGUAGES)}">{fonts}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="3">{_border(1, "NONE")}{_border(2, "SOLID")}'
        f"{_border(3, 'SOLID', '#EEF2F7')}</hh:borderFills>"
        f'<hh:charProperties itemCnt="{len(_LETTERS)}">{letters}</hh:charProperties>'
        '<hh:tabProperties itemCnt="1"><hh:tabPr id="0" autoTabLeft="0" autoTabRight="0"/>'
        "</hh:tabProperties>"
        f'<hh:paraProperties itemCnt="{len(_ALIGNED)}">{paragraphs}</hh:paraProperties>'
        '<hh:styles itemCnt="1"><hh:style id="0" type="PARA" name="바탕글" engName="Normal"'
        ' paraPrIDRef="0" charPrIDRef="0" nextStyleIDRef="0" langID="1042" lockForm="0"/></hh:styles>'
        '</hh:refList><hh:compatibleDocument targetProgram="HWP201X"><hh:layoutCompatibility/>'
        "</hh:compatibleDocument></hh:head>"
    )


def _border(number: int, kind: str, fill: str = "") -> str:
    sides = "".join(
        f'<hh:{side}Border type="{kind}" width="0.12 mm" color="#000000"/>'
        for side in ("left", "right", "top", "bottom")
    )
    brush = (
        f'<hc:fillBrush><hc:winBrush faceColor="{fill}" hatchColor="#000000" alpha="0"/>'
        "</hc:fillBrush>"
        if fill
        else ""
    )
    return (
        f'<hh:borderFill id="{number}" threeD="0" shadow="0" centerLine="NONE"'
        ' breakCellSeparateLine="0"><hh:slash type="NONE" Crooked="0" isCounter="0"/>'
        f'<hh:backSlash type="NONE" Crooked="0" isCounter="0"/>{sides}'
        f'<hh:diagonal type="NONE" width="0.1 mm" color="#000000"/>{brush}</hh:borderFill>'
    )


_PAGE = (
    '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000"'
    ' outlineShapeIDRef="0" memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
    '<hp:grid lineGrid="0" charGrid="0" wonggojiFormat="0"/>'
    '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
    '<hp:visibility hideFirstHeader="0" hideFirstFooter="0" hideFirstMasterPage="0"'
    ' border="SHOW_ALL" fill="SHOW_ALL" hideFirstPageNum="0" hideFirstEmptyLine="0"'
    ' showLineNumber="0"/><hp:pagePr landscape="WIDELY" width="59528" height="84188"'
    ' gutterType="LEFT_ONLY"><hp:margin header="2835" footer="2835" gutter="0" left="5669"'
    ' right="5669" top="5669" bottom="5669"/></hp:pagePr></hp:secPr><hp:ctrl><hp:colPr id=""'
    ' type="NEWSPAPER" layout="LEFT" colCount="1" sameSz="1" sameGap="0"/></hp:ctrl>'
)


def _section(blocks: Sequence[Block]) -> str:
    start = (
        '<hp:p id="0" paraPrIDRef="0" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0">'
        f'<hp:run charPrIDRef="0">{_PAGE}</hp:run></hp:p>'
    )
    body = "".join(
        element for number, block in enumerate(blocks) for element in _xml(block, number)
    )
    return f"{_DECLARED}<hs:sec {_SPACES}>{start}{body}</hs:sec>"


def _xml(block: Block, number: int) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield _paragraph(text, _HEADING if level else _TITLE)
        case Paragraph(text):
            for line in text.split("\n"):
                yield _paragraph(line, _NORMAL)
        case Table():
            yield _paragraph_of(_table(block, number), _NORMAL)


def _paragraph(text: str, look: int) -> str:
    run = f"<hp:t>{escape(text)}</hp:t>" if text else ""
    return _paragraph_of(run, look)


def _paragraph_of(inside: str, look: int) -> str:
    return (
        f'<hp:p id="0" paraPrIDRef="{look}" styleIDRef="0" pageBreak="0" columnBreak="0"'
        f' merged="0"><hp:run charPrIDRef="{look}">{inside}</hp:run></hp:p>'
    )


def _table(table: Table, number: int) -> str:
    share = sum(table.widths)
    widths = [WIDTH * width // share for width in table.widths]
    rows = "".join(
        f"<hp:tr>{''.join(_row(row, at, widths))}</hp:tr>" for at, row in enumerate(table.rows)
    )
    height = 2 * _LINE * len(table.rows)
    return (
        f'<hp:tbl id="{number + 1}" zOrder="{number}" numberingType="TABLE"'
        ' textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0" dropcapstyle="None"'
        f' pageBreak="CELL" repeatHeader="1" rowCnt="{len(table.rows)}" colCnt="{len(widths)}"'
        ' cellSpacing="0" borderFillIDRef="2" noAdjust="0">'
        f'<hp:sz width="{sum(widths)}" widthRelTo="ABSOLUTE" height="{height}"'
        ' heightRelTo="ABSOLUTE" protect="0"/><hp:pos treatAsChar="1" affectLSpacing="0"'
        ' flowWithText="1" allowOverlap="0" holdAnchorAndSO="0" vertRelTo="PARA"'
        ' horzRelTo="PARA" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        '<hp:outMargin left="0" right="0" top="141" bottom="141"/>'
        f'<hp:inMargin left="510" right="510" top="141" bottom="141"/>{rows}</hp:tbl>'
    )


def _row(row: Sequence[Cell], at: int, widths: Sequence[int]) -> Iterator[str]:
    column = 0
    for cell in row:
        width = sum(widths[column : column + cell.columns])
        look = _LABEL if cell.is_label else _NORMAL
        lines = "".join(_paragraph(line, look) for line in cell.text.split("\n"))
        yield (
            '<hp:tc name="" header="0" hasMargin="0" protect="0" editable="0" dirty="0"'
            f' borderFillIDRef="{3 if cell.is_label else 2}"><hp:subList id=""'
            ' textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0"'
            f' linkListNextIDRef="0" textWidth="0" textHeight="0" hasTextRef="0" hasNumRef="0">{lines}'
            f'</hp:subList><hp:cellAddr colAddr="{column}" rowAddr="{at}"/><hp:cellSpan'
            f' colSpan="{cell.columns}" rowSpan="1"/><hp:cellSz width="{width}"'
            f' height="{2 * _LINE}"/><hp:cellMargin left="510" right="510" top="141" bottom="141"/>'
            "</hp:tc>"
        )
        column += cell.columns
