"""Which files a person means by the paths given, under which source each goes, and their bytes.

Every file comes in here, whether this process owns the data folder or sends the file to the server that does, so that both
take the same files under the same sources.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path, PurePosixPath

from documents.errors import MAX_FILE_BYTES, MEGABYTE, UnreadableDocument
from documents.reading.format import FORMATS, READ_FORMATS, format_of_file
from documents.text import nfc

DOCUMENT_SUFFIXES = (
    ".txt", ".md", ".html", ".htm", ".mht", ".mhtml", ".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".xlsx", ".xlsm", ".xls",
    ".ods", ".pdf",
)  # fmt: skip
"""Endings of the files in a folder that are taken for documents; one that cannot be read is then an error, not passed over. A
file with another ending is taken when its content is that of a document.
"""

MAX_SOURCE = 1_000
"""Characters of a source."""

MAX_PART = 255
"""Bytes of one part of a source: what file systems take."""

_DRIVE = re.compile(r"[A-Za-z]:")
MAX_SOURCE = 1_000
"""Characters of a source."""

MAX_PART = 255
"""Bytes of one part of a source: what file systems take."""

_DRIVE = re.compile(r"[A-Za-z]:")
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
        for name, file in found:
            try:
                source = source_of(name)
            except UnreadableDocument as error:
                failures.append(Failure(error.source, error.reason, error.hint))
                continue
            other = files.setdefault(source, file)
            if not _same(other, file):
                reason = f"hai tệp khác nhau cùng mang tên {source}: {other} và {file}."
                failures.append(Failure(source, reason, "Đổi tên một tệp, hoặc đọc thư mục chứa cả hai."))
    return list(files.items()), failures


def source_of(name: str) -> str:
    """The source that a relative path gives: "/" between its parts, composed letters, no control characters.

    Raises :class:`UnreadableDocument` where nothing is left, or the path is absolute, points upwards, hides itself or is too
    long: such a name is no document of a folder, and a server must not take it from outside.
    """
    letters = _legible(name).replace("\\", "/")
    cleaned = "".join(c for c in letters if unicodedata.category(c)[0] != "C").strip()
    path = PurePosixPath(cleaned)
    leaves = not path.parts or path.is_absolute() or _DRIVE.match(cleaned) or any(part.startswith(".") for part in path.parts)
    if leaves or len(cleaned) > MAX_SOURCE or any(len(part.encode()) > MAX_PART for part in path.parts):
        hint = "Dùng tên dạng thư-mục/tên.txt, không bắt đầu bằng dấu chấm."
        raise UnreadableDocument(cleaned[:80] or repr(name[:80]), "tên tệp không dùng được.", hint)
    return path.as_posix()


def _legible(name: str) -> str:
    """A file's name with composed letters; bytes of it that are no letters are shown as such."""
    return nfc(name.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))


def content_of(file: Path | bytes, source: str) -> bytes:
    """The bytes of a file. Raises :class:`UnreadableDocument` where it is too large, cannot be read, or is no regular file.

    A pipe or device is refused before it is opened: reading it may never end.
    """
    too_large = UnreadableDocument(source, f"tệp lớn quá {MAX_FILE_BYTES // MEGABYTE} MB.", "Tách tệp thành nhiều phần.")
    if isinstance(file, bytes):
        content = file
    else:
        try:
            info = file.stat()
            if not stat.S_ISREG(info.st_mode):
                raise UnreadableDocument(source, "không phải tệp thông thường.", READ_FORMATS)
            if info.st_size > MAX_FILE_BYTES:
                raise too_large
            with file.open("rb") as opened:
                content = opened.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise UnreadableDocument(source, f"không mở được ({error.strerror}).", "Kiểm tra quyền đọc.") from error
    if len(content) > MAX_FILE_BYTES:
        raise too_large
    return content


def _same(one: Path, other: Path) -> bool:
    """Whether two files are one, or have the same bytes; one that cannot be read is another file."""
    try:
        return one == other or one.resolve() == other.resolve() or cmp(one, other, shallow=False)
    except OSError:
        return False


def _of_one(path: Path, skipped: Callable[[str, str], None]) -> tuple[list[tuple[str, Path]], Failure | None]:
    """The files that one path means, each with its name."""
    try:
        if path.is_dir():
            found = _of_folder(path, skipped)
            return found, None if found else Failure(str(path), "thư mục không có văn bản nào.", READ_FORMATS)
        if path.is_file():
            return [(path.name, path)], None
        if path.exists():
            return [], Failure(str(path), "không phải tệp thông thường.", READ_FORMATS)
        return [], Failure(str(path), "không có tệp hay thư mục này.", "Kiểm tra lại đường dẫn.")
    except OSError as error:
        return [], Failure(str(path), f"không mở được ({error.strerror}).", "Kiểm tra quyền đọc.")


def _no_document(path: Path) -> str | None:
    """Why a file of a folder is none of its documents; ``None`` where its ending or its content says that it is one.

    A plain text is a document only under an ending of texts, or without any: programs and data are texts too. What hides
    documents (an archive, a protected file, a format that is not read) is taken, so that its reading says what to do with it.
    """
    suffix = path.suffix.lower()
    if suffix in DOCUMENT_SUFFIXES:
        return None
    try:
        found = format_of_file(path)
    except OSError as error:
        return f"không mở được ({error.strerror})"
    if found.id == "txt":
        return None if not suffix else "không phải định dạng văn bản"
    return f"là {found.name}, không phải văn bản" if found.advice == FORMATS["exe"].advice else None


def _of_folder(folder: Path, skipped: Callable[[str, str], None]) -> list[tuple[str, Path]]:
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        below = path.relative_to(folder)
        name = below.as_posix()
        if any(part.startswith((".", "~$")) for part in below.parts):
            skipped(_legible(name), "tệp ẩn")
        elif (reason := _no_document(path)) is not None:
            skipped(_legible(name), reason)
        elif path.stem.lower() in _ABOUT_THE_FOLDER:
            skipped(_legible(name), "tệp giới thiệu thư mục")
        else:
            found.append((name, path))
    return found
