"""A plain text (.txt, .md) as lines, in whatever encoding."""

from __future__ import annotations

from pathlib import Path

from documents.errors import MAX_LINES, MAX_TEXT_BYTES, MEGABYTE, UnreadableDocument
from documents.reading.cleaning import clean_text
from documents.reading.encoding import decode
from documents.reading.file import bytes_of
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText


def read_text(path: Path, limits: Limits) -> SourceText:
    """The lines of a text file. Raises :class:`UnreadableDocument` when it is too large or no text."""
    name = path.name
    data = bytes_of(path, name)
    if len(data) > MAX_TEXT_BYTES:
        limit, size = MAX_TEXT_BYTES // MEGABYTE, len(data) // MEGABYTE
        raise UnreadableDocument(name, f"có {size} MB, quá giới hạn {limit} MB của tệp văn bản.", "Hãy chia nhỏ tệp.")
    decoded = decode(data)
    if decoded is None:
        raise UnreadableDocument(
            name,
            "là tệp nhị phân hoặc dùng bảng mã không nhận ra.",
            "Hãy mở bằng phần mềm gốc và lưu lại thành .txt, bảng mã UTF-8.",
        )
    lines, notes = clean_text(decoded.text)
    if len(lines) > MAX_LINES:
        raise UnreadableDocument(
            name, f"có {len(lines):,} dòng, quá giới hạn {MAX_LINES:,} dòng.".replace(",", "."), "Hãy chia nhỏ tệp."
        )
    return SourceText(tuple(lines), "txt", notes=(*decoded.notes, *notes))
