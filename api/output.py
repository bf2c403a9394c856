"""What the command line prints: JSON on standard output, tables for people, messages on standard error."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

MAX_WIDTH = 160
"""Wider tables are hard to read, whatever the terminal allows."""


def print_json(value: Any) -> None:
    """Prints ``value`` as one JSON document (UTF-8) on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def note(message: str) -> None:
    """Says something about the work on standard error."""
    click.echo(message, err=True)


def place(item: Mapping[str, Any]) -> str:
    """Where a statement stands, short: "000.txt:12-14" (with the page where the source has pages)."""
    lines = item.get("lines") or []
    first, last = (lines[0], lines[-1]) if lines else (None, None)
    span = "" if first is None else f":{first}" if first == last else f":{first}-{last}"
    page = f" (trang {item['page']})" if item.get("page") else ""
    return f"{item.get('source') or ''}{span}{page}"


def shorten(text: object, width: int) -> str:
    """``text`` on one line of at most ``width`` characters, cut with "…"."""
    words = " ".join(str("" if text is None else text).split())
    return words if len(words) <= width else words[: max(width - 1, 0)].rstrip() + "…"


def terminal_width() -> int:
    """Columns to use: the terminal's (or ``$COLUMNS``), at most :data:`MAX_WIDTH`, which is also what a file or pipe gets."""
    return min(shutil.get_terminal_size((MAX_WIDTH, 24)).columns, MAX_WIDTH)


def wrapped(text: str, indent: str = "") -> str:
    """``text`` in lines of the terminal's width; ``indent`` stands before all lines but the first."""
    lines = [textwrap.fill(line, terminal_width(), subsequent_indent=indent, break_long_words=False) for line in text.split("\n")]
    return "\n".join(lines)


NARROWEST = 16
"""Characters that a column keeps however narrow the terminal is."""

PLACES = ("Ở đâu", "Thực hiện tại", "Bên kia", "A", "B", "Tệp", "Dòng")
"""Headers of columns that say where something stands: never cut, since the end of a place is its lines."""

LAST_COLUMN = 40
"""Characters that the last column, which holds the words, should have at least."""


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A plain table as wide as the terminal at most: the last column takes what is left, wide ones before it are cut for it."""
    cells = [[" ".join(str("" if cell is None else cell).split()) for cell in row] for row in rows]
    widths = [max([len(header), *(len(row[i]) for row in cells)]) for i, header in enumerate(headers)]
    room = terminal_width() - 2 * (len(widths) - 1)
    before, last = widths[:-1], widths[-1]
    elastic = [i for i, header in enumerate(headers[:-1]) if header not in PLACES and before[i] > NARROWEST]
    while elastic and sum(before) + min(last, LAST_COLUMN) > room:
        widest = max(elastic, key=before.__getitem__)
        before[widest] -= 1
        elastic = [i for i in elastic if before[i] > NARROWEST]
    widths = [*before, min(last, max(room - sum(before), NARROWEST))]
    lines = ["  ".join(shorten(header, width).ljust(width) for header, width in zip(headers, widths, strict=True)).rstrip()]
    lines.append("  ".join("─" * width for width in widths))
    for row in cells:
        lines.append("  ".join(shorten(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return "\n".join(lines)


def plural(count: int, what: str) -> str:
    """A count with its noun, with the thousands separator of Vietnamese."""
    return f"{count:,}".replace(",", ".") + f" {what}"
