"""From physical lines to items: the bullets, paragraphs, headings and table rows that a reader sees.

A line break in the file is often no break in the text: lines are wrapped at the page's width, doubled by blank lines, cut by a
page number. :func:`items` joins what belongs together and keeps for each item the source lines it stands on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from documents.cue import alternatives, opens
from documents.model import Span
from documents.structure.mark import Mark, mark_of
from documents.structure.markup import cells as row_cells
from documents.structure.markup import plain
from documents.text import collapse, fold
from ontology.knowledge import knowledge

_TELLING = 1_000
"""So many characters of an item tell whether it is set in capitals."""
_OPENING, _TAIL = 200, 80
"""So many characters at the beginning and at the end of an item tell how it begins and whether it is complete."""
_LONGEST = 20_000
"""No paragraph of an administrative text is longer; what goes on beyond is cut, so that joining lines stays quick."""


@dataclass(frozen=True, slots=True)
class Item:
    """One bullet, paragraph, heading line or table row.

    ``text`` is without its mark; ``heading`` is the Markdown heading level (0: none); ``bold`` says that the whole item is set
    in bold; ``cells`` are a table row's cells (its text joins them with " | "); ``raw`` is the text with its mark, ``last`` the
    last of its physical lines; ``offsets`` says for each of them where in ``text`` it begins: (offset, line).
    """

    lines: Span
    text: str
    mark: Mark | None = None
    heading: int = 0
    bold: bool = False
    cells: tuple[str, ...] = ()
    raw: str = ""
    last: str = ""
    offsets: tuple[tuple[int, int], ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line on which the character ``offset`` of ``text`` stands."""
        behind = bisect_right(self.offsets, offset, key=lambda place: place[0])
        return self.offsets[behind - 1][1] if behind else self.lines[0]

    @property
    def row(self) -> bool:
        """Whether the item is a row of a table."""
        return bool(self.cells)

    @property
    def capitals(self) -> bool:
        """Whether the text is set in capitals (at least one letter, none of them small outside a bracket)."""
        text = self.text[:_TELLING]
        text = re.sub(r"\([^)]*\)", "", text) if "(" in text else text
        large, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
        return large > 0 and large >= 0.9 * (large + small)


_PAGE_NUMBER = re.compile(r"(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?|(?:trang|page)\s+\d+(?:\s*/\s*\d+)?", re.I)
_RULE = re.compile(r"[-_=*.~\s]{3,}|[|:\-\s]+")
_ENDS = (".", ";", ":", "!", "?", "./.", "…", ".”", ".)", "*")


def items(lines: Iterable[str], first: int = 1) -> tuple[Item, ...]:
    """The items of a text, in order. Takes its lines (NFC, markup still in them; ``first`` is the number of the first), returns
    items that cover every line with words except page numbers and ruled lines."""
    physical: list[Item | None] = []
    columns = 0
    for i, line in enumerate(lines, first):
        item = _physical(i, line, columns)
        physical.append(item)
        if item is not None:
            columns = len(item.cells)
    width = _page_width([item for item in physical if item is not None])
    joined: list[Item] = []
    gap = False
    for item in physical:
        if item is None:
            gap = True
            continue
        if joined and _continues(joined[-1], item, gap, width):
            joined[-1] = _join(joined[-1], item)
        else:
            joined.append(item)
        gap = False
    return tuple(joined)


def _physical(number: int, line: str, columns: int) -> Item | None:
    """The item that one line would be alone; ``None`` for a blank line, a page number or a ruled line. ``columns`` is how many
    cells the row above has (0: no row): a line with as many tabs is a row, though only one of its cells be filled."""
    found = row_cells(line) or (tuple(line.split("\t")) if columns > 1 and line.count("\t") == columns - 1 else ())
    if found:
        texts = tuple(collapse(plain(c).text) for c in found)
        if not any(texts):
            return None
        shown = " | ".join(t for t in texts if t)
        return Item((number, number), shown, None, 0, _all_bold(found), texts, collapse(line), offsets=((0, number),))
    shown_line = plain(line)
    text = collapse(shown_line.text)
    if not text or _PAGE_NUMBER.fullmatch(text) or _RULE.fullmatch(text):
        return None
    mark, rest = mark_of(text)
    if mark is not None and not rest and mark.kind in ("point", "dash", "plus"):
        mark, rest = None, text
    return Item((number, number), rest, mark, shown_line.heading, shown_line.bold, (), text, text, ((0, number),))


def _all_bold(cells: tuple[str, ...]) -> bool:
    filled = [plain(c) for c in cells if c.strip()]
    return bool(filled) and all(c.bold for c in filled)


