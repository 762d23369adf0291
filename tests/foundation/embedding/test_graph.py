from pathlib import Path

import pytest

from dure.foundation.embedding import BundledEmbedder


@pytest.mark.slow
def test_two_embedders_over_one_folder_convert_once_and_agree(tmp_path: Path):
    first = BundledEmbedder(tmp_path)
    [written] = tmp_path.iterdir()
    stamp = written.stat().st_mtime_ns

    second = BundledEmbedder(tmp_path)

    assert written.stat().st_mtime_ns == stamp
    assert (first.embed_queries(["수소"]) == second.embed_queries(["수소"])).all()
