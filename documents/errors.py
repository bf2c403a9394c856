"""Why a file was not read, said to the officer, and the limits within which files are read."""

from __future__ import annotations

MEGABYTE = 1_000_000

MAX_FILE_BYTES = 200 * MEGABYTE
"""A file larger than this is refused before a byte of it is read (a scan of 300 pages at 300 dpi has about 100 MB)."""

MAX_TEXT_BYTES = 64 * MEGABYTE
"""A plain text larger than this is refused (the longest real plans have about 1 MB)."""

MAX_LINE_CHARACTERS = 200_000
"""A longer line is not the line of a document; the part beyond is left out, with a note."""

MAX_LINES = 1_000_000
"""A file of more lines is refused: it is a data dump, not a document."""


class UnreadableDocument(Exception):
    """A file that cannot be read as a document.

    ``source`` is the file as the caller named it, ``reason`` says in Vietnamese what is wrong and ``hint`` what to do next
    (may be empty).
    """

    def __init__(self, source: str, reason: str, hint: str = "") -> None:
        super().__init__(source, reason, hint)
        self.source = source
        self.reason = reason
        self.hint = hint

    def __str__(self) -> str:
        """One line: source, reason and hint."""
        return f"{self.source}: {self.reason}" + (f" {self.hint}" if self.hint else "")
