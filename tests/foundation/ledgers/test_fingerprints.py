"""Near-same pictures and texts have near-same fingerprints; others have not."""

import random

import pytest
from PIL import Image, ImageDraw

from dure.engines.auditing import screen
from dure.foundation.ledgers import (
    Files,
    UnusableLedger,
    fingerprint_of_picture,
    fingerprint_of_text,
    opened,
)

QUOTATION = (
    "견적서 귀하의 무궁한 발전을 기원합니다. 아래와 같이 견적합니다. 품명 알루미늄 판재 규격 T{0} 수량 {1}"
    " 단가 {2},000원 납기 발주 후 {0}일 이내, 유효기간 견적일로부터 {1}일"
)


def apart(bits: int, other: int) -> int:
    return ((bits ^ other) & (2**64 - 1)).bit_count()


def receipt(path, seed, size=(400, 800), quality=90):
    """A picture of a paper with dark lines."""
    image = Image.new("RGB", (400, 800), "white")
    draw, chance = ImageDraw.Draw(image), random.Random(seed)
    for y in range(20, 780, 30):
        x = chance.randrange(10, 250)
        draw.rectangle((x, y, x + chance.randrange(40, 140), y + 14), fill="black")
    image.resize(size).save(path, quality=quality)
    return path


def test_a_picture_taken_smaller_and_worse_is_nearly_the_same(tmp_path):
    first = fingerprint_of_picture(receipt(tmp_path / "a.jpg", 1))
    again = fingerprint_of_picture(receipt(tmp_path / "b.jpg", 1, (300, 600), 40))
    other = fingerprint_of_picture(receipt(tmp_path / "c.jpg", 2))

    assert apart(first, again) <= 3
    assert apart(first, other) > 10


def test_what_is_no_picture_or_plain_has_no_fingerprint(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    Image.new("RGB", (60, 60), "white").save(tmp_path / "b.png")

    assert fingerprint_of_picture(tmp_path / "a.jpg") is None
    assert fingerprint_of_picture(tmp_path / "b.png") is None


def test_a_text_with_other_figures_is_nearly_the_same():
    first, again = (fingerprint_of_text(QUOTATION.format(*n)) for n in ((3, 40, 120), (7, 9, 95)))
    other = fingerprint_of_text(
        "회의록 참석자 일동은 시제품의 설계 방향과 시험 일정을 의논하였으며 다음 회의에서 결과를 본다"
    )

    assert apart(first, again) <= 3
    assert apart(first, other) > 10


def files(folder, picture):
    text = QUOTATION.format(1, 2, 3)
    expenses, projects = folder / "e.csv", folder / "p.csv"
    expenses.write_text(
        "번호,과제번호,거래처번호,금액,증빙사진값,증빙내용\n"
        f'1,A,V1,150000,{picture},"{text}"\n2,A,V2,250000,ff00ff00ff00ff03,"{text}"\n',
        encoding="utf-8",
    )
    projects.write_text("id\nA\n", encoding="utf-8")
    return Files(expenses, projects)


def test_both_stand_in_plain_files(tmp_path):
    with opened(files(tmp_path, "ff00ff00ff00ff00")) as ledger:
        findings = screen(ledger, codes=["same_picture", "same_text"]).findings

    assert {(f.signal, f.rows) for f in findings} == {
        ("same_picture", ("1", "2")),
        ("same_text", ("1", "2")),
    }


def test_a_hash_that_is_none_is_named_with_its_place(tmp_path):
    with (
        pytest.raises(UnusableLedger, match="row 2, column 증빙사진값"),
        opened(files(tmp_path, "xyz")),
    ):
        pass
