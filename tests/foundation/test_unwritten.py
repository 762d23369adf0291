"""Files that are not to stand readable on a disk."""

from pathlib import Path

from dure.foundation import unwritten


def test_the_folder_is_of_one_process_and_gone_afterwards():
    with unwritten.unwritten_folder() as folder:
        (folder / "plain.csv").write_bytes(b"secret")
        assert folder.stat().st_mode & 0o077 == 0
        is_memory = Path(unwritten.MEMORY).is_dir()
        assert not is_memory or folder.is_relative_to(unwritten.MEMORY)

    assert not folder.exists()


def test_where_there_is_no_memory_to_write_to_it_is_a_temporary_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(unwritten, "MEMORY", str(tmp_path / "absent"))

    with unwritten.unwritten_folder() as folder:
        (folder / "plain.csv").write_bytes(b"secret")

    assert not folder.exists()
