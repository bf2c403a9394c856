"""Makes the files that offices have out of a text: a Word document as a clerk lays it out, and through LibreOffice and PDFium
its .odt, .html, .pdf and scans.

The layout is that of Nghị định 30/2020/NĐ-CP, appendix I: letterhead in two columns without borders, centred title, justified
14 pt Times New Roman with indented first lines on A4, page numbers at the top from the second page on, recipients and signature
side by side, appendices on pages of their own (lying where the table is wide). With ``word_styles`` it is as Word's own tools
make it: automatic numbers and bullets in hanging position (numbers of parts of parts typed with a tab), a footer, headings of
tables in merged cells that all pages repeat, units of a cell in paragraphs of their own.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from documents.cue import phrases
from documents.head.closing import closing_index, is_recipients, is_signing
from documents.head.pieces import dated
from documents.head.title import title_block
from documents.reading import office
from documents.structure.item import Item, items
from documents.structure.mark import Mark, mark_of, roman_value
from documents.text import collapse, fold
from ontology.knowledge import knowledge

WIDE = 6
"""A table of so many columns stands on a lying page."""
_CONVERSION_SECONDS = 180


def word_document(lines: Sequence[str], path: Path, *, word_styles: bool = False) -> Path:
    """Write the text as a .docx at ``path`` and return it; ``word_styles``: with the means that Word offers, else all typed."""
    from docx import Document
    from docx.shared import Cm, Pt

    file = Document()
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin = page.bottom_margin = Cm(2)
    page.left_margin, page.right_margin = Cm(3), Cm(1.8)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])

    block = title_block(lines)
    _letterhead(file, [segment.text for segment in block.above])
    title = (
        # the type stands on a line of its own
        (*items(lines[block.first - 1 : block.first], block.first), *items(lines[block.first : block.last], block.first + 1))
        if block.first
        else ()
    )
    _spaced(file, 1)
    for item in title:
        _centred(file, item.raw, bold=True)
    _spaced(file, 1)
    if word_styles:
        page.footer.paragraphs[0].text = "Tài liệu lưu hành nội bộ của cơ quan"
    _body(file, items(lines[block.last :], block.last + 1), word_styles)
    file.save(str(path))
    return path


def _letterhead(file: Any, pieces: Sequence[str]) -> None:
    right = [
        p for p in pieces if any(fold(p).startswith(m.split()[0] + " " + m.split()[1]) for m in phrases("motto")) or dated(p)
    ]
    left = [p for p in pieces if p not in right]
    number = [p for p in left if fold(p).startswith("so") and any(c in p for c in "/-")]
    rows = (
        ([p for p in left if p not in number], [p for p in right if not dated(p)]),
        (number, [p for p in right if dated(p)]),
    )
    _columns(file, rows, bold=lambda text: text == text.upper())


def _columns(file: Any, rows: Sequence[tuple[Sequence[str], Sequence[str]]], *, bold: Any, centred: bool = True) -> None:
    """A table of two columns without borders, as Word's templates hold letterhead and signature in."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    table = file.add_table(rows=len(rows), cols=2)
    table.autofit = False
    for row, pair in zip(table.rows, rows, strict=True):
        for n, (cell, texts, width) in enumerate(zip(row.cells, pair, (Cm(7), Cm(9.2)), strict=True)):
            cell.width = width
            for i, text in enumerate(texts or [""]):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                run = paragraph.add_run(text)
                run.bold = bold(text)
                run.font.size = Pt(13 if n else 12)
                if centred or n:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _body(file: Any, found: Sequence[Item], word_styles: bool) -> None:
    at = 0
    stop = closing_index(found, 0)
    while at < len(found):
        item = found[at]
        if at == stop:
            at = _closing(file, found, at)
        elif item.row:
            end = at
            # headings repeated behind a page break are one table in Word
            while end < len(found) and found[end].row and len(found[end].cells) == len(item.cells):
                end += 1
            below = found[at + 1 : min(end, at + 2)]
            heads = [item, *(i for i in below if not i.cells[0])]
            repeated = {i.cells for i in heads}
            shown = [i.cells for i in found[at:end] if i in heads or i.cells not in repeated]
            _table(file, shown, len(heads) if word_styles else 0)
            at = end
        else:
            _paragraph(file, item, _columns_ahead(found, at), word_styles)
            at += 1


