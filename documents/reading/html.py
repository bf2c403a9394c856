"""Web pages (.html), also those that Word and LibreOffice save and those saved in one file (.mht), read as a browser would show
them.

Parsing is lxml's (libxml2's HTML parser, which takes any tag soup and goes to no network). What is no part
of the text tells :mod:`documents.reading.web_frame`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from documents.errors import MAX_TEXT_BYTES, MEGABYTE, UnreadableDocument
from documents.reading.encoding import decode
from documents.reading.file import bytes_of
from documents.reading.flow import Flow
from documents.reading.grid import Cell, Grid
from documents.reading.limits import Limits
from documents.reading.numbering import shown
from documents.reading.source_text import SourceText, one_line
from documents.reading.web_frame import WHOLE, is_deep, is_hidden, letters, take_away, texts
from documents.structure.markup import cells

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "menu", "ol", "p", "pre", "search", "section", "summary", "ul",
    )
)  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BOLD = frozenset(("b", "strong", "th", *_HEADINGS))
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold\w*|[1-9]00|normal|lighter)", re.I)
_UPPER = re.compile(r"text-transform\s*:\s*uppercase", re.I)
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEP = 1_000
"""Elements in each other; web pages have dozens."""
_LARGEST_SPAN = 1_000
"""HTML's own bound for colspan (4.9.11)."""
_LONG_CELL = 4_000
"""A cell of more letters is a column of the page and no cell of a table."""
_PROGRESS = 20_000
"""Elements after which the reader says that it is alive."""


def read_html(path: Path, limits: Limits) -> SourceText:
    """The text of a web page. Raises :class:`UnreadableDocument` where it is too large or cannot be decoded."""
    return _page(bytes_of(path, path.name), path.name, limits, "html")


