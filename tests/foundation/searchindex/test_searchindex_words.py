from dure.foundation.searchindex._words import WordCount, informative, worth_reading


def test_the_commonest_words_are_left_out_and_rare_ones_never():
    counts = {"the": 900, "of": 800, "pump": 40, "heat": 50}

    kept = informative(["the", "new1", "heat", "pump", "of", "new2", "pump"], counts, 100)

    assert kept == ["new1", "heat", "pump", "new2", "pump"]


def test_a_small_index_is_read_as_a_whole_and_a_large_one_in_proportion():
    assert worth_reading(10) == worth_reading(10_000)
    assert worth_reading(2_000_000) == 2 * worth_reading(1_000_000) > worth_reading(10_000)


def test_one_word_always_stays():
    assert informative(["the", "of"], {"the": 900, "of": 800}, 10) == ["of"]


def test_without_counts_nothing_is_left_out():
    words = [f"w{i % 60}" for i in range(100)]

    assert informative(words, {}, 1) == words


def test_words_are_counted_once_per_document():
    words = WordCount()
    words.add(["a a b", None, "", "a c"])

    assert words.documents == 2
    assert words.common() == {"a": 2}
