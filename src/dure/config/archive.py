"""A whole site as one ZIP file: a description, the database, and the files of the home.

What can be made again from these (search index, static files, cached vectors) is left out. Every
member carries a checksum, and an archive is read to its end before anything of it is used.
"""

import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

DRAFT = ".restoring"
DERIVED = {
    *("index", "static", "papers", "postgres", "test-postgres", DRAFT),
    *("vectors.sqlite", "vectors.sqlite-wal", "vectors.sqlite-shm"),
}
"""What is in a home but in no archive: each can be made again, or is the database itself."""

DESCRIPTION, DATABASE, FILES = "dure.json", "database.dump", "home/"
_LONGEST_DESCRIPTION = 10_000
_BLOCK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class BadArchive(Exception):
    """The file is no backup of dure, is damaged, or asks for what no backup needs."""


class Description(BaseModel):
    """Which dure made an archive, and when (ISO 8601)."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    format: Literal[1] = 1
    version: str
    created_at: str


def kept_files(home: Path) -> Iterator[Path]:
    """The files of a home that no command makes again; of links only those to whole folders in it.

    A home that is not there has none.
    """
    for top in sorted(home.iterdir()) if home.is_dir() else ():
        if top.name in DERIVED:
            continue
        paths = [Path(folder, name) for folder, _, names in os.walk(top) for name in sorted(names)]
        for path in paths if top.is_dir() else [top]:
            if path.is_file() and not path.is_symlink():
                yield path


class Writer:
    """Writes an archive, member by member, to an open file; `with` ends it."""

    def __init__(self, file: IO[bytes], description: Description) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._zip.writestr(DESCRIPTION, description.model_dump_json(indent=2))
        self._names: set[str] = set()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add_database(self, dump: IO[bytes]) -> None:
        """Add a dump, which is packed already."""
        self._add(zipfile.ZipInfo(DATABASE), dump)

    def add_new_files(self, home: Path) -> None:
        """Add the files of `home` that are not in the archive yet; one may vanish meanwhile."""
        for path in kept_files(home):
            name = FILES + path.relative_to(home).as_posix()
            if name in self._names:
                continue
            try:
                source = path.open("rb")
            except FileNotFoundError:
                continue
            with source:
                member = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
                member.compress_type = zipfile.ZIP_DEFLATED
                self._add(member, source)
            self._names.add(name)

    def _add(self, member: zipfile.ZipInfo, source: IO[bytes]) -> None:
        with self._zip.open(member, "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, _BLOCK)


class Reader:
    """An archive that was read to its end and found whole. Raises BadArchive."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            damaged = self._zip.testzip()
        except _DAMAGE as error:
            raise BadArchive(f"{path} cannot be read to its end: {error}") from error
        if damaged:
            raise BadArchive(f"{path} is damaged at {damaged!r}")
        members = {member.filename: member for member in self._zip.infolist()}
        if len(members) < len(self._zip.infolist()):
            raise BadArchive(f"{path} holds two files of one name")
        if not {DESCRIPTION, DATABASE} <= members.keys():
            raise BadArchive(f"{path} is no backup of dure")
        self.description = self._described(path, members.pop(DESCRIPTION))
        self._database = members.pop(DATABASE)
        self._files = {_place(path, member): member for member in members.values()}
        for place in self._files:
            if not self._files.keys().isdisjoint(place.parents):
                raise BadArchive(f"{path} holds {str(place)!r} inside another file")

    @property
    def size(self) -> int:
        """Bytes that all of it takes on disk."""
        return sum(member.file_size for member in self._zip.infolist())

    def extract_database(self, target: Path) -> None:
        """Write the dump to `target`."""
        self._extract(self._database, target)

    def extract_files(self, home: Path) -> None:
        """Write the files to an empty folder, with the rights that they had."""
        for place, member in self._files.items():
            target = home / place
            target.parent.mkdir(parents=True, exist_ok=True)
            self._extract(member, target)
            target.chmod(member.external_attr >> 16 & 0o777)

    def _extract(self, member: zipfile.ZipInfo, target: Path) -> None:
        with self._zip.open(member) as source, target.open("xb") as file:
            shutil.copyfileobj(source, file, _BLOCK)

    def _described(self, path: Path, member: zipfile.ZipInfo) -> Description:
        if member.file_size > _LONGEST_DESCRIPTION:
            raise BadArchive(f"{path}: {DESCRIPTION} is too long")
        try:
            return Description.model_validate_json(self._zip.read(member))
        except ValidationError as error:
            raise BadArchive(f"{path}: {DESCRIPTION} is not understood: {error}") from error


def _place(path: Path, member: zipfile.ZipInfo) -> PurePosixPath:
    """Where a file belongs in the home; refuses what leaves it, is derived, or is no plain file."""
    name = member.filename
    place = PurePosixPath(name.removeprefix(FILES))
    mode = member.external_attr >> 16
    is_plain = stat.S_ISREG(mode) and mode & 0o600 == 0o600
    is_inside = name == f"{FILES}{place}" and not place.is_absolute() and ".." not in place.parts
    if not (is_plain and is_inside and place.parts) or "\\" in name or place.parts[0] in DERIVED:
        raise BadArchive(f"{path} holds {name!r}, which no backup has")
    return place
