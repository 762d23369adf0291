from pathlib import Path

import pytest

from dure.foundation.embedding import BundledEmbedder


@pytest.mark.slow
def test_two_embedders_over_one_folder_convert_once_and_agree(tmp_path: Path, caplog):
    first = BundledEmbedder(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}

    second = BundledEmbedder(tmp_path)

    assert len(stamps) == 2
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == stamps
    assert not caplog.messages
    assert (first.embed_queries(["수소"]) == second.embed_queries(["수소"])).all()
