import pytest
from sentencepiece import SentencePieceProcessor

from dure.foundation.embedding._pieces import write_pieces
from dure.foundation.embedding._weights import E5Weights


@pytest.fixture(scope="module")
def weights():
    return E5Weights()


@pytest.fixture(scope="module")
def pieces(weights, tmp_path_factory):
    path = tmp_path_factory.mktemp("pieces") / "pieces"
    write_pieces(weights, path)
    return SentencePieceProcessor(model_file=str(path))


def test_every_piece_keeps_its_number(weights, pieces):
    assert [pieces.id_to_piece(place) for place in range(len(pieces))] == [
        piece for piece, _ in weights.pieces()
    ]


def test_text_is_cut_into_its_likeliest_pieces(pieces):
    # The same that the library tokenizers makes of these pieces.
    assert pieces.encode("▁충돌방지▁장치", out_type=str) == ["▁충", "돌", "방", "지", "▁장치"]


def test_a_mark_that_somebody_writes_is_text(weights, pieces):
    cut = pieces.encode("▁<s>▁</s>▁<mask>▁<unk>")

    assert not {weights.begin, weights.end, weights.unknown, len(pieces) - 1} & {*cut}


def test_what_no_piece_holds_is_unknown(weights, pieces):
    assert weights.unknown in pieces.encode("▁\U00013000")