def read_mhtml(path: Path, limits: Limits) -> SourceText:
    """The text of a web page in one file with its pictures (RFC 2557). Raises :class:`UnreadableDocument` where no page is in
    it.
    """
    from email import message_from_bytes
    from email.policy import default

    message = message_from_bytes(bytes_of(path, path.name), policy=default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and data.strip():
                return _page(data, path.name, limits, "mhtml")
    hint = "Hãy mở bằng trình duyệt, lưu lại thành .html hoặc .pdf rồi nạp lại."
    raise UnreadableDocument(path.name, "tệp .mht không có trang web bên trong.", hint)


def _page(data: bytes, name: str, limits: Limits, format_id: str) -> SourceText:
    from lxml import etree, html

    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableDocument(name, f"trang web lớn quá {MAX_TEXT_BYTES // MEGABYTE} MB.", "Hãy chia nhỏ tệp.")
    text, notes = _decoded(data, name)
    if is_deep(text, _DEEP):
        hint = "Hãy mở bằng trình duyệt, chép phần nội dung sang tệp mới rồi nạp lại."
        raise UnreadableDocument(name, "trang web có cấu trúc lồng nhau quá sâu.", hint)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise UnreadableDocument(name, "trang web không có nội dung.", "Hãy kiểm tra lại tệp gốc.") from None
    take_away(root)
    reader = _Reader(limits)
    reader.blocks(_main(root), False)
    reader.flush()
    return reader.flow.text(format_id, apart=reader.apart, notes=notes)


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text: by its mark or what the page says of itself where that fits, else as any text
    (:mod:`documents.reading.encoding`).
    """
    said = _CHARSET.search(data[:4096])
    if said and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        label = (said[1] or said[2]).decode("ascii").lower()
        # browsers read Latin-1 as windows-1252, which legacy Vietnamese fonts were saved under: the words tell
        if label not in ("iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "x-user-defined") and "16" not in label:
            try:
                return data.decode(label), ()
            except (LookupError, UnicodeDecodeError):
                pass
    found = decode(data)
    if found is None:
        hint = "Hãy mở bằng trình duyệt, lưu lại bằng bảng mã UTF-8 rồi nạp lại."
        raise UnreadableDocument(name, "trang web dùng bảng mã không nhận ra.", hint)
    return found.text, found.notes


def _main(root: _Element) -> _Element:
    """The part of the page that holds its content: the one <main> or <article> with most of the words, else everything."""
    whole = letters(root)
    for tag in ("main", "article"):
        found = [node for node in root.iter(tag) if letters(node) >= WHOLE * whole]
        if len(found) == 1:
            return found[0]
    return root


class _Reader:
    """Walks the page and puts its paragraphs and tables into a flow."""

    def __init__(self, limits: Limits) -> None:
        self.flow = Flow(limits)
        self.apart: list[str] = []
        self._limits = limits
        self._lines = [""]
        self._bold = 0
        self._plain = 0
        self._level = 0
        self._label = ""
        self._count = 0

    def flush(self) -> None:
        """The paragraph ends here."""
        if any(line.strip() for line in self._lines):
            lines = [line.strip() for line in self._lines]
            if self._label:
                first = next(n for n, line in enumerate(lines) if line)
                lines[first] = f"{self._label} {lines[first]}"
                self._label = ""
            self.flow.paragraph(lines, level=self._level, bold=self._bold > 0 and self._plain == 0)
        self._lines, self._bold, self._plain = [""], 0, 0

    def _add(self, text: str, bold: bool, upper: bool, kept: bool) -> None:
        if kept:
            first, *rest = text.split("\n")
            self._lines[-1] += first
            self._lines += rest
        else:
            text = _BLANKS.sub(" ", text)
            self._lines[-1] += text.lstrip(" ") if not self._lines[-1] or self._lines[-1].endswith(" ") else text
        if upper:
            self._lines[-1] = self._lines[-1].upper()
        letters = sum(map(str.isalnum, text))
        self._bold += letters if bold else 0
        self._plain += 0 if bold else letters

    def blocks(self, node: _Element, bold: bool, upper: bool = False, kept: bool = False) -> None:
        """What ``node`` holds, in order."""
        if node.text:
            self._add(node.text, bold, upper, kept)
        for child in node:
            if isinstance(child.tag, str) and not is_hidden(child):
                self._element(child, bold, upper, kept)
            if child.tail:
                self._add(child.tail, bold, upper, kept)

    def _element(self, node: _Element, bold: bool, upper: bool, kept: bool) -> None:
        self._count += 1
        if self._count % _PROGRESS == 0:
            self._limits.progress(self._count // _PROGRESS)
        tag = node.tag
        style = node.get("style", "")
        weight = _WEIGHT.search(style)
        bold = (
            bold or tag in _BOLD
            if weight is None
            else weight[1].lower().startswith("bold") or weight[1] in ("600", "700", "800", "900")
        )
        upper = upper or _UPPER.search(style) is not None
        if tag == "br":
            self._lines.append("")
        elif tag == "table":
            self.flush()
            self._table(node)
        elif tag in ("ol", "ul", "menu"):
            self.flush()
            self._list(node, bold, upper)
        elif tag == "div" and node.get("title") in ("header", "footer"):  # as LibreOffice writes them
            self.apart += [text for text in (one_line(" ".join(texts(node))),) if text]
        elif tag in _BLOCKS:
            self.flush()
            self._level = _HEADINGS.get(tag, 0)
            self.blocks(node, bold, upper, kept or tag == "pre")
            self.flush()
            self._level = 0
        elif tag == "q":
            self._lines[-1] += "“"
            self.blocks(node, bold, upper, kept)
            self._lines[-1] += "”"
        else:
            self.blocks(node, bold, upper, kept)

    def _list(self, node: _Element, bold: bool, upper: bool) -> None:
        """A list: each item begins with its number or bullet."""
        number = _whole(node.get("start"), 1, -100_000)
        counted = node.tag == "ol"
        for child in node:
            if not isinstance(child.tag, str) or is_hidden(child):
                continue
            if child.tag != "li":
                self._element(child, bold, upper, False)
                continue
            self.flush()
            number = _whole(child.get("value"), number, -100_000)
            if _NO_MARK.search(node.get("style", "") + ";" + child.get("style", "")):
                self._label = ""
            else:
                self._label = f"{shown(number, node.get('type', '1'))}." if counted else "-"
            number += 1
            self.blocks(child, bold, upper)
            self.flush()
            self._label = ""

    def _table(self, node: _Element) -> None:
        rows = [[self._cell(cell) for cell in _cells(row)] for row in _rows(node)[: self._limits.rows]]
        grid = Grid(rows)
        caption = node.find("caption")
        if caption is not None:
            self.blocks(caption, False)
            self.flush()
        if grid.is_layout() or _is_frame(node) or any(len(c.text) > _LONG_CELL for row in rows for c in row):
            for row in _rows(node):
                for cell in _cells(row):
                    self.blocks(cell, cell.tag == "th")
                    self.flush()
        else:
            self.flow.table(grid)

    def _cell(self, node: _Element) -> Cell:
        inner = _Reader(self._limits)
        inner.blocks(node, node.tag == "th")
        bold = inner._bold > 0 and inner._plain == 0
        inner.flush()
        # a table inside the cell gives its rows as lines of the cell
        lines = [" ".join(filter(None, cells(line))) or line for line in inner.flow.text("html").lines if line]
        plain = [line.strip("*") for line in lines]
        whole = len(lines) > 0 and (bold or all(line.startswith("**") and line.endswith("**") for line in lines))
        return Cell(
            lines=plain if whole else lines,
            columns=min(_whole(node.get("colspan"), 1, 1), _LARGEST_SPAN, self._limits.columns),
            rows=_whole(node.get("rowspan"), 1, 1) if node.get("rowspan") != "0" else self._limits.rows,
            bold=whole,
        )


def _is_frame(table: _Element) -> bool:
    """Whether a table only sets the page: it has tables inside, and one row or most of its letters in these."""
    inner = [node for node in table.iter("table") if node is not table and next(node.iterancestors("table")) is table]
    return bool(inner) and (len(_rows(table)) <= 1 or sum(map(letters, inner)) > WHOLE * letters(table))


def _rows(table: _Element) -> list[_Element]:
    """The rows of a table itself, not those of tables inside it."""
    found = []
    for child in table:
        if child.tag == "tr" and not is_hidden(child):
            found.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            found += [row for row in child if row.tag == "tr" and not is_hidden(row)]
    return found


def _cells(row: _Element) -> list[_Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell)]


def _whole(text: str | None, otherwise: int, least: int) -> int:
    """The whole number that an attribute holds."""
    found = re.fullmatch(r"\s*([+-]?\d{1,6})\s*", text or "")
    return max(int(found[1]), least) if found else otherwise
