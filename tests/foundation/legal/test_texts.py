"""Legal texts: which version applies when, and files that cannot be used."""

from datetime import date

import pytest

from dure.foundation.legal import PRIVACY, TERMS, LegalTextError, Operator, current, versions

OPERATOR = Operator("두레재단", "세종", "help@example.org", "044-000-0000", "김보호")
CLAUSE = """
[[clauses]]
title_ko = "제1조"
text_ko = "{name}"
title_en = "Article 1"
text_en = "{name}"
"""


def file(folder, name, text=CLAUSE):
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_version_of_the_day_applies(tmp_path):
    file(tmp_path, "terms-2026-01-01.toml")
    file(tmp_path, "terms-2026-07-01.toml")

    applied = [
        current(TERMS, day, tmp_path).version for day in (date(2025, 1, 1), date(2026, 6, 30))
    ]

    assert applied == ["2026-01-01", "2026-01-01"]
    assert current(TERMS, date(2026, 7, 1), tmp_path).version == "2026-07-01"
    assert [version.version for version in versions(TERMS, tmp_path)] == [
        "2026-07-01",
        "2026-01-01",
    ]


@pytest.mark.parametrize("code", [TERMS, PRIVACY])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_texts_that_come_along_name_the_operator(code, language):
    [text, *_] = versions(code)

    clauses = text.in_language(language, OPERATOR)

    assert len(clauses) >= 8
    assert "두레재단" in " ".join(clause.text for clause in clauses)
    assert "{" not in " ".join(clause.text for clause in clauses)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("terms-soon.toml", CLAUSE),
        ("terms-2026-13-01.toml", CLAUSE),
        ("terms-2026-01-01.toml", "clauses = 3"),
        ("terms-2026-01-01.toml", "[[clauses]]\ntitle_ko = 'x'"),
        ("terms-2026-01-01.toml", CLAUSE.replace("{name}", "{secret}")),
        ("terms-2026-01-01.toml", CLAUSE.replace("{name}", "{")),
        ("terms-2026-01-01.toml", "= ="),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path, name, text):
    file(tmp_path, name, text)

    with pytest.raises(LegalTextError, match=name.partition(".")[0]):
        versions(TERMS, tmp_path)


def test_a_folder_without_the_text_says_which_file_it_needs(tmp_path):
    with pytest.raises(LegalTextError, match="privacy-YYYY-MM-DD"):
        current(PRIVACY, date(2026, 1, 1), tmp_path)
