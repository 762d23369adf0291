"""A form is filled and read back by the labels of its document, ours and the official ones."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dure.config import env
from dure.foundation.documents import UnreadableDocument, forms
from dure.foundation.documents._hwpx_write import hwpx
from dure.foundation.documents.blocks import Cell, Heading, Paragraph, Table
from dure.foundation.documents.forms import FormMismatch, FormProblem, UnusableForm
from dure.foundation.documents.forms import _apply as apply
from dure.foundation.documents.forms._xml import Section

FORM = forms.parse(
    """
id = "small"
name = "작은 서식"
ends = ["끝"]
prompts = ["작성 요령"]

[[fields]]
id = "title"
label = "과제명 > 국문"

[[fields]]
id = "title_en"
label = "과제명 > 영문"

[[fields]]
id = "period"
label = "기간"
blank = "YYYY. MM. DD"

[[fields]]
id = "total"
label = "총액"
kind = "won"
unit = 1000
after = "총"
before = "천원"

[[fields]]
id = "stage"
label = "단계"
options = [["basic", "기초"], ["applied", "응용"], ["new", "[]신규"]]

[[lists]]
id = "partners"
below = "기관명"
columns = [{ id = "name", head = "기관명" }, { id = "won", head = "금액", kind = "won" }]

[[sections]]
id = "need"
heading = "1. 필요성"

