"""What the command line prints: JSON on standard output, tables for people, messages on standard error."""

from __future__ import annotations

import json
import shutil
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


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A plain table; the last column takes what width is left and is cut there."""
    cells = [
        [shorten(cell, 60) for cell in row[:-1]] + [" ".join(str("" if row[-1] is None else row[-1]).split())] for row in rows
    ]
    widths = [max(len(header), *(len(row[i]) for row in cells)) if cells else len(header) for i, header in enumerate(headers)]
    widths[-1] = min(widths[-1], max(terminal_width() - sum(widths[:-1]) - 2 * (len(widths) - 1), 24))
    lines = ["  ".join(header.ljust(width) for header, width in zip(headers, widths, strict=True)).rstrip()]
    lines.append("  ".join("─" * width for width in widths))
    for row in cells:
        fitted = [*row[:-1], shorten(row[-1], widths[-1])]
        lines.append("  ".join(cell.ljust(width) for cell, width in zip(fitted, widths, strict=True)).rstrip())
    return "\n".join(lines)


def plural(count: int, what: str) -> str:
    """A count with its noun, with the thousands separator of Vietnamese."""
    return f"{count:,}".replace(",", ".") + f" {what}"
