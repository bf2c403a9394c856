"""From a file to its text: the format is told by content, and each format has a reader.

A reader is a function ``(path, limits) -> SourceText`` in a module of its own, which may raise :class:`UnreadableDocument`. All
but the one of plain text run in a process of their own that can be ended (:mod:`documents.reading.worker`), because files are
made by others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from documents.errors import UnreadableDocument
from documents.reading.cleaning import clean_lines
from documents.reading.file import bytes_of
from documents.reading.format import format_of
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText

Reader = Callable[[Path, Limits], SourceText]

READERS: dict[str, str] = {
    "txt": "documents.reading.text:read_text",
    "html": "documents.reading.html:read_html",
    "mhtml": "documents.reading.html:read_mhtml",
    "docx": "documents.reading.docx:read_docx",
    "doc": "documents.reading.office:read_doc",
    "wordml": "documents.reading.office:read_doc",
    "rtf": "documents.reading.office:read_doc",
    "odt": "documents.reading.odt:read_odt",
    "ods": "documents.reading.office:read_xls",
    "xlsx": "documents.reading.xlsx:read_xlsx",
    "xls": "documents.reading.office:read_xls",
    "pdf": "documents.reading.pdf:read_pdf",
    "png": "documents.reading.image:read_image",
    "jpeg": "documents.reading.image:read_image",
    "tiff": "documents.reading.image:read_image",
}
"""Module and function of the reader of each format; a module is imported when its first file comes."""

IN_PROCESS = frozenset(("txt",))
"""Formats whose reader is our own code over bytes and needs no process of its own."""


def reader_of(format_id: str) -> Reader:
    """The reader of a format. Raises ``KeyError`` for a format that has none."""
    module, _, name = READERS[format_id].partition(":")
    reader: Reader = getattr(import_module(module), name)
    return reader


def read_source(path: Path, source: str | None = None, limits: Limits | None = None) -> tuple[SourceText, str]:
    """The text of the file at ``path`` and the SHA-256 of its bytes; ``source`` is the name it goes by (default: its file name).

    Raises :class:`UnreadableDocument` when there is no such file, it may not be read, is too large, empty, damaged, protected
    by a password, in a format that has no reader, exceeds the ``limits``, or holds no text.
    """
    name, limits = source or path.name, limits or Limits()
    data = bytes_of(path, name)
    digest = hashlib.sha256(data).hexdigest()
    found = format_of(data)
    if not found.is_read:
        raise UnreadableDocument(name, f"là {found.name}, không đọc được.", found.advice)
    del data
    try:
        text = reader_of(found.id)(path, limits) if found.id in IN_PROCESS else _guarded(path, found.id, limits)
    except UnreadableDocument as error:
        raise UnreadableDocument(name, error.reason, error.hint) from error
    text = _cleaned(text)
    if not any(line.strip() for line in text.lines):
        raise UnreadableDocument(name, "chỉ có khoảng trắng, không có chữ.", "Hãy kiểm tra lại tệp gốc.")
    return text, digest


def _cleaned(text: SourceText) -> SourceText:
    """The text without what is no part of its words (the lines of a plain text are cleaned when they are parted)."""
    if text.format == "txt":
        return text
    lines, notes = clean_lines(text.lines)
    return replace(text, lines=tuple(lines), notes=(*text.notes, *notes))


def _guarded(path: Path, format_id: str, limits: Limits) -> SourceText:
    from documents.reading.worker import read_apart

    return read_apart(path, format_id, limits)
