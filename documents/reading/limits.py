"""The bounds within which a file is read; a file that would exceed them is refused with the reason, or read in part with a
note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _silent(page: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Time and size of one file.

    ``seconds`` is the time for the whole file, ``page_seconds`` for one page and for opening the file (each call of
    ``progress`` begins a new page); a reader that takes longer is ended from outside (:mod:`documents.reading.worker`).
    ``memory_bytes`` is its address space. ``pages``, ``lines``, ``rows`` and ``columns`` (of one sheet) are kept by the reader
    itself, as are ``unpacked_bytes`` (of an archive's members together), ``pixels`` (of one image) and ``depth`` (of nested
    elements).
    """

    seconds: float = 1_800.0
    page_seconds: float = 60.0
    memory_bytes: int = 1_500_000_000
    pages: int = 2_000
    lines: int = 300_000
    rows: int = 20_000
    columns: int = 200
    unpacked_bytes: int = 300_000_000
    pixels: int = 120_000_000
    depth: int = 200
    progress: Callable[[int], None] = _silent
    """Called by a reader after each page (or sheet, or every few thousand rows) with its number."""
