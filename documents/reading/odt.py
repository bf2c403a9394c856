"""OpenDocument texts (.odt), by OpenDocument 1.2 part 1, read as LibreOffice Writer would show them.

Deleted text of tracked changes stands apart in the file and is not read; indexes, comments, headers and footers are no part of
the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import UnreadableDocument
from documents.reading.archive import SAVE_AGAIN, Package
from documents.reading.flow import Flow
from documents.reading.grid import Cell, Grid
from documents.reading.limits import Limits
from documents.reading.numbering import bullet, shown
from documents.reading.source_text import SourceText, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACES = {
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}
_BLANKS = 200
"""At most so many blanks for one <text:s>."""
_LEVELS = 10
_PROGRESS = 2_000


def q(name: str) -> str:
    """The full name of an element or attribute written as "text:p"."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


_DROPPED = frozenset(
    q(name)
    for name in (
        "text:tracked-changes", "text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index",
        "text:user-index", "text:alphabetical-index", "text:bibliography", "office:annotation", "office:annotation-end",
        "text:ruby-text", "office:forms", "text:sequence-decls", "text:variable-decls", "text:user-field-decls",
    )
)  # fmt: skip


def read_odt(path: Path, limits: Limits) -> SourceText:
    """The text of an OpenDocument text. Raises :class:`UnreadableDocument` where it is damaged or protected by a password."""
    with Package(path, limits) as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(q("manifest:encryption-data")), None) is not None:
            hint = "Hãy mở tệp bằng mật khẩu, lưu một bản không đặt mật khẩu rồi nạp lại."
            raise UnreadableDocument(path.name, "tệp được đặt mật khẩu.", hint)
        content = package.xml("content.xml")
        body = content.find(f"{q('office:body')}/{q('office:text')}") if content is not None else None
        if content is None or body is None:
            raise UnreadableDocument(path.name, "tệp OpenDocument thiếu phần nội dung.", SAVE_AGAIN)
        styles = package.xml("styles.xml")
        reader = _Reader(_Styles([root for root in (styles, content) if root is not None]), limits)
        changed = next(iter(body.iter(q("text:changed-region"))), None) is not None
        reader.blocks(body)
        reader.notes()
        apart = [
            text
            for tag in ("style:header", "style:footer", "style:header-first", "style:footer-first")
            for part in (styles.iter(q(tag)) if styles is not None else ())
            for node in part.iter(q("text:p"))
            if (text := one_line("".join(str(words) for words in node.itertext())))
        ]
        notes = []
        if apart:
            notes.append("Đầu trang, chân trang đã để riêng.")
        if changed:
            notes.append("Tệp còn chỗ sửa chưa duyệt (track changes): đã nhận phần thêm, bỏ phần xóa.")
        return reader.flow.text("odt", apart=apart, notes=notes)


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts: form ("" for none), what stands around the number, how many levels are shown, or a
    bullet.
    """

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    display: int = 1
    start: int = 1
    sign: str = ""


class _Styles:
    """Bold, page breaks and lists by the name of a style."""

    def __init__(self, roots: list[_Element]) -> None:
        self._nodes: dict[tuple[str, str], _Element] = {}
        self.lists: dict[str, dict[int, _Level]] = {}
        for root in roots:
            for node in root.iter(q("style:style")):
                self._nodes[node.get(q("style:family"), ""), node.get(q("style:name"), "")] = node
            for node in (*root.iter(q("text:list-style")), *root.iter(q("text:outline-style"))):
                name = node.get(q("style:name"), "") if node.tag == q("text:list-style") else "\0outline"
                self.lists[name] = {
                    int(one.get(q("text:level"), "1")): _level(one) for one in node if one.get(q("text:level"), "").isdecimal()
                }

    def said(self, family: str, name: str | None, group: str, attribute: str) -> str | None:
        """What the nearest style that mentions it says of an attribute."""
        for _ in range(20):
            node = self._nodes.get((family, name or ""))
            if node is None:
                return None
            properties = node.find(q(group))
            if properties is not None and (value := properties.get(q(attribute))) is not None:
                return value
            name = node.get(q("style:parent-style-name"))
        return None

    def list_of(self, name: str | None) -> str | None:
        """The list style that a paragraph's style names."""
        for _ in range(20):
            node = self._nodes.get(("paragraph", name or ""))
            if node is None:
                return None
            if (found := node.get(q("style:list-style-name"))) is not None:
                return found or None
            name = node.get(q("style:parent-style-name"))
        return None