def _columns_ahead(found: Sequence[Item], at: int) -> int:
    """How many columns the table has that the appendix beginning at ``at`` holds (0: no appendix begins here, or it has none)."""
    mark = found[at].mark
    if mark is None or mark.kind != "appendix":
        return 0
    return next((len(i.cells) for i in found[at : at + 8] if i.row), 0)


def _paragraph(file: Any, item: Item, columns: int, word_styles: bool) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    if item.mark is not None and item.mark.kind == "appendix":
        page = file.add_section(WD_SECTION.NEW_PAGE)
        page.different_first_page_header_footer = False
        if (columns >= WIDE) != (page.page_width > page.page_height):
            page.page_width, page.page_height = page.page_height, page.page_width
            page.orientation = WD_ORIENT.LANDSCAPE if columns >= WIDE else WD_ORIENT.PORTRAIT
    if (item.capitals and (item.mark is None or item.mark.kind == "appendix")) or item.raw.startswith("(Ban hành"):
        _centred(file, item.raw, bold=item.capitals)
        return
    paragraph = file.add_paragraph()
    hanging = word_styles and item.mark is not None and item.mark.kind in _HANGING
    text = _numbered(file, paragraph, item.raw, item.mark) if hanging and item.mark is not None else item.raw
    paragraph.add_run(text).bold = item.mark is not None and item.mark.kind in ("roman", "number") and len(item.raw) < 70
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    if hanging:
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1.5), Cm(-1.5)
        paragraph.paragraph_format.space_before = Pt(6)
        return
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_before = Pt(6)


_HANGING = ("roman", "number", "number2", "number3", "point", "dash", "plus")
_FORMATS = {"roman": "upperRoman", "number": "decimal", "point": "lowerLetter", "dash": "bullet", "plus": "bullet"}


def _numbered(file: Any, paragraph: Any, raw: str, mark: Mark) -> str:
    """Give the paragraph its mark as an automatic number that begins where the text says, and return the text without it; a mark
    that Word cannot count is typed, with a tab behind it."""
    from docx.oxml import parse_xml

    rest = mark_of(raw)[1]
    shown = raw[: len(raw) - len(rest)].strip()
    start = 1
    if mark.kind == "roman":
        start = roman_value(mark.number or "") or 0
    elif mark.kind == "number":
        start = int(mark.number or 0)
    elif mark.kind == "point":
        start = "abcdefghijklmnopqrstuvwxyz".find(mark.number or "?") + 1
    if mark.kind not in _FORMATS or not start:
        return f"{shown}\t{rest}"
    label = shown if mark.bullet else shown.replace(mark.number or "", "%1", 1)
    numbering = file.part.numbering_part.element
    id_ = 900 + len(numbering)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    level = f'<w:start w:val="{start}"/><w:numFmt w:val="{_FORMATS[mark.kind]}"/><w:lvlText w:val="{label}"/>'
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{id_}"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {space} w:numId="{id_}"><w:abstractNumId w:val="{id_}"/></w:num>'))
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {space}><w:ilvl w:val="0"/><w:numId w:val="{id_}"/></w:numPr>'))
    return rest


