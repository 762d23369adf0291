"""A ranking learned from verdicts: silent below the threshold, with its reasons above; communities; lists."""

import random
from datetime import date

from dure.engines.auditing import (
    LANGUAGES,
    Checked,
    Finding,
    Level,
    checklist_on,
    checklists,
    communities,
    lacking,
    learn,
    signals,
)


def verdicts(count, seed=1):
    """Checked projects in which `telling` goes with misuse and `chatter` does not."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        telling, chatter = chance.random() < 0.4, chance.random() < 0.5
        scores = {"telling": 0.9} if telling else {}
        scores |= {"chatter": 0.9} if chatter else {}
        made.append(Checked(scores, chance.random() < (0.8 if telling else 0.1)))
    return made


def test_below_the_threshold_it_is_silent_and_says_what_is_missing():
    few = verdicts(60)
    confirmed = sum(project.is_confirmed for project in few)

    assert learn(few) is None
    assert lacking(few)["checked"] == 40
    assert learn([Checked({"telling": 1.0}, True)] * 200) is None
    assert confirmed


def test_above_it_what_was_confirmed_weighs_with_its_reasons():
    learned = learn(verdicts(200))

    both = {"telling": 0.9, "chatter": 0.9}
    assert learned.score({"telling": 0.9}) > learned.score({"chatter": 0.9})
    assert learned.reasons(both)[0].signal == "telling"
    assert learned.score(both) == round(
        learned.base + sum(reason.adds for reason in learned.reasons(both)), 6
    )
    assert learned.reasons({"never seen": 1.0}) == ()


def test_the_order_of_verdicts_does_not_matter():
    known = verdicts(200)

    assert learn(known) == learn(random.Random(3).sample(known, 200))


def finding(project, rows=(), **facts):
    return Finding(project, "x", Level.STRONG, 1.0, tuple(rows), facts)


def test_projects_that_share_accounts_people_or_rows_hang_together():
    groups = communities(
        [
            finding("A", account="K1"), finding("B", account="K1", person="S1"),
            finding("C", person="S1"), finding("D", rows=["7"]), finding("E", rows=["7", "8"]),
            finding("F", who="상사"), finding("G", who="상사"),
            *(finding(f"P{n}", account="K9") for n in range(30)),
        ]
    )  # fmt: skip

    assert [group.projects for group in groups] == [("A", "B", "C"), ("D", "E")]
    assert groups[0].ties == (("account", "K1"), ("person", "S1"))


def test_the_list_of_the_day_counts_and_knows_its_signals():
    known = {signal.code for signal in signals()}

    assert checklist_on(date(2000, 1, 1)) == checklists()[0]
    assert checklist_on(date(9000, 1, 1)) == checklists()[-1]
    for checklist in checklists():
        codes = [item.code for item in checklist.items]
        assert len(set(codes)) == len(codes)
        for item in checklist.items:
            assert set(item.signals) <= known
            assert all(item.words[language] for language in LANGUAGES)
