"""Every kind of mistake in a programme file: told by line and key, with what to do about it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dure.foundation import programmes
from dure.foundation.programmes import UnusableFile
from dure.foundation.programmes._syntax import remedy_of
from dure.foundation.programmes._words import sentence

SAMPLE = (Path(__file__).parent / "sample.toml").read_text(encoding="utf-8")

MISTAKES = [
    ('id = "sample"\n', "", [(1, "id", "missing")]),
    ('id = "sample"', 'id = "A sample"', [(1, "id", "pattern_id")]),
    ('id = "sample"', "id = 7", [(1, "id", "string_type")]),
    ('id = "sample"', 'id = ""', [(1, "id", "pattern_id")]),
    ('id = "sample"', 'ids = "sample"', [(1, "id", "missing"), (1, "ids", "extra")]),
    ('version = "2024"', 'version = "first"', [(2, "version", "pattern_version")]),
    ('version = "2024"', "version = 2024", [(2, "version", "string_type")]),
    ('version = "2024"', 'version "2024"', [(2, "version", "syntax")]),
    ('version = "2024"', 'version = "2024', [(2, "version", "syntax")]),
    ('version = "2024"', 'version = "2024"\nversion = "2025"', [(3, "version", "key_twice")]),
    ('version = "2024"', 'version = "2024"\nauthor = "me"', [(3, "author", "extra")]),
    ("valid_from = 2024-01-01", 'valid_from = "2024-01-01"', [(3, "valid_from", "date_type")]),
    (
        "valid_from = 2024-01-01",
        "valid_from = 2024-01-01T09:00:00",
        [(3, "valid_from", "date_type")],
    ),
    ("valid_from = 2024-01-01", "valid_from = 2024-13-01", [(3, "valid_from", "syntax")]),
    ("valid_to = 2024-12-31", "valid_to = 2023-12-31", [(4, "valid_to", "ends_before")]),
    (
        'name = { ko = "보기 사업", en = "A programme to try mistakes on" }',
        'name = "보기 사업"',
        [(5, "name", "table_type")],
    ),
    ('ko = "보기 사업", ', "", [(5, "name.ko", "missing")]),
    ('ko = "보기 사업"', 'ko = " 보기 사업 "', [(5, "name.ko", "pattern_line")]),
    ('ko = "보기 사업"', 'ko = "보기\\n사업"', [(5, "name.ko", "pattern_line")]),
    ('ko = "보기 사업"', f'ko = "{"가" * 301}"', [(5, "name.ko", "too_long_text")]),
    ('ko = "보기 사업"', 'jp = "보기 사업"', [(5, "name.ko", "missing"), (5, "name.jp", "extra")]),
    (
        'exempt_from = ["graduation"]',
        'exempt_from = ["gradation"]',
        [(7, "exempt_from[0]", "no_exclusion")],
    ),
    (
        'exempt_from = ["graduation"]',
        'exempt_from = "graduation"',
        [(7, "exempt_from", "list_type")],
    ),
    ("[class]", "[klass]", [(1, "class", "missing"), (9, "klass", "extra")]),
    ("[class]", "[class", [(9, "class", "syntax")]),
    ("[closing]", "[class]", [(127, "class", "key_twice")]),
    ('goal = "growth"', 'goal = "profit"', [(10, "class.goal", "unknown_word")]),
    ('goal = "growth"\n', "", [(9, "class.goal", "missing")]),
    ('calls = ["open", "designated"]', "calls = []", [(11, "class.calls", "too_short")]),
    ('calls = ["open", "designated"]', 'calls = "open"', [(11, "class.calls", "list_type")]),
    ('"designated"', '"directed"', [(11, "class.calls[1]", "unknown_word")]),
    ('runs_as = "project"', "runs_as = 3", [(12, "class.runs_as", "string_type")]),
    ('budget = "rnd"', 'budget = "old"', [(15, "rules.budget", "no_rule_set")]),
    ('budget = "rnd"', 'buget = "rnd"', [(15, "rules.buget", "extra")]),
    ('exclusions = "rnd"', 'exclusions = "none"', [(16, "rules.exclusions", "no_rule_set")]),
    ('documents = "rnd"', "documents = 1", [(17, "rules.documents", "string_type")]),
    (
        'role = "demand", instr',
        'role = "buyer", instr',
        [(22, "money.payers[1].role", "unknown_word")],
    ),
    (
        'role = "demand", instr',
        'role = "lead", instr',
        [(23, "money.payers[2].role", "twice"), (42, "money.rules[2].role", "no_payer")],
    ),
    (
        '["own_share", "equity"]',
        '["own_share", "shares"]',
        [(23, "money.payers[2].instruments[1]", "unknown_word")],
    ),
    ('["own_share", "equity"]', "[]", [(23, "money.payers[2].instruments", "too_short")]),
    (
        '["own_share", "equity"]',
        '["own_share"]',
        [
            (55, "money.rules[4].of.instruments", "not_paid_so"),
            (61, "money.rules[5].first.instruments", "not_paid_so"),
        ],
    ),
    (
        '{ role = "demand", instruments',
        '{ roles = "demand", instruments',
        [(22, "money.payers[1].role", "missing"), (22, "money.payers[1].roles", "extra")],
    ),
    (
        'role = "government", instruments = ["grant"] }',
        'role = "government", instruments = ["grant"',
        [(24, "", "syntax")],
    ),
    ('id = "second"', 'id = "first"', [(27, "money.phases[1].id", "twice")]),
    ("months = 6", "months = 0", [(26, "money.phases[0].months", "greater_than")]),
    ("months = 6", 'months = "6"', [(26, "money.phases[0].months", "int_type")]),
    ("months = 12", "months = 999", [(27, "money.phases[1].months", "less_than_equal")]),
    ("months = 12", 'instruments = ["loan"]', [(27, "money.phases[1].instruments", "not_paid_so")]),
    ('rule = "total_max"', 'rule = "max_total"', [(31, "money.rules[0].rule", "unknown_kind")]),
    ('rule = "total_max"\n', "", [(30, "money.rules[0].rule", "no_kind")]),
    ("won = 350_000_000", 'won = "350M"', [(32, "money.rules[0].won", "int_type")]),
    ("won = 350_000_000", "won = -350", [(32, "money.rules[0].won", "greater_than")]),
    ("won = 350_000_000", "won = 0", [(32, "money.rules[0].won", "greater_than")]),
    ("won = 350_000_000", "won = 350.5", [(32, "money.rules[0].won", "int_type")]),
    ("won = 350_000_000", "won = true", [(32, "money.rules[0].won", "int_type")]),
    ("won = 350_000_000", "won = nan", [(32, "money.rules[0].won", "int_type")]),
    (
        "won = 350_000_000",
        "won = 9_999_999_999_999_999_999",
        [(32, "money.rules[0].won", "less_than_equal")],
    ),
    ("won = 350_000_000\n", "", [(30, "money.rules[0].won", "missing")]),
    (
        "won = 350_000_000",
        "amount = 350_000_000",
        [(30, "money.rules[0].won", "missing"), (32, "money.rules[0].amount", "extra")],
    ),
    (
        "won = 350_000_000",
        "won = 350_000_000\npercent = 60",
        [(33, "money.rules[0].percent", "extra")],
    ),
    ("won = 350_000_000", "won = 5_000_000", [(49, "money.rules[3].won", "floor_above_total")]),
    ("percent = 62.5", "percent = 0", [(37, "money.rules[1].percent", "greater_than")]),
    ("percent = 62.5", "percent = 162.5", [(37, "money.rules[1].percent", "less_than_equal")]),
    ("percent = 62.5", "percent = -5", [(37, "money.rules[1].percent", "greater_than")]),
    ("percent = 62.5", 'percent = "62.5%"', [(37, "money.rules[1].percent", "not_a_number")]),
    ("percent = 62.5", "percent = inf", [(37, "money.rules[1].percent", "not_a_number")]),
    ("percent = 62.5", "percent = false", [(37, "money.rules[1].percent", "not_a_number")]),
    ("percent = 62.5", "percent = [62.5]", [(37, "money.rules[1].percent", "not_a_number")]),
    ("percent = 62.5\n", "", [(34, "money.rules[1].percent", "missing")]),
    (
        'role = "government"\npercent',
        'role = "goverment"\npercent',
        [(36, "money.rules[1].role", "unknown_word")],
    ),
    (
        'role = "government"\npercent',
        'role = "investor"\npercent',
        [(36, "money.rules[1].role", "no_payer")],
    ),
    ('role = "government"\npercent', "percent", [(34, "money.rules[1].role", "missing")]),
    ("trl = [1, 6]", "trl = [6, 1]", [(38, "money.rules[1].when.trl", "lowest_first")]),
    ("trl = [1, 6]", "trl = [1, 10]", [(38, "money.rules[1].when.trl[1]", "less_than_equal")]),
    ("trl = [1, 6]", "trl = [1]", [(38, "money.rules[1].when.trl", "too_short")]),
    ("trl = [1, 6]", "trl = 6", [(38, "money.rules[1].when.trl", "list_type")]),
    ("trl = [1, 6]", "level = [1, 6]", [(38, "money.rules[1].when.level", "extra")]),
    ("trl = [1, 6]", 'size = ["tiny"]', [(38, "money.rules[1].when.size[0]", "unknown_word")]),
    ("trl = [1, 6]", 'paid_by = ["worker"]', [(38, "money.rules[1].when.paid_by", "no_payer")]),
    (
        "percent = 30\n\n",
        'percent = 30\nper = "month"\n\n',
        [(44, "money.rules[2].per", "literal_error")],
    ),
    (
        "percent = 30\n\n",
        'percent = 30\nof = "total"\n\n',
        [(44, "money.rules[2].of", "table_type")],
    ),
    (
        "percent = 30\n\n",
        'percent = 30\nkinds = ["money"]\n\n',
        [(44, "money.rules[2].kinds[0]", "unknown_word")],
    ),
    (
        "percent = 30\n\n",
        'percent = 30\n[[money.rules]]\nrule = "share_min"\nrole = "lead"\npercent = 71\n\n',
        [(47, "money.rules[3].percent", "floors_above_whole")],
    ),
    (
        "percent = 30\n\n",
        'percent = 30\n[[money.rules]]\nrule = "share_min"\nrole = "demand"\npercent = 20\n\n',
        [(45, "money.rules[3].rule", "rule_twice")],
    ),
    (
        "percent = 30\n\n",
        'percent = 30\n[[money.rules]]\nrule = "share_max"\nrole = "demand"\npercent = 20\n\n',
        [(43, "money.rules[2].percent", "floor_above_cap")],
    ),
    ('phase = "first"', 'phase = "frist"', [(48, "money.rules[3].phase", "no_phase")]),
    ('phase = "first"', "phase = 1", [(48, "money.rules[3].phase", "string_type")]),
    ("times = 8", "times = 0", [(54, "money.rules[4].times", "greater_than")]),
    ("times = 8", 'times = "eight"', [(54, "money.rules[4].times", "not_a_number")]),
    (
        'of = { roles = ["lead"], instruments = ["equity"] }\n',
        "",
        [(51, "money.rules[4].of", "missing")],
    ),
    (
        'of = { roles = ["lead"], instruments = ["equity"] }',
        'of = { roles = ["worker"] }',
        [(55, "money.rules[4].of.roles", "no_payer")],
    ),
    (
        'of = { roles = ["lead"], instruments = ["equity"] }',
        'of = { role = "lead" }',
        [(55, "money.rules[4].of.role", "extra")],
    ),
    (
        'confirmed = "private_investment"',
        'confirmed = "investment"',
        [(60, "money.rules[5].confirmed", "unknown_word")],
    ),
    ('then = { roles = ["government"] }\n', "", [(57, "money.rules[5].then", "missing")]),
    (
        'first = { roles = ["lead"], instruments = ["equity"] }',
        'first = { roles = ["lead"], instruments = ["loan"] }',
        [(61, "money.rules[5].first.instruments", "not_paid_so")],
    ),
    (
        '"purchase_consent"]',
        '"purchase_promise"]',
        [(66, "money.rules[6].any_of[1]", "unknown_word")],
    ),
    (
        'any_of = ["purchase_contract", "purchase_consent"]',
        "any_of = []",
        [(66, "money.rules[6].any_of", "too_short")],
    ),
    (
        'stage = "agreement"\npercent = 70',
        'stage = "signing"\npercent = 70',
        [(69, "money.instalments[0].stage", "no_stage")],
    ),
    ("percent = 70", "percent = 60", [(70, "money.instalments[0].percent", "not_hundred")]),
    ("percent = 70", "percent = 70.5", [(70, "money.instalments[0].percent", "int_type")]),
    ('kind = "one_of"', 'kind = "either"', [(78, "eligibility[0].kind", "unknown_kind")]),
    ('kind = "one_of"\n', "", [(76, "eligibility[0].kind", "no_kind")]),
    ('fact = "size"', 'fact = "height"', [(79, "eligibility[0].fact", "unknown_word")]),
    (
        'values = ["small"]',
        'values = ["little"]',
        [(80, "eligibility[0].values[0]", "unknown_word")],
    ),
    ('values = ["small"]', 'values = "small"', [(80, "eligibility[0].values", "list_type")]),
    ('id = "young"', 'id = "small"', [(83, "eligibility[1].id", "twice")]),
    ("years = 7", "years = 0", [(86, "eligibility[1].years", "greater_than")]),
    (
        "years = 7",
        "most = 7",
        [(82, "eligibility[1].years", "missing"), (86, "eligibility[1].most", "extra")],
    ),
    (
        'until = "first_evaluation"',
        'until = "later"',
        [(87, "eligibility[1].until", "unknown_word")],
    ),
    ('[[stages]]\nid = "agreement"', '[stages]\nid = "agreement"', [(96, "stages", "key_twice")]),
    (
        'id = "closing"\n',
        'id = "agreement"\n',
        [(73, "money.instalments[1].stage", "no_stage"), (101, "stages[2].id", "twice")],
    ),
    ("count = 40", "count = 4", [(94, "stages[0].gate.passes", "passes_above_count")]),
    ("count = 40", 'count = "40"', [(92, "stages[0].count", "int_type")]),
    (
        'needs = ["special_guarantee"]',
        'needs = ["guarantee"]',
        [(93, "stages[0].needs[0]", "unknown_word")],
    ),
    ('by = "centre"', 'by = "center"', [(94, "stages[0].gate.by", "unknown_word")]),
    ('by = "centre", ', "", [(94, "stages[0].gate.by", "missing")]),
    ('stage = "application"\n', 'stage = "applying"\n', [(108, "documents[0].stage", "no_stage")]),
    ('by = "demand"\n', 'by = "buyer"\n', [(107, "documents[0].by", "unknown_word")]),
    ('id = "contract"', 'id = "the contract"', [(105, "documents[0].id", "pattern_id")]),
    ("weight = 60", "weight = 50", [(113, "criteria[0].weight", "not_hundred")]),
    ("weight = 60", "weight = 0", [(113, "criteria[0].weight", "greater_than")]),
    ("minimum = 30", "minimum = 61", [(114, "criteria[0].minimum", "minimum_above_weight")]),
    ("minimum = 30", "minimum = 101", [(114, "criteria[0].minimum", "less_than_equal")]),
    ('id = "business"', 'id = "technology"', [(117, "criteria[1].id", "twice")]),
    ("points = 1", "points = 101", [(124, "bonus[0].points", "less_than_equal")]),
    ("points = 1", "points = 0.5", [(124, "bonus[0].points", "int_type")]),
    (
        'evidence = { ko = "임치증", en = "Certificate" }\n',
        "",
        [(121, "bonus[0].evidence", "missing")],
    ),
    ('"ordinary"]', '"average"]', [(128, "closing.results[1]", "unknown_word")]),
    ("[1, 3, 5]", "[0, 3]", [(129, "closing.follow_up_years[0]", "greater_than")]),
    ("[1, 3, 5]", "3", [(129, "closing.follow_up_years", "list_type")]),
    ('what = "budget"', 'what = "money"', [(132, "figures[0].what", "unknown_word")]),
    ("year = 2024", "year = 24", [(133, "figures[0].year", "greater_than_equal")]),
    ("value = 1_000_000", "value = -1", [(134, "figures[0].value", "greater_than")]),
    (
        "value = 1_000_000\n",
        'value = 1_000_000\n[[figures]]\nwhat = "budget"\nyear = 2024\nvalue = 2\n',
        [(136, "figures[1].what", "twice")],
    ),
    (
        '["own_share", "equity"]',
        '["own_share", "own_share", "equity"]',
        [(23, "money.payers[2].instruments[1]", "twice")],
    ),
    ('"ordinary"]', '"excellent"]', [(128, "closing.results[1]", "twice")]),
    ("[1, 3, 5]", "[1, 3, 3]", [(129, "closing.follow_up_years[2]", "twice")]),
    (
        'fact = "size"\nvalues = ["small"]',
        'fact = "trl"\nvalues = ["small"]',
        [(79, "eligibility[0].fact", "other_kind")],
    ),
    (
        'kind = "younger"\nfact = "founded"',
        'kind = "younger"\nfact = "debt_ratio"',
        [(85, "eligibility[1].fact", "other_kind")],
    ),
    (
        'then = { roles = ["government"] }',
        'then = { roles = ["lead"] }',
        [(62, "money.rules[5].then", "before_itself")],
    ),
    ("points = 1", "points = 0", [(124, "bonus[0].points", "nought")]),
    ("count = 40", "count = 40_000_000", [(92, "stages[0].count", "less_than_equal")]),
    (
        "value = 1_000_000",
        "value = 9_000_000_000_000_000_000",
        [(134, "figures[0].value", "less_than_equal")],
    ),
    (
        'then = { roles = ["government"] }',
        "then = {}",
        [(62, "money.rules[5].then", "says_nothing")],
    ),
    ("[closing]", '[[quotas]]\nby = "centre"\n[closing]', [(127, "quotas[0]", "says_nothing")]),
    (
        "[closing]",
        "[reviewing]\nreviews = 2\nneeds = { law = 3 }\n[closing]",
        [(129, "reviewing.needs.law", "needs_above_reviews")],
    ),
    (
        'documents = "rnd"\n\n[money]',
        'documents = "rnd"\nselection = "rnd"\n\n[reviewing]\nreviews = 4\n\n[money]',
        [(21, "reviewing.reviews", "too_few_reviews")],
    ),
]


def mistakes_in(content):
    with pytest.raises(UnusableFile) as refusal:
        programmes.read(content)
    return refusal.value.mistakes


def test_the_sample_itself_is_sound():
    assert programmes.read(SAMPLE.encode()).id == "sample"


@pytest.mark.parametrize(("sound", "broken", "expected"), MISTAKES)
def test_a_mistake_is_told_by_line_and_key(sound, broken, expected):
    assert sound in SAMPLE

    mistakes = mistakes_in(SAMPLE.replace(sound, broken, 1).encode())

    assert [(mistake.line, mistake.key, mistake.code) for mistake in mistakes] == expected


@pytest.mark.parametrize(("sound", "broken", "expected"), MISTAKES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_mistake_says_what_to_do_about_it(sound, broken, expected, language):
    for mistake in mistakes_in(SAMPLE.replace(sound, broken, 1).encode()):
        message = mistake.message(language)

        assert len([part for part in message.split(". ") if part]) >= 2  # what is wrong; the remedy
        assert "one of: ." not in message
        assert "쓰세요: ." not in message
        assert any("가" <= letter <= "힣" for letter in message) or language == "en"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00", "encoding"),
        (SAMPLE.encode("utf-16"), "encoding"),
        (b"a = " + b"[" * 5_000 + b"]" * 5_000, "too_deep"),
        (b"a = " + b"[" * 20 + b"]" * 20, "too_deep"),
        (b"#" * 200_001, "too_big"),
        (b"a" + b".a" * 90_000 + b" = 1", "too_deep"),
        (b"<html>", "syntax"),
        (b'a = "', "syntax"),
    ],
)
def test_a_hostile_file_is_refused(content, code):
    assert [mistake.code for mistake in mistakes_in(content)] == [code]


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("id = “sample”", "straight_quotes"),
        ("percent = ６０", "half_width"),
        ("percent = 60%", "no_percent_sign"),
        ("percent = 62,5", "decimal_point"),
        ("won = 350,000,000  # 3.5억", "no_commas"),
        ("won = 350M", "no_unit"),
        ("won = 3억5천만원", "no_unit"),
        ("won = ₩350_000_000", "no_unit"),
        ("months = 014", "no_leading_zero"),
        ("is_optional = True", "small_letters"),
        ("day = 2023. 1. 1.", "iso_date"),
        ("valid_from = 2023-02-30", "in_calendar"),
        ("months: 14", "equals_sign"),
        ("months 14", "equals_sign"),
        ("role = government", "in_quotes"),
        ('version = "2023', "close_quotes"),
        ('edition = "2023",', "one_statement"),
        ("months =", "some_value"),
        ('name = { ko = "가",', "on_one_line"),
        ('en = "a\\wrong"', "backslash"),
        ("[[money.rules]", "close_bracket"),
        ("values = [", "close_bracket"),
        ("}", "look_at_line"),
    ],
)
def test_a_line_that_cannot_be_read_says_what_to_do(line, remedy):
    assert remedy_of(line) == remedy

    [mistake] = mistakes_in(SAMPLE.replace("[class]", f"{line}\n[class]", 1).encode())
    assert mistake.code == "syntax"
    assert all(sentence("mistake", remedy, language) for language in ("ko", "en"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_to_do_is_told_with_the_line_that_cannot_be_read(language):
    [mistake] = mistakes_in(SAMPLE.replace("percent = 62.5", "percent = 62,5", 1).encode())

    assert (mistake.line, mistake.key) == (37, "percent")
    assert mistake.message(language).endswith(sentence("mistake", "decimal_point", language))


def test_caps_of_all_payers_have_to_come_to_the_whole():
    capped = "".join(
        f'[[money.rules]]\nrule = "share_max"\nrole = "{role}"\npercent = {percent}\n\n'
        for role, percent in (("demand", 35), ("lead", 20))
    )
    always = SAMPLE.replace("percent = 62.5\nwhen = { trl = [1, 6] }", "percent = 44", 1)
    broken = always.replace("[[money.rules]]", f"{capped}[[money.rules]]", 1)

    assert [mistake.code for mistake in mistakes_in(broken.encode())] == ["caps_below_whole"]
    assert programmes.read(broken.replace("percent = 44", "percent = 45").encode())


def test_every_mistake_of_a_file_is_told_at_once_in_the_order_of_lines():
    broken = SAMPLE
    for sound, wrong in (("won = 350", "won = -350"), ("times = 8", "times = 0"), ("id =", "ix =")):
        broken = broken.replace(sound, wrong, 1)

    mistakes = mistakes_in(broken.encode())

    assert len(mistakes) == 4
    assert [mistake.line for mistake in mistakes] == sorted(mistake.line for mistake in mistakes)


@pytest.mark.parametrize("content", [SAMPLE.replace("\n", "\r\n"), "\ufeff" + SAMPLE])
def test_line_ends_and_marks_of_other_editors_are_read(content):
    assert programmes.read(content.encode()).id == "sample"


@given(st.data())
def test_a_file_with_a_piece_cut_out_never_crashes(data):
    begin = data.draw(st.integers(0, len(SAMPLE)))
    end = data.draw(st.integers(begin, len(SAMPLE)))
    mistakes = ()
    try:
        programmes.read((SAMPLE[:begin] + SAMPLE[end:]).encode())
    except UnusableFile as refusal:
        mistakes = refusal.mistakes

    assert all(1 <= mistake.line <= SAMPLE.count("\n") + 1 for mistake in mistakes)
    assert all(mistake.message(language) for mistake in mistakes for language in ("ko", "en"))