def _page_width(physical: list[Item]) -> int | None:
    """How long a full line is where the text is wrapped at a page's width; ``None`` where paragraphs stand on one line each."""
    lengths = sorted(len(item.raw) for item in physical if not item.row)
    if len(lengths) < 12:
        return None
    full = lengths[int(len(lengths) * 0.9)]
    return full if full <= 130 and lengths[len(lengths) // 2] <= 130 else None


_OPEN_NUMBER = re.compile(r"\d[-/]$")
_REST_OF_NUMBER = re.compile(r"[A-ZĐ]{2,}(?:[-/][A-ZĐ]{1,}[\wĐđ]*)+(?!\w)")
_REST_FROM_SIGN = re.compile(r"[-/](?:(?:19|20)\d\d[-/])?[A-ZĐ]{2,}(?:[-/][A-ZĐ]+[\wĐđ]*)+(?!\w)")
"""The rest of a number whose sign went to the next line ("57" / "-NQ/TW ...")."""
_COUNTED = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?\s?%?\s+(?=[^\W\d_])[^A-ZĐÀ-Ỹ]")
_FULL = 0.9
"""A line is full from this share of the page's width on."""
_WRAPPED_BASIS = 45
"""A line of a preamble that ends without a stop after so many letters was wrapped."""


def _continues(before: Item, item: Item, gap: bool, width: int | None) -> bool:
    """Whether ``item`` carries on the text of ``before`` (``gap``: something blank stands between them)."""
    if (
        before.row
        or item.row
        or item.heading
        or len(before.text) > _LONGEST
        or (item.mark is not None and not _false_mark(before, item))
    ):
        return False
    if before.heading and not (item.text[:1].islower() and not gap):
        return False
    if _cut_number(before, item):
        return True
    if item.bold != before.bold and not item.text[:1].islower():
        return False
    if before.capitals != item.capitals and not item.text[:1].islower():
        return False
    if before.raw.endswith(_ENDS) and not wants_more(before.raw):
        if gap or width is None or not before.raw.endswith((".", ";", "…", "*")):
            return False
        if before.raw.endswith(";"):  # "thôn;" at the right margin: the sentence goes on in small letters
            return item.text[:1].islower() and before.mark is not None and len(before.last) >= 0.82 * width
        # a wrapped line can end in "..." or in an abbreviation's stop, but then the next one goes on in small letters; a bullet's
        # full line may end with a sentence by chance, and what stands below it without a mark goes on with the bullet
        full = before.mark is not None and len(before.last) >= _FULL * width and not item.capitals
        return item.text[:1].islower() or (full and not _starts_paragraph(item))
    first = item.text[:1]
    if first.isdigit() and not before.capitals and _carries_figure(before, item, gap):
        return True
    if wants_more(before.raw) or first.islower() or first in "),;%":
        return True
    if before.capitals or _starts_paragraph(item):
        return False
    if width is None:  # a short text tells no width, but a basis runs on to its semicolon
        basis = before.mark is None and _starts_paragraph(before)
        return basis and not gap and len(before.last) >= _WRAPPED_BASIS
    return len(before.last) >= 0.82 * width


def _starts_paragraph(item: Item) -> bool:
    """Whether the words of ``item`` are such that open a paragraph."""
    return opens("starts-paragraph", fold(item.text[:_OPENING])) is not None


def _carries_figure(before: Item, item: Item, gap: bool) -> bool:
    """Whether a line that begins with a figure goes on with the line above ("tối thiểu" / "03 lớp tập huấn"): a number of things
    in small letters, or any figure behind words that want one."""
    if re.search(rf"{alternatives('wants-figure')}$", fold(before.raw[-_TAIL:])):
        return True
    return not gap and before.mark is not None and _COUNTED.match(item.text) is not None


def wants_more(text: str) -> bool:
    """Whether ``text`` cannot end here: it stops at a comma, an open bracket or a word that wants another."""
    if text.endswith((",", "(", "“", "-", " –", "/")):
        return True
    words = text[-_TAIL:].lower().split()
    return bool(words) and words[-1] in _open_words()


@cache
def _open_words() -> frozenset[str]:
    # with accents: "số" wants a number behind it, "so" folded from "Hạ tầng số" would not
    return frozenset(knowledge().cues["open-word"])


def _false_mark(before: Item, item: Item) -> bool:
    """Whether what looks like a mark is the wrapped rest of a line ("... ngày" / "05. Thực hiện", "Kế hoạch số" / "12-KH/TU")."""
    if item.mark is None:
        return False
    if _cut_number(before, item):
        return True
    return (
        item.mark.kind in ("number", "number2", "letter", "roman")
        and not item.heading
        and not item.bold
        and _wants_number(before.raw)
    )


def _cut_number(before: Item, item: Item) -> bool:
    """Whether a line end cut the number of a document, or stands before it ("số" / "85/2016/NĐ-CP", "số 57-" / "NQ/TW")."""
    if item.text[:1].isdigit() and _wants_number(before.raw) and not (item.mark and item.mark.bullet):
        return True
    if before.raw[-1:].isdigit() and _REST_FROM_SIGN.match(item.raw):
        return True
    return _OPEN_NUMBER.search(before.raw[-2:]) is not None and _REST_OF_NUMBER.match(item.raw) is not None


def _wants_number(text: str) -> bool:
    return re.search(rf"{alternatives('wants-number')}$", fold(text[-_TAIL:])) is not None


def _join(before: Item, item: Item) -> Item:
    text = item.raw if item.mark is not None else item.text
    tail = before.text[-_TAIL:]
    cut = re.search(r"\d\s*/?[A-ZĐ]+-$", tail) is not None and text[:1].isupper()
    glue = "" if cut or (_OPEN_NUMBER.search(tail) and _REST_OF_NUMBER.match(text)) else " "
    return replace(
        before,
        lines=(before.lines[0], item.lines[1]),
        text=before.text + glue + text,
        raw=before.raw + glue + item.raw,
        last=item.raw,
        offsets=(*before.offsets, (len(before.text) + len(glue), item.lines[0])),
        bold=before.bold and item.bold,
    )
