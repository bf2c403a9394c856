"""Reading and understanding one document: one file in, one :class:`Document` out; knows no other document.

Public verbs: :func:`read` (a file), :func:`documents.understand.understand` (lines), and the record forms in
:mod:`documents.record`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from documents.errors import UnreadableDocument
from documents.model import Document

__all__ = ["Document", "UnreadableDocument", "read"]


def read(path: Path, source: str | None = None) -> Document:
    """Read the file at ``path`` into a :class:`Document`; ``source`` is the name it goes by (default: its file name).

    Raises :class:`UnreadableDocument` with the reason where the file cannot be read; a text that is read badly is no failure.
    """
    # where it is needed: who only opens records or searches does not wait for the readers
    from documents.reading.encoding import redecoded
    from documents.reading.readers import read_source
    from documents.restoration.restore import is_misread, restoration_notes, restore
    from documents.understand import understand

    name = source or path.name
    text, sha256 = read_source(path, name)
    lines, notes = redecoded(text.lines)
    found = restore(lines)
    original = tuple(lines) if any(line.repairs for line in found) else ()
    notes = (*text.notes, *notes, *restoration_notes(found))
    document = understand([line.text for line in found], name, sha256, noisy=is_misread(found), original=original, notes=notes)
    return replace(document, format=text.format, pages=text.pages, regions=text.regions, recognised=text.recognised)