def _centred(file: Any, text: str, *, bold: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = file.add_paragraph()
    paragraph.add_run(text).bold = bold
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _spaced(file: Any, count: int) -> None:
    for _ in range(count):
        file.add_paragraph()


def _closing(file: Any, found: Sequence[Item], at: int) -> int:
    """Recipients and signature side by side; returns the index of the first item behind them."""
    left: list[str] = []
    right: list[str] = []
    while at < len(found):
        item = found[at]
        if not right and (is_recipients(item) or (left and not is_signing(item))):
            left.append(item.raw)
        elif is_signing(item) or (right and item.capitals and not is_recipients(item)):
            right.append(item.raw)
        elif right:
            right += ["", "", "", item.raw]
            at += 1
            break
        else:
            break
        at += 1
    _spaced(file, 1)
    _columns(file, [(left, right)], bold=lambda text: text == text.upper() or text in right, centred=False)
    return at


def _table(file: Any, rows: Sequence[Sequence[str]], headings: int = 0) -> None:
    """A table with borders; the ``headings`` first rows are merged where they lack words and come again on every page, and units
    stand in paragraphs of their own (0: one row of headings, a paragraph in each cell)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    table = file.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    page = file.sections[-1]
    whole = page.page_width - page.left_margin - page.right_margin
    share = [max(4, min(40, max(len(row[j]) for row in rows) ** 0.8)) for j in range(len(rows[0]))]
    for n, cells in enumerate(rows):
        row = table.add_row()
        for j, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = int(whole * share[j] / sum(share))
            for i, part in enumerate(_units(text) if headings else [text]):
                run = (cell.add_paragraph() if i else cell.paragraphs[0]).add_run(part)
                run.font.size, run.bold = Pt(12), n == 0 or not cells[0].isdigit()
            if n == 0 or j == 0:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    for row in table.rows[: max(1, headings)]:
        _repeated(row)
    if headings == 2:
        _merged(table, rows[0], rows[1])


def _units(text: str) -> list[str]:
    """The units that a cell names, each by itself; the text as it is where it names none or other things."""
    parts = text.split("; ")
    return parts if all(knowledge().unit_kind(part) for part in parts) else [text]


def _merged(table: Any, above: Sequence[str], below: Sequence[str]) -> None:
    """Merge the cells of two rows of headings: over the columns that a heading holds together, and down where none is below."""
    for j, text in enumerate(above):
        if not below[j]:
            table.cell(0, j).merge(table.cell(1, j))
        elif text:
            last = j
            while last + 1 < len(above) and not above[last + 1] and below[last + 1]:
                last += 1
            if last > j:
                table.cell(0, j).merge(table.cell(0, last))
    for cell in {id(c._tc): c for row in table.rows[:2] for c in row.cells}.values():
        for paragraph in cell.paragraphs[1:]:
            if not paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)


def _repeated(row: Any) -> None:
    """Let Word show the row again on every page of its table."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _page_number(paragraph: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def converted(path: Path, form: str, folder: Path) -> Path:
    """The document at ``path`` as .``form`` ("odt", "html", "pdf") in ``folder``, made by LibreOffice.

    Raises :class:`RuntimeError` with what LibreOffice said where nothing came of it.
    """
    program = office.program()
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    home = (folder / "office").resolve().as_uri()  # a profile of its own, so that runs side by side do not meet
    command = [program, f"-env:UserInstallation={home}", "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_CONVERSION_SECONDS, check=False)
    made = folder / f"{path.stem}.{form}"
    if not made.is_file():
        raise RuntimeError(f"LibreOffice made no {form}: {collapse(done.stdout + done.stderr)}")
    return made


def page_images(pdf: Path, dpi: int) -> list[Any]:
    """The pages of a PDF as grey PIL images."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as file:
        return [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in file]


def noisy(image: Any, seed: int) -> Any:
    """The page as a worn office scanner sees it: turned by 0.5 to 1.5 degrees, blurred, grainy, pressed to JPEG."""
    import io

    import numpy
    from PIL import Image, ImageFilter

    rng = random.Random(seed)
    turned = rng.choice((-1, 1)) * rng.uniform(0.5, 1.5)
    image = image.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor=250)
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 0.8)))
    grain = numpy.random.default_rng(seed).normal(0, rng.uniform(8, 16), (image.height, image.width))
    grey = numpy.clip(numpy.asarray(image, dtype=numpy.float32) * 0.94 + grain, 0, 255).astype(numpy.uint8)
    packed = io.BytesIO()
    Image.fromarray(grey).save(packed, "JPEG", quality=rng.randint(55, 75))
    packed.seek(0)
    return Image.open(packed).convert("L")


def scanned(pdf: Path, path: Path, *, dpi: int = 300, seed: int | None = None) -> Path:
    """A PDF at ``path`` whose pages are nothing but pictures of those of ``pdf``; with a ``seed`` those of a bad scanner."""
    pages = page_images(pdf, dpi)
    if seed is not None:
        pages = [noisy(page, seed + n) for n, page in enumerate(pages)]
    pages[0].save(path, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=85)
    return path
