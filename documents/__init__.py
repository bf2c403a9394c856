"""Reading and understanding one document: one file in, one :class:`Document` out; knows no other document.

Public verbs: :func:`read` (a file), :func:`documents.understand.understand` (lines), and the record forms in
:mod:`documents.record`.
"""

from __future__ import annotations

from pathlib import Path

from documents.errors import UnreadableDocument
from documents.model import Document

__all__ = ["Document", "UnreadableDocument", "read"]


def read(path: Path, source: str | None = None) -> Document:
    """Read the file at ``path`` into a :class:`Document`; ``source`` is the name it goes by (default: its file name).

    Raises :class:`UnreadableDocument` with the reason where the file cannot be read; a text that is read badly is no failure.
    """
    # where it is needed: who only opens records or searches does not wait for the readers
    from documents.reading.quality import is_noisy
    from documents.reading.reader import read_lines
    from documents.understand import understand

    name = source or path.name
    text = read_lines(path, name)
    if is_noisy(text.lines):
        from documents.restoration.restore import restore

        restored = tuple(line.text for line in restore(text.lines))
        return understand(restored, name, text.sha256, noisy=True, original=text.lines, notes=text.notes)
    return understand(text.lines, name, text.sha256, notes=text.notes)
