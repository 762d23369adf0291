from dure.foundation.searchindex._words import WORDS_PER_QUERY, WordCount, informative


def test_the_words_in_the_fewest_documents_are_kept_in_order():
    rare = [f"rare{i}" for i in range(WORDS_PER_QUERY - 1)]
    counts = {"the": 900, "of": 800, "pump": 40}

    kept = informative(["the", *rare, "pump", "of", "rare0"], counts, WORDS_PER_QUERY)

    assert kept == [*rare, "pump", "rare0"]


def test_short_queries_and_unknown_counts_stay_whole():
    long = [f"w{i}" for i in range(100)]

    assert informative(["the", "the"], {"the": 9}, 1) == ["the", "the"]
    assert informative(long, {}, 1) == long


def test_words_are_counted_once_per_document():
    words = WordCount()
    words.add(["a a b", None, "", "a c"])

    assert words.documents == 2
    assert words.common() == {"a": 2}
