"""Word documents (.docx): WordprocessingML as in ECMA-376 part 1, read as Word would show it.

Insertions that are not yet accepted are read and deletions are not (17.13.5); fields show their result (17.16); hidden text,
comments, tables of contents, headers and footers are no part of the text. Numbers of lists are those that Word would count
(:mod:`documents.reading.docx_lists`). Pages are known where Word noted its own page breaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.errors import UnreadableDocument
from documents.reading.archive import SAVE_AGAIN, Package
from documents.reading.docx_lists import Lists
from documents.reading.docx_styles import ParagraphStyle, RunStyle, Styles, w
from documents.reading.encoding import from_old_font
from documents.reading.flow import Flow
from documents.reading.grid import Cell, Grid
from documents.reading.limits import Limits
from documents.reading.source_text import SourceText, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PROGRESS = 2_000
"""Paragraphs after which the reader says that it is alive."""

_DROPPED = frozenset(
    w(name) for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "rubyPr", "rt")
)
_CONTENT = frozenset(w(name) for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


@dataclass(slots=True)
class _Words:
    """What a paragraph holds: its lines, whether every word is bold, the boxes anchored in it, and where pages turn."""

    lines: list[str] = field(default_factory=lambda: [""])
    bold: int = 0
    plain: int = 0
    boxes: list[Any] = field(default_factory=list)
    turns: int = 0
    turns_first: bool = False
    waiting: str = ""
    manner: tuple[str, bool] = ("", False)

    def add(self, text: str, style: RunStyle) -> None:
        """More words on the present line. Those in an old font are kept until its end: a letter and its mark may be two runs."""
        if (style.font, style.caps) != self.manner:
            self.settle()
            self.manner = (style.font, style.caps)
        self.waiting += text
        letters = sum(map(str.isalnum, text))
        self.bold += letters if style.bold else 0
        self.plain += 0 if style.bold else letters

    def settle(self) -> None:
        """The words so far stand as they are meant and shown."""
        font, caps = self.manner
        text = from_old_font(self.waiting, font)
        self.lines[-1] += text.upper() if caps else text
        self.waiting = ""

    def end_line(self) -> None:
        """The line ends, the paragraph goes on."""
        self.settle()
        self.lines.append("")

    def turn(self) -> None:
        """A page ends here; before the first word it is the paragraph that stands on the new one."""
        self.settle()
        self.turns += 1
        self.turns_first = self.turns_first or not any(self.lines)


def read_docx(path: Path, limits: Limits) -> SourceText:
    """The text of a Word document. Raises :class:`UnreadableDocument` where it is damaged, protected, or holds only pictures."""
    with Package(path, limits) as package:
        kinds = {kind: target for kind, target in package.relations("").values()}
        main = kinds.get("officeDocument", "word/document.xml")
        root = package.xml(main)
        body = root.find(w("body")) if root is not None else None
        if body is None:
            raise UnreadableDocument(path.name, "tệp Word thiếu phần nội dung.", SAVE_AGAIN)
        parts = package.relations(main)
        wanted = ("styles", "numbering", "footnotes", "endnotes")
        roots = {kind: package.xml(target) for kind, target in parts.values() if kind in wanted}
        apart = [
            text
            for kind, target in sorted(parts.values())
            if kind in ("header", "footer") and (part := package.xml(target)) is not None
            for text in _all_text(part)
        ]
        styles = Styles(roots.get("styles"))
        reader = _Reader(styles, Lists(roots.get("numbering")), limits)
        reader.blocks(body)
        notes = []
        for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote")):
            reader.notes(roots.get(kind), name)
        if reader.flow_is_empty and any(kind == "image" for kind, _ in parts.values()):
            hint = "Hãy lưu tệp thành .pdf (hoặc lưu từng trang thành ảnh) rồi nạp lại để nhận dạng chữ."
            raise UnreadableDocument(path.name, "tệp Word chỉ có ảnh, không có chữ.", hint)
        if apart:
            notes.append("Đầu trang, chân trang đã để riêng.")
        if reader.changes:
            notes.append(f"Tệp còn {reader.changes} chỗ sửa chưa duyệt (track changes): đã nhận phần thêm, bỏ phần xóa.")
        if any(kind == "aFChunk" for kind, _ in parts.values()):
            notes.append("Tệp có phần nhúng từ tệp khác chưa đọc được.")
        return reader.flow.text("docx", apart=apart, notes=notes)


def _all_text(root: _Element) -> Iterator[str]:
    for paragraph in root.iter(w("p")):
        text = one_line("".join(node.text or "" for node in paragraph.iter(w("t"))))
        if text:
            yield text


class _Reader:
    """Walks the body and puts its paragraphs and tables into a flow."""

    def __init__(self, styles: Styles, lists: Lists, limits: Limits) -> None:
        self.flow = Flow(limits)
        self.changes = 0
        self._styles = styles
        self._lists = lists
        self._limits = limits
        self._count = 0
        self._held: _Words | None = None
        """Words of a paragraph whose end was deleted: they go on in the next one."""
        self._references: list[str] = []
        self._shown_notes: dict[str, str] = {}

    @property
    def flow_is_empty(self) -> bool:
        """Whether no words were found."""
        return not self.flow.text("docx").lines

    def blocks(self, parent: _Element) -> None:
        """Paragraphs and tables below ``parent``, in order."""
        for node in parent:
            if node.tag == w("p"):
                self._paragraph(node)
            elif node.tag == w("tbl"):
                grid = self._grid(node)
                if grid.is_layout():
                    self._columns(node)
                else:
                    self.flow.table(grid)
            elif node.tag == _COMPATIBILITY + "AlternateContent":
                for choice in node[:1]:
                    self.blocks(choice)
            elif node.tag in _CONTENT and not _is_contents(node):
                self.blocks(node)

    def notes(self, root: _Element | None, name: str) -> None:
        """Footnotes or endnotes that the text refers to, behind it."""
        for node in root if root is not None else ():
            label = self._shown_notes.get(f"{name}{node.get(w('id'))}")
            if node.tag != w(name) or label is None:
                continue
            text = " ".join(" ".join(self._words(p).lines) for p in node.iter(w("p")))
            self.flow.paragraph([f"[{label}] {one_line(text)}"])

    def _columns(self, table: _Element) -> None:
        """A table that only sets columns side by side: what stands in its cells, from the left."""
        for row in _rows(table):
            for cell in _cells(row):
                self.blocks(cell)

    def _paragraph(self, node: _Element) -> None:
        self._count += 1
        if self._count % _PROGRESS == 0:
            self._limits.progress(self._count // _PROGRESS)
        properties = node.find(w("pPr"))
        style = self._styles.of_paragraph(properties)
        if style.is_contents:
            return
        found = self._words(node, self._held)
        self._held = None
        if properties is not None and properties.find(f"{w('rPr')}/{w('del')}") is not None:
            self._held = found
            return
        number = self._lists.label(properties, style) if any(line.strip() for line in found.lines) else ""
        if number:
            found.lines[0] = f"{number} {found.lines[0].lstrip()}"
        if style.breaks_page or (found.turns and found.turns_first):
            self.flow.turn_page()
        self.flow.paragraph(found.lines, level=style.level, bold=found.bold > 0 and found.plain == 0)
        for _ in range(found.turns - (1 if found.turns_first else 0)):
            self.flow.turn_page()
        for box in found.boxes:
            self.blocks(box)

    def _words(self, node: _Element, words: _Words | None = None) -> _Words:
        words = words or _Words()
        style = self._styles.of_paragraph(node.find(w("pPr")))
        self._walk(node, words, style, [])
        words.settle()
        return words

    def _walk(self, node: _Element, words: _Words, around: ParagraphStyle, fields: list[bool]) -> None:
        """The words below ``node``; ``fields`` are the open fields, each with whether its result is being shown."""
        for child in node:
            tag = child.tag
            if tag in _DROPPED:
                self.changes += tag in (w("del"), w("moveFrom"))
            elif tag == w("r"):
                self._run(child, words, around, fields)
            elif tag == w("sdt"):
                content = child.find(w("sdtContent"))
                if content is not None:
                    self._walk(content, words, around, fields)
            elif tag == _COMPATIBILITY + "AlternateContent":
                for choice in child[:1]:
                    self._walk(choice, words, around, fields)
            elif isinstance(tag, str):
                self.changes += tag in (w("ins"), w("moveTo"))
                self._walk(child, words, around, fields)

    def _run(self, run: _Element, words: _Words, around: ParagraphStyle, fields: list[bool]) -> None:
        properties = run.find(w("rPr"))
        style = self._styles.of_run(properties, around)
        for child in run:
            tag = child.tag
            if tag == w("fldChar"):
                kind = child.get(w("fldCharType"))
                if kind == "begin":
                    fields.append(False)
                elif fields and kind == "separate":
                    fields[-1] = True
                elif fields and kind == "end":
                    fields.pop()
            elif style.hidden or not all(fields):
                continue
            elif tag == w("t"):
                words.add(child.text or "", style)
            elif tag in (w("tab"), w("ptab")):
                words.add("\t", style)
            elif tag in (w("br"), w("cr")):
                if child.get(w("type")) == "page":
                    words.turn()
                words.end_line()
            elif tag == w("lastRenderedPageBreak"):
                words.turn()
            elif tag == w("noBreakHyphen"):
                words.add("-", style)
            elif tag == w("sym"):
                words.add(_symbol(child), style)
            elif tag in (w("footnoteReference"), w("endnoteReference")):
                name = tag.rpartition("}")[2].removesuffix("Reference")
                label = self._shown_notes.setdefault(f"{name}{child.get(w('id'))}", str(len(self._shown_notes) + 1))
                words.add(f"[{label}]", style)
            elif tag == _COMPATIBILITY + "AlternateContent":
                for choice in child[:1]:
                    words.boxes.extend(choice.iter(w("txbxContent")))
            elif tag in (w("drawing"), w("pict"), w("object")):
                words.boxes.extend(child.iter(w("txbxContent")))

    def _grid(self, table: _Element) -> Grid:
        rows = []
        for row in _rows(table)[: self._limits.rows]:
            before = row.find(f"{w('trPr')}/{w('gridBefore')}")
            cells = [Cell(columns=_whole(before))] if before is not None else []
            cells += [self._cell(cell) for cell in _cells(row)[: self._limits.columns]]
            rows.append(cells)
        return Grid(rows)

    def _cell(self, node: _Element) -> Cell:
        properties = node.find(w("tcPr"))
        span = properties.find(w("gridSpan")) if properties is not None else None
        merge = properties.find(w("vMerge")) if properties is not None else None
        lines: list[str] = []
        bold = plain = 0
        for paragraph in node.iter(w("p")):
            if any(parent.tag == w("txbxContent") for parent in paragraph.iterancestors(w("txbxContent"), w("tc"))):
                continue
            properties = paragraph.find(w("pPr"))
            found = self._words(paragraph)
            if not any(line.strip() for line in found.lines):
                continue
            number = self._lists.label(properties, self._styles.of_paragraph(properties))
            lines += [f"{number} {found.lines[0].lstrip()}" if number else found.lines[0], *found.lines[1:]]
            bold, plain = bold + found.bold, plain + found.plain
        return Cell(
            lines=[one_line(line) for line in lines if line.strip()],
            columns=min(_whole(span), self._limits.columns) if span is not None else 1,
            bold=bold > 0 and plain == 0,
            continued=merge is not None and merge.get(w("val"), "continue") == "continue",
        )


def _whole(node: _Element) -> int:
    value = node.get(w("val"), "1")
    return max(1, int(value)) if value.isdecimal() else 1


def _rows(table: _Element) -> list[_Element]:
    """The rows of a table, without those that were deleted."""
    return [row for row in _children(table, w("tr")) if row.find(f"{w('trPr')}/{w('del')}") is None]


def _cells(row: _Element) -> list[_Element]:
    """The cells of a row, without those that were deleted."""
    return [cell for cell in _children(row, w("tc")) if cell.find(f"{w('tcPr')}/{w('cellDel')}") is None]


def _children(node: _Element, tag: str) -> list[_Element]:
    found: list[_Element] = []
    for child in node:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _CONTENT:
            found += _children(child, tag)
    return found


def _is_contents(node: _Element) -> bool:
    """Whether a block of content is a table of contents that Word made."""
    gallery = node.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(w("val")) == "Table of Contents"


def _symbol(node: _Element) -> str:
    try:
        code = int(node.get(w("char"), ""), 16)
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE else ""
