"""Which files a person means by the paths given, and under which source each goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from documents.text import nfc

DOCUMENT_SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".doc", ".odt", ".rtf", ".pdf")
"""Endings of the files in a folder that are taken for documents; one that cannot be read is then an error, not passed over."""

_ABOUT_THE_FOLDER = ("readme", "license", "licence", "changelog", "contributing")


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or path that was not taken in: ``reason`` and ``hint`` are for the officer, in Vietnamese.

    ``defect`` says that the fault is the program's and not the file's.
    """

    source: str
    reason: str
    hint: str = ""
    defect: bool = False


def _ignore(source: str, reason: str) -> None:
    """Nobody asks what was passed over."""


def files_to_read(
    paths: Iterable[Path], skipped: Callable[[str, str], None] = _ignore
) -> tuple[list[tuple[str, Path]], list[Failure]]:
    """The files to read, each with its source, and what is wrong with the paths.

    A file's source is its name; that of a file in a folder is its path relative to the folder. Folders are walked in order of
    names; hidden files, and files that are no documents, are passed over, and ``skipped`` is told the source and the reason.
    Two different files with one source cannot both be kept: the second one is a failure.
    """
    files: dict[str, Path] = {}
    failures: list[Failure] = []
    for path in paths:
        found, failure = _of_one(path, skipped)
        if failure:
            failures.append(failure)
        for source, file in found:
            other = files.setdefault(source, file)
            if not _same(other, file):
                reason = f"hai tệp khác nhau cùng mang tên {source}: {other} và {file}."
                failures.append(Failure(source, reason, "Đổi tên một tệp, hoặc đọc thư mục chứa cả hai."))
    return list(files.items()), failures


def source_of(path: Path) -> str:
    """The source that a relative path gives: "/" between its parts, composed letters, and no byte that is no letter."""
    return nfc(os.fsencode(path.as_posix()).decode("utf-8", "replace"))


def _same(one: Path, other: Path) -> bool:
    return one == other or one.resolve() == other.resolve() or one.read_bytes() == other.read_bytes()


def _of_one(path: Path, skipped: Callable[[str, str], None]) -> tuple[list[tuple[str, Path]], Failure | None]:
    """The files that one path means."""
    try:
        if path.is_dir():
            found = _of_folder(path, skipped)
            if found:
                return found, None
            hint = f"Văn bản là tệp {', '.join(DOCUMENT_SUFFIXES)}."
            return [], Failure(str(path), "thư mục không có văn bản nào.", hint)
        if path.exists():
            return [(source_of(Path(path.name)), path)], None
        return [], Failure(str(path), "không có tệp hay thư mục này.", "Kiểm tra lại đường dẫn.")
    except OSError as error:
        return [], Failure(str(path), f"không mở được ({error.strerror}).", "Kiểm tra quyền đọc.")


def _of_folder(folder: Path, skipped: Callable[[str, str], None]) -> list[tuple[str, Path]]:
    found = []
    for path in sorted(folder.rglob("*")):
        source = source_of(path.relative_to(folder))
        if not path.is_file():
            continue
        if any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts):
            skipped(source, "tệp ẩn")
        elif path.suffix.lower() not in DOCUMENT_SUFFIXES:
            skipped(source, "không phải định dạng văn bản")
        elif path.stem.lower() in _ABOUT_THE_FOLDER:
            skipped(source, "tệp giới thiệu thư mục")
        else:
            found.append((source, path))
    return found