[[sections]]
id = "goal"
heading = "2. 목표"
"""
)


def label(text, columns=1):
    return Cell(text, is_label=True, columns=columns)


def template(gap="총     천원 (단위)"):
    return hwpx(
        "서식",
        (
            Heading("작은 서식", 0),
            Table(
                (
                    (label("과제명(해당 시)"), label("국문"), Cell("")),
                    (label("기간"), Cell("YYYY. MM. DD"), Cell("")),
                    (label("총액"), Cell(gap, columns=2)),
                    (label("단계"), Cell("기초[  ], 응용[ ]\n[  ] 신규", columns=2)),
                ),
                (2, 1, 4),
            ),
            Table(((label("과제명"), label("영문"), Cell("")),), (2, 1, 4)),
            Table(
                ((label("기관명"), label("금액")), (Cell(), Cell()), (Cell(), Cell())),
                (1, 1),
            ),
            Heading("1. 필요성"),
            Paragraph("작성 요령: 자세히\n"),
            Heading("2. 목표"),
            Heading("끝"),
            Paragraph("서식의 나머지"),
        ),
    )


WHOLE = {
    "title": "하네스 <검사> & 장치\n둘째 줄\t탭",
    "title_en": "Harness",
    "period": "2027. 01. 01 - 2028. 12. 31",
    "total": 1_234_567_891,
    "stage": "new",
    "partners": [{"name": "열림테크", "won": 10}, {"name": "바른센서", "won": None}],
    "need": "첫 문단\n\n둘째 문단",
    "goal": "3 % 이하",
}


def test_what_is_filled_is_read_back():
    filled = forms.read(FORM, forms.fill(FORM, template(), WHOLE))

    assert filled.values == WHOLE
    assert filled.problems == ()


def test_an_empty_form_says_nothing():
    filled = forms.read(FORM, template())

    assert filled.problems == ()
    assert all(value in (None, []) for value in filled.values.values())


def test_filling_again_replaces_and_none_empties():
    once = forms.fill(FORM, template(), WHOLE)
    changed = {"title": None, "period": None, "total": 7_000, "stage": "basic", "need": "다시"}

    values = forms.read(FORM, forms.fill(FORM, once, changed)).values

    assert values == WHOLE | changed


def test_all_else_of_the_document_stays():
    before, after = template(), forms.fill(FORM, template(), {"title": "x"})

    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["Contents/section0.xml"]


LINE = st.text(
    st.characters(min_codepoint=32, exclude_categories=("C", "Z")) | st.just(" "), max_size=30
)
TEXT = st.lists(LINE, max_size=4).map("\n".join).map(str.strip)


@settings(max_examples=60)
@given(
    TEXT, TEXT, st.none() | st.integers(0, 10**13), st.none() | st.sampled_from(["basic", "new"])
)
def test_any_text_and_amount_survives(title, need, total, stage):
    with zipfile.ZipFile(io.BytesIO(template())) as package:
        section = Section(package.read("Contents/section0.xml"))
    given = {"title": title, "need": need, "total": total, "stage": stage}
    if "작성요령" in "".join(need.split()) or "".join(need.split()) in ("끝", "2.목표"):
        return

    apply.fill(FORM, [section], given)
    values, problems = apply.read(FORM, [Section(section.written())])

    assert problems == []
    assert {name: values[name] or None for name in given} == {
        name: value or (None if value != 0 or name != "total" else 0) or None
        for name, value in given.items()
    }


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"colour": "red"}, FormProblem("colour", "unknown")),
        ({"stage": "none"}, FormProblem("stage", "no_option", "none")),
        ({"partners": [{"name": "x"}] * 3}, FormProblem("partners", "no_room", "2")),
        ({"partners": [{"size": "x"}]}, FormProblem("partners.1.size", "unknown")),
    ],
)
def test_what_has_no_place_is_refused_by_place(values, problem):
    with pytest.raises(FormMismatch) as refused:
        forms.fill(FORM, template(), {"title": "x"} | values)

    assert problem in refused.value.problems


def test_what_cannot_be_read_is_told_by_place():
    broken = template(gap="총 많은 천원")
    both = forms.fill(
        forms.parse('id = "a"\nname = "a"\n[[fields]]\nid = "cell"\nlabel = "단계"'),
        broken,
        {"cell": "기초[√], 응용[v]\n[ ] 신규"},
    )

    filled = forms.read(FORM, both)

    assert set(filled.problems) == {
        FormProblem("total", "no_number", "많은"),
        FormProblem("stage", "several", "basic, applied"),
    }


def test_another_document_is_not_this_form():
    with pytest.raises(FormMismatch):
        forms.read(FORM, hwpx("x", (Paragraph("nothing of it"),)))


def test_a_table_in_a_section_is_told():
    document = hwpx(
        "x", (Heading("1. 필요성"), Table(((Cell("a"),),), (1,)), Heading("2. 목표"), Heading("끝"))
    )

    assert FormProblem("need", "object") in forms.read(FORM, document).problems


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 no archive", b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_no_document_is_refused(content):
    with pytest.raises(UnreadableDocument):
        forms.read(FORM, content)


def changed_section(change):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template())) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name.endswith("section0.xml") else part)
    return target.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1),
        lambda part: part[:-20],
        lambda part: part.replace(b"</hs:sec>", b"<hp:p>" * 50_000 + b"</hs:sec>"),
        lambda part: part.replace(b'rowAddr="0"', b'rowAddr="NaN"'),
    ],
)
def test_a_hostile_document_is_refused(change):
    with pytest.raises(UnreadableDocument):
        forms.fill(FORM, changed_section(change), {"title": "x"})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id = ", "Invalid value"),
        ('id = "a"\nname = "a"\ncolour = "b"', "colour"),
        (
            'id = "a"\nname = "a"\n' + '[[fields]]\nid = "x"\nlabel = "y"\n' * 2,
            "two fields have one id: x",
        ),
    ],
)
def test_a_bad_data_file_says_why(content, message):
    with pytest.raises(UnusableForm, match=message):
        forms.parse(content)


@pytest.mark.parametrize("name", forms.form_ids())
def test_every_form_of_ours_can_be_read(name):
    assert forms.form_named(name).id == name


# The official forms, where they are at hand.
OFFICIAL = {
    "rnd_plan_cover": "rnd_plan_part1_a",
    "rnd_plan_body": "rnd_plan_part2_a",
    "eligibility_check": "eligibility_check_a",
    "ethics_security_pledge": "ethics_security_pledge_a",
}
ROOM = {"money_total": 1, "science_classes": 1, "ministry_classes": 1, "keywords_ko": 1}
ROOM |= {"keywords_en": 1, "periods": 4, "money": 4, "answers": 6, "people": 4}


def official(name) -> bytes:
    folder = env.real_data()
    path = folder / "ko_forms" / f"{OFFICIAL[name]}.hwpx" if folder else Path("nowhere")
    if not path.is_file():
        pytest.skip("needs the official forms: DURE_DATA")
    return path.read_bytes()


def values_of(form):
    """A value for every field of a form, and for every row of its lists."""
    values = {}
    for n, field in enumerate(form.fields):
        if field.options:
            values[field.id] = field.options[n % len(field.options)][0]
        elif field.kind == "won":
            values[field.id] = 1_234_567_890 + n
        else:
            values[field.id] = str(n) if field.after else f"값 {n} <&> ㈜한글\n둘째 줄"
    for field in form.lists:
        values[field.id] = [
            {
                column.id: row * 10**6 + n if column.kind == "won" else f"{row}행 {n}열"
                for n, column in enumerate(field.columns)
                # The name of a stage stands once for its years.
                if not (column.id == "stage" and row % 2)
            }
            for row in range(ROOM.get(field.id, 2))
        ]
    for section in form.sections:
        values[section.id] = f"{section.heading}: 첫 문단\n\n둘째 문단"
    return values


@pytest.mark.parametrize("name", OFFICIAL)
def test_an_official_form_goes_there_and_back_without_loss(name):
    form, blank = forms.form_named(name), official(name)
    values = values_of(form)

    filled = forms.fill(form, blank, values)
    read = forms.read(form, filled)

    assert read.values == values
    assert {problem.kind for problem in read.problems} <= {"object"}
    with zipfile.ZipFile(io.BytesIO(blank)) as old, zipfile.ZipFile(io.BytesIO(filled)) as new:
        kept = [part for part in old.namelist() if not part.startswith("Preview/PrvImage")]
        assert new.namelist() == kept
        assert [part for part in kept if old.read(part) != new.read(part)] == [
            "Contents/section0.xml"
        ]


@pytest.mark.parametrize("name", OFFICIAL)
def test_every_field_of_an_official_form_has_its_place(name):
    problems = forms.read(forms.form_named(name), official(name)).problems

    assert {problem.kind for problem in problems} <= {"object"}