def _level(node: _Element) -> _Level:
    if node.tag.endswith("bullet"):
        return _Level(sign=bullet(node.get(q("text:bullet-char"), "•")))
    start, display = node.get(q("text:start-value"), "1"), node.get(q("text:display-levels"), "1")
    return _Level(
        form=node.get(q("style:num-format"), ""),
        prefix=node.get(q("style:num-prefix"), ""),
        suffix=node.get(q("style:num-suffix"), ""),
        display=int(display) if display.isdecimal() else 1,
        start=int(start) if start.isdecimal() else 1,
    )


@dataclass(slots=True)
class _Words:
    """What a paragraph holds."""

    lines: list[str] = field(default_factory=lambda: [""])
    bold: int = 0
    plain: int = 0
    boxes: list[Any] = field(default_factory=list)

    def add(self, text: str | None, bold: bool) -> None:
        """More words on the present line; blanks count as in XML's white space handling of OpenDocument (6.1.2)."""
        if not text:
            return
        self.lines[-1] += " ".join(text.replace("\n", " ").replace("\t", " ").split(" "))
        letters = sum(map(str.isalnum, text))
        self.bold += letters if bold else 0
        self.plain += 0 if bold else letters


class _Reader:
    """Walks the body and puts its paragraphs and tables into a flow."""

    def __init__(self, styles: _Styles, limits: Limits) -> None:
        self.flow = Flow(limits)
        self._styles = styles
        self._limits = limits
        self._count = 0
        self._counts: dict[str, list[int]] = {}
        self._named: dict[str, str] = {}
        self._notes: list[tuple[str, _Element]] = []

    def blocks(self, parent: _Element, labels: tuple[str, int] | None = None, label: str = "") -> None:
        """Paragraphs, lists and tables below ``parent``; ``labels`` is the list style and level that they stand in, ``label`` the
        number before the first paragraph."""
        for node in parent:
            tag = node.tag
            if tag in _DROPPED or not isinstance(tag, str):
                continue
            if tag in (q("text:p"), q("text:h")):
                self._paragraph(node, label)
                label = ""
            elif tag == q("text:list"):
                self._list(node, labels)
            elif tag == q("table:table"):
                self._table(node)
            elif tag == q("text:soft-page-break"):
                self.flow.turn_page()
            elif tag.startswith(f"{{{_NAMESPACES['draw']}}}"):
                for box in node.iter(q("draw:text-box")):
                    self.blocks(box)
            else:
                self.blocks(node, labels)

    def notes(self) -> None:
        """Footnotes and endnotes, behind the text."""
        for label, body in self._notes:
            words = [" ".join(self._words(p).lines) for p in body.iter(q("text:p"))]
            self.flow.paragraph([f"[{label}] {one_line(' '.join(words))}"])

    def _paragraph(self, node: _Element, label: str) -> None:
        self._count += 1
        if self._count % _PROGRESS == 0:
            self._limits.progress(self._count // _PROGRESS)
        found = self._words(node)
        level = node.get(q("text:outline-level"), "1") if node.tag == q("text:h") else "0"
        depth = min(int(level), 6) if level.isdecimal() else 0
        if any(line.strip() for line in found.lines):
            if not label and depth and node.get(q("text:is-list-header")) != "true":
                label = self._counted("\0outline", "\0outline", depth, None)
            if label:
                found.lines[0] = f"{label} {found.lines[0].lstrip()}"
            self.flow.paragraph(found.lines, level=depth, bold=found.bold > 0 and found.plain == 0)
        for box in found.boxes:
            self.blocks(box)

    def _words(self, node: _Element) -> _Words:
        words = _Words()
        style = node.get(q("text:style-name"))
        bold = _is_bold(self._styles.said("paragraph", style, "style:text-properties", "fo:font-weight"), False)
        self._walk(node, words, bold)
        return words

    def _walk(self, node: _Element, words: _Words, bold: bool) -> None:
        words.add(node.text, bold)
        for child in node:
            tag = child.tag
            if tag == q("text:s"):
                count = child.get(q("text:c"), "1")
                words.lines[-1] += " " * min(int(count) if count.isdecimal() else 1, _BLANKS)
            elif tag == q("text:tab"):
                words.lines[-1] += "\t"
            elif tag == q("text:line-break"):
                words.lines.append("")
            elif tag == q("text:note"):
                label = str(len(self._notes) + 1)
                body = child.find(q("text:note-body"))
                if body is not None:
                    self._notes.append((label, body))
                    words.lines[-1] += f"[{label}]"
            elif isinstance(tag, str) and tag.startswith(f"{{{_NAMESPACES['draw']}}}"):
                words.boxes += list(child.iter(q("draw:text-box")))
            elif isinstance(tag, str) and tag not in _DROPPED:
                style = child.get(q("text:style-name")) if tag == q("text:span") else None
                weight = self._styles.said("text", style, "style:text-properties", "fo:font-weight")
                hidden = self._styles.said("text", style, "style:text-properties", "text:display")
                if hidden != "none":
                    self._walk(child, words, _is_bold(weight, bold))
            words.add(child.tail, bold)

    def _list(self, node: _Element, outer: tuple[str, int] | None) -> None:
        style = node.get(q("text:style-name")) or (outer[0] if outer else None)
        depth = min((outer[1] if outer else 0) + 1, _LEVELS)
        key = self._identity(node, style)
        fresh = outer is None and node.get(q("text:continue-numbering")) != "true" and node.get(q("text:continue-list")) is None
        if fresh:
            self._counts.pop(key, None)
        for item in node:
            if item.tag not in (q("text:list-item"), q("text:list-header")):
                continue
            label = ""
            first = next((child for child in item if child.tag in (q("text:p"), q("text:h"))), None)
            if item.tag == q("text:list-item") and first is not None:
                start = item.get(q("text:start-value"))
                level_style = style or self._styles.list_of(first.get(q("text:style-name"))) or ""
                label = self._counted(key, level_style, depth, int(start) if start and start.isdecimal() else None)
            self.blocks(item, (style or "", depth), label)

    def _identity(self, node: _Element, style: str | None) -> str:
        """What a list goes on with: the list that it names, else all lists of its style."""
        own = node.get("{http://www.w3.org/XML/1998/namespace}id", "")
        named = node.get(q("text:continue-list"))
        key = self._named.get(named, named) if named else (style or "")
        if own:
            self._named[own] = key
        return key

    def _counted(self, key: str, style: str, depth: int, start: int | None) -> str:
        """The label of the next item of a list on level ``depth``."""
        levels = self._styles.lists.get(style, {})
        level = levels.get(depth, _Level())
        counts = self._counts.setdefault(key, [])
        while len(counts) < depth:
            counts.append(levels.get(len(counts) + 1, _Level()).start - 1)
        del counts[depth:]
        counts[depth - 1] = counts[depth - 1] + 1 if start is None else start
        if level.sign:
            return level.sign
        if not level.form:
            return ""
        first = max(1, depth - level.display + 1)
        numbers = []
        for at in range(first, depth + 1):
            form = levels.get(at, _Level()).form
            if form:
                numbers.append(shown(max(counts[at - 1], levels.get(at, _Level()).start), form))
        return f"{level.prefix}{'.'.join(numbers)}{level.suffix}".strip()

    def _table(self, node: _Element) -> None:
        rows = _rows(node)[: self._limits.rows]
        grid = Grid([[self._cell(cell) for cell in _cells(row, self._limits.columns)] for row in rows])
        if grid.is_layout():
            for row in rows:
                for cell in _cells(row, self._limits.columns):
                    self.blocks(cell)
        else:
            self.flow.table(grid)

    def _cell(self, node: _Element) -> Cell:
        inner = _Reader(self._styles, self._limits)
        inner._counts, inner._notes = self._counts, self._notes
        inner.blocks(node)
        lines = [line for line in inner.flow.text("odt").lines if line]
        bold = bool(lines) and all(line.startswith("**") and line.endswith("**") for line in lines)
        return Cell(
            lines=[line.strip("*") for line in lines] if bold else lines,
            columns=min(_whole(node, "table:number-columns-spanned"), self._limits.columns),
            rows=min(_whole(node, "table:number-rows-spanned"), self._limits.rows),
            bold=bold,
        )


def _is_bold(weight: str | None, otherwise: bool) -> bool:
    return otherwise if weight is None else weight in ("bold", "600", "700", "800", "900")


def _whole(node: _Element, attribute: str) -> int:
    value = node.get(q(attribute), "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1


def _rows(table: _Element) -> list[_Element]:
    found = []
    for child in table:
        if child.tag == q("table:table-row"):
            found.append(child)
        elif child.tag in (q("table:table-header-rows"), q("table:table-rows"), q("table:table-row-group")):
            found += _rows(child)
    return found


def _cells(row: _Element, most: int) -> list[_Element]:
    """The cells of a row; those that others cover have none of their own, and empty ones that are repeated stand as often."""
    found: list[_Element] = []
    for cell in row:
        if cell.tag == q("table:table-cell"):
            found += [cell] * min(_whole(cell, "table:number-columns-repeated"), most - len(found))
    return found
