"""What the cells of a ruled table hold: cells whose dividing line was too short to be found, units one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.reading.page_lines import Word, joined, line_height, rows_of
from documents.reading.ruling import RuledCell, RuledTable
from documents.text import nfc
from ontology.knowledge import knowledge

_APART = 0.8
"""Line heights between the words of two cells; blanks are narrower."""


def holds(cell: RuledCell, word: Word) -> bool:
    """Whether the middle of the word lies in the cell."""
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]


def column_edges(table: RuledTable) -> tuple[float, ...]:
    """The left edge of each column of the table, and the right edge of the last."""
    found = [table.box[0]] * (table.columns + 1)
    for cell in table.cells:
        found[cell.column], found[cell.column + cell.columns] = cell.box[0], cell.box[2]
    return tuple(found)


def parted(table: RuledTable, words: Sequence[Word]) -> tuple[RuledCell, ...]:
    """The cells of the table; one over several columns whose words keep apart where another row has an edge is two, because the
    line between them was too short to be told from a stroke of a letter (a low second row of headings)."""
    edges = column_edges(table)
    found: list[RuledCell] = []
    for cell in table.cells:
        last = cell
        for column in range(cell.column + 1, cell.column + cell.columns):
            own = [w for w in words if holds(last, w)]
            if _apart(own, edges[column]):
                wide = column - last.column
                found.append(replace(last, box=(*last.box[:2], edges[column], last.box[3]), columns=wide))
                last = replace(last, box=(edges[column], *last.box[1:]), column=column, columns=last.columns - wide)
        found.append(last)
    return tuple(found)


def _apart(words: Sequence[Word], edge: float) -> bool:
    left = [w.box[2] for w in words if (w.box[0] + w.box[2]) / 2 < edge]
    right = [w.box[0] for w in words if (w.box[0] + w.box[2]) / 2 >= edge]
    return bool(left and right) and max(left) < edge < min(right) and min(right) - max(left) >= _APART * line_height(words)


def cell_text(words: Sequence[Word]) -> str:
    """The words in a cell (at least one) as one text. Units one below the other are parted by "; ": a line that begins as the
    name of a unit does is the next one, unless the line above is nothing but such a beginning or its last word asks for more."""
    lines = [joined(row) for row in rows_of(words)]
    text = entry = lines[0]
    for line in lines[1:]:
        if _is_unit(entry) and _is_unit(line) and not _is_head(entry) and not _asks_for_more(entry):
            text, entry = f"{text.rstrip(' ;')}; {line}", line
        else:
            text, entry = f"{text} {line}", f"{entry} {line}"
    return text


def _is_unit(text: str) -> bool:
    """Whether a text begins with a head word of units, written as names are, and holds no sentence."""
    return text[:1].isupper() and not any(sign in text for sign in (":", ". ")) and knowledge().unit_kind(text) is not None


def _is_head(text: str) -> bool:
    """Whether the last name in a text is nothing but a head word, which wants the rest of the name ("Công an phường; Sở")."""
    name = re.split(r"[,;]", text)[-1].strip()
    kind = knowledge().unit_kind(name)
    return kind is not None and name.casefold() in (head.casefold() for head in kind.head_words)


def _asks_for_more(text: str) -> bool:
    words = text.split()
    return text.rstrip().endswith((",", "-", "–", "(")) or nfc(words[-1]).casefold() in knowledge().cues["open-word"]
