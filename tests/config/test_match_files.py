import csv
from pathlib import Path

import openpyxl
import pytest

from dure.apps.catalog.adapter.sheets import NEED_COLUMNS, TECHNOLOGY_COLUMNS
from dure.config.env import ROOT
from dure.config.match_files import COLUMNS, UnusableFile, match_files

DEMO = ROOT / "demo"

NEEDS = """번호,제목,내용,기관,기술성숙도
n2,배터리 화재 감지,셀의 가스를 측정해 화재를 미리 알린다.,가온전자,6
n1,Garlic planter,A machine that plants garlic in ridges.,나래농기,
"""
TECHNOLOGIES = """id,title,body,organisation,trl
t1,배터리 화재 감지 센서,배터리 셀에서 나오는 가스를 감지한다.,다솜센서,7
t2,마늘 파종기,두둑에 마늘을 심는 농업 기계이다.,라온기계,4
t3,배터리 화재 감지 센서,배터리 셀에서 나오는 가스를 감지한다.,가온전자,7
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def matched(folder: Path, top: int = 2) -> list[dict[str, str]]:
    match_files(folder / "needs.csv", folder / "technologies.csv", folder / "matches.csv", top)
    with (folder / "matches.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_match_files_writes_the_best_first_and_never_the_same_organisation(tmp_path):
    write(tmp_path / "needs.csv", NEEDS, "cp949")
    write(tmp_path / "technologies.csv", TECHNOLOGIES, "utf-8-sig")

    rows = matched(tmp_path)

    assert list(rows[0]) == ["need_id", "rank", "technology_id", "score", "reasons"]
    assert [(row["need_id"], row["rank"], row["technology_id"]) for row in rows][::2] == [
        ("n1", "1", "t2"),
        ("n2", "1", "t1"),
    ]
    assert ("n2", "t3") not in {(row["need_id"], row["technology_id"]) for row in rows}
    assert "배터리" in rows[2]["reasons"]


def test_match_files_gives_the_same_bytes_again(tmp_path):
    write(tmp_path / "needs.csv", NEEDS)
    write(tmp_path / "technologies.csv", TECHNOLOGIES)

    matched(tmp_path)
    first = (tmp_path / "matches.csv").read_bytes()
    matched(tmp_path)

    assert (tmp_path / "matches.csv").read_bytes() == first


def test_match_files_reads_workbooks(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["ID", "제목", "내용"])
    book.active.append([7, "마늘 파종기", "마늘을 심는다."])
    book.save(tmp_path / "technologies.xlsx")
    write(tmp_path / "needs.csv", NEEDS)

    match_files(tmp_path / "needs.csv", tmp_path / "technologies.xlsx", tmp_path / "matches.csv", 1)

    assert "n1,1,7," in (tmp_path / "matches.csv").read_text(encoding="utf-8")


def test_sheets_made_for_the_import_can_be_matched_as_they_are():
    ours = {column.name: column for column in COLUMNS}
    theirs = {column.name: column for column in (*NEED_COLUMNS, *TECHNOLOGY_COLUMNS)}
    theirs["id"] = theirs.pop("external_id")

    unknown = {
        name: theirs[name].known_as - ours[name].known_as for name in theirs.keys() & ours.keys()
    }

    assert {name: headers for name, headers in unknown.items() if headers} == {}
    assert theirs.keys() >= {"id", "title", "body", "organisation", "trl", "keywords"}


def test_the_bundled_sheets_can_be_matched_as_they_are(tmp_path):
    for name in ("needs", "technologies"):
        with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[:40]
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    pairs = matched(tmp_path)

    assert len(pairs) == 2 * 39
    assert {row["need_id"][0] for row in pairs} == {"N"}


def test_a_missing_column_is_named_once(tmp_path):
    write(tmp_path / "needs.csv", "title,body\nx,y\nz,y\n")
    write(tmp_path / "technologies.csv", TECHNOLOGIES)

    with pytest.raises(UnusableFile) as error:
        matched(tmp_path)

    assert error.value.message.count("needs.csv") == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,title,body\na,x,y\na,z,y\n", r"A3 \(id\)"),
        ("id,title,body,trl\na,x,y,12\n", r"D2 \(trl\).*\[12\]"),
        ("id,title,body,language\na,x,y,fr\n", r"D2 \(language\)"),
        ("id,field\na,x\n", "내용"),
        ("id,title,body\na,,\n", r"B2 \(title\)"),
        ("", "empty|비어"),  # in the language that is active
    ],
)
def test_match_files_names_every_fault_and_writes_nothing(tmp_path, text, message):
    write(tmp_path / "needs.csv", text)
    write(tmp_path / "technologies.csv", TECHNOLOGIES)

    with pytest.raises(UnusableFile, match=message) as error:
        matched(tmp_path)

    assert error.value.exit_code == 2
    assert "needs.csv" in error.value.message
    assert not (tmp_path / "matches.csv").exists()


def test_match_files_reads_as_the_import_does(tmp_path):
    needs = (
        "id,title,body,keywords,region\nn1,폐열 회수,열교환기가 필요하다.,폐열；열교환기,경상남도\n"
    )
    offers = (
        "id,title,body,keywords,region\nt1,열교환기,폐열을 회수한다.,열교환기；폐열,경남 창원시\n"
    )
    write(tmp_path / "needs.csv", needs)
    write(tmp_path / "technologies.csv", offers)

    [row] = matched(tmp_path)

    assert "같은 지역" in row["reasons"]
    assert "‘폐열’, ‘열교환기’" in row["reasons"]


@pytest.mark.parametrize("column", ["title", "body"])
def test_a_title_or_a_body_alone_is_enough(tmp_path, column):
    write(tmp_path / "needs.csv", f"id,{column}\nn1,배터리 화재 감지\n")
    write(tmp_path / "technologies.csv", TECHNOLOGIES)

    assert matched(tmp_path)[0]["technology_id"] in {"t1", "t3"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_output_opens_in_excel_and_holds_no_formula(tmp_path, suffix):
    write(tmp_path / "needs.csv", "id,title,body\n=1+1,배터리 화재 감지,셀의 가스를 잰다.\n")
    write(tmp_path / "technologies.csv", TECHNOLOGIES)
    output = tmp_path / f"matches.{suffix}"

    match_files(tmp_path / "needs.csv", tmp_path / "technologies.csv", output, 1)
    first = output.read_bytes()
    match_files(tmp_path / "needs.csv", tmp_path / "technologies.csv", output, 1)

    assert output.read_bytes() == first
    if suffix == "csv":
        assert first.startswith(b"\xef\xbb\xbf")
        assert "\n'=1+1,1," in first.decode()
    else:
        cell = openpyxl.load_workbook(output).active["A2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_output_of_another_kind_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(UnusableFile, match="xlsx"):
        match_files(tmp_path / "n.csv", tmp_path / "t.csv", tmp_path / "matches.ods", 1)
