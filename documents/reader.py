"""Reading the bytes of a text file as lines (first version: UTF-8)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from documents.errors import UnreadableDocument
from documents.text import nfc


@dataclass(frozen=True, slots=True)
class ReadText:
    """The lines of a file (NFC), the hash of its bytes, and remarks about the reading in Vietnamese."""

    lines: tuple[str, ...]
    sha256: str
    notes: tuple[str, ...] = ()
    format: str = "txt"


def read_lines(path: Path, source: str) -> ReadText:
    """The lines of the file at ``path``. Raises :class:`UnreadableDocument` that names ``source`` and the reason."""
    data = path.read_bytes()
    if not data.strip():
        raise UnreadableDocument(source, "tệp trống", "Kiểm tra lại tệp gốc.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(source, "không phải văn bản UTF-8", "Lưu lại tệp với bảng mã UTF-8.") from error
    return ReadText(tuple(nfc(line) for line in text.replace("\r\n", "\n").split("\n")), hashlib.sha256(data).hexdigest())
