"""The made ledgers of the benchmark: the same for a seed, bad at the published rate, with what they claim."""

import duckdb

from benchmarks.ledgers import BAD_SHARE, make, write


def told(folder, query):
    with duckdb.connect() as connection:
        return connection.execute(query.format(e=f"{folder}/expenses.parquet")).fetchall()


def test_a_seed_says_all(tmp_path):
    for name in ("one", "two"):
        write(make(200, 8_000, seed=5), tmp_path / name)

    for file in ("expenses.parquet", "projects.parquet", "relations.parquet"):
        first, second = (tmp_path / name / file for name in ("one", "two"))
        both = f"SELECT * FROM '{first}' EXCEPT ALL SELECT * FROM '{second}'"
        assert told(tmp_path, both) == []


def test_bad_projects_are_as_few_as_published_and_honest_ones_have_oddities(tmp_path):
    made = make(1_000, 150_000, seed=6)
    rows = write(made, tmp_path)

    assert len(made.schemes) == round(1_000 * BAD_SHARE)
    assert 140_000 < rows < 175_000
    bad = ", ".join(f"'P{project:05d}'" for project in made.schemes)
    apart = "FROM '{e}' WHERE project NOT IN (" + bad + ")"
    night = told(tmp_path, f"SELECT count(*) {apart} AND (time >= '23:00' OR time < '06:00')")
    twice = told(
        tmp_path,
        f"SELECT count(*) FROM (SELECT evidence {apart} AND evidence IS NOT NULL"
        " GROUP BY evidence, vendor, amount HAVING count(*) > 1)",
    )
    assert night[0][0] > 50
    assert twice[0][0] > 0
