"""What changed between two texts, put together again, is both texts."""

from hypothesis import given
from hypothesis import strategies as st

from dure.foundation.ui.differences import differences

TEXTS = st.text(alphabet="가나 abc\n.", max_size=60)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts(before, after):
    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.state != "added") == before
    assert "".join(piece.text for piece in pieces if piece.state != "removed") == after


def test_one_word_changed_is_one_word_marked():
    pieces = [(piece.state, piece.text) for piece in differences("정확도 95 %", "정확도 97 %")]

    assert pieces == [("kept", "정확도 "), ("removed", "95"), ("added", "97"), ("kept", " %")]
