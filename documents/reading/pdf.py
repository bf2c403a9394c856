"""PDF: pages with text, scanned pages, and pages whose text layer is no good.

Each page is judged by itself (:mod:`documents.reading.quality`). Its text layer is taken where it reads as Vietnamese; a page
without one, or with a bad one, is rendered and recognised again, and the better of both is kept. Text in old fonts is converted
by the name of the font. Scripts are never run and attachments never opened: PDFium is used without them.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from documents.errors import UnreadableDocument
from documents.reading.encoding import decode
from documents.reading.limits import Limits
from documents.reading.page_furniture import Page
from documents.reading.page_image import grey_of
from documents.reading.page_joining import source_text
from documents.reading.page_layout import page_lines
from documents.reading.page_lines import Line
from documents.reading.pdf_words import TextLayer, text_layer
from documents.reading.quality import judge
from documents.reading.recognised_page import recognised_page
from documents.reading.recognition import missing
from documents.reading.ruling import Rules, rules_of, scaled
from documents.reading.source_text import SourceText, table_row

POINTS = 72
SCAN_DPI = 300
_RULES_DPI = 144
_LARGEST_PAGE = 40_000_000
"""Pixels of a rendered page; a larger one is rendered more coarsely."""
_LEAST_DPI = 60
"""A page so large that it would be rendered more coarsely than this is a drawing and is not recognised."""
_RESERVE = 0.8
"""Share of the time for a page that its recognition may take, and of that for a file after which no further page is begun."""
_MOST_UNMAPPED = 0.05
_COVERED = 0.3
"""A picture over so much of the page may hold words that its text layer lacks."""
_FEW_WORDS = 60
"""Over such a picture fewer words are hardly all that the page says."""
_CLEAR_GAIN = 1.5
"""A recognised page that does not read well either is taken where it has so much more of Vietnamese than the text layer."""
_AGAIN = "Hãy tải lại hoặc mở bằng phần mềm gốc, lưu lại rồi nạp lại."


@dataclass(frozen=True, slots=True)
class _ReadPage:
    """A page as read: how ("text", "recognised", "empty", "unread"), how sure, and remarks."""

    page: Page
    method: str
    confidence: float = 1.0
    notes: tuple[str, ...] = ()


def read_pdf(path: Path, limits: Limits) -> SourceText:
    """The text of the PDF at ``path``.

    Raises :class:`UnreadableDocument` for a file that is protected by a password, damaged beyond repair, has no page, or has
    too many of them, and where nothing can be read because its pages are pictures and the programs for recognition are not
    installed.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refused(path, getattr(error, "err_code", None)) from None
    with document:
        count = len(document)
        if count == 0:
            raise UnreadableDocument(path.name, "là PDF không có trang nào.", "Hãy kiểm tra lại tệp gốc.")
        if count > limits.pages:
            reason = f"có {count} trang, quá giới hạn {limits.pages} trang."
            raise UnreadableDocument(path.name, reason, "Hãy tách tệp thành nhiều phần rồi nạp lại.")
        notes = _of_file(document)
        read: list[_ReadPage] = []
        end = time.monotonic() + limits.seconds * _RESERVE
        for number in range(1, count + 1):
            if time.monotonic() > end:
                notes.append(
                    f"Hết thời gian cho một tệp: chỉ đọc {number - 1} trong {count} trang; hãy tách tệp rồi nạp phần còn lại."
                )
                break
            read.append(_read(document, number, limits))
            limits.progress(number)
    if all(one.method == "damaged" for one in read):
        raise UnreadableDocument(path.name, "là PDF mà các trang đều bị hỏng.", _AGAIN)
    if all(one.method == "unread" for one in read):
        raise UnreadableDocument(path.name, "là bản quét (các trang là ảnh), cần nhận dạng chữ.", missing())
    return source_text(
        [one.page for one in read],
        "pdf",
        recognised=[one.page.number for one in read if one.method == "recognised"],
        notes=(*notes, *_ways(read), *dict.fromkeys(note for one in read for note in one.notes)),
    )


def _refused(path: Path, code: int | None) -> UnreadableDocument:
    import pypdfium2.raw as pdfium

    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        hint = "Hãy mở tệp bằng mật khẩu, in ra PDF mới (không đặt mật khẩu) rồi nạp lại."
        return UnreadableDocument(path.name, "là PDF đặt mật khẩu, không mở được.", hint)
    return UnreadableDocument(path.name, "là PDF bị hỏng hoặc bị cắt cụt, không mở được.", _AGAIN)


def _of_file(document: Any) -> list[str]:
    """What the officer should know of the file besides its pages."""
    import pypdfium2.raw as pdfium

    notes = []
    if scripts := pdfium.FPDFDoc_GetJavaScriptActionCount(document):
        notes.append(f"PDF chứa {scripts} đoạn mã lệnh (script); đã bỏ qua, không chạy.")
    if attached := document.count_attachments():
        notes.append(f"PDF có {attached} tệp đính kèm; không đọc các tệp này, hãy lưu ra ngoài rồi nạp riêng nếu cần.")
    if (signed := pdfium.FPDF_GetSignatureCount(document)) > 0:
        notes.append(f"PDF có {signed} chữ ký số; chương trình không kiểm tra chữ ký.")
    return notes


def _read(document: Any, number: int, limits: Limits) -> _ReadPage:
    """One page, by the way that reads it best."""
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return _ReadPage(Page(number, (), 0), "damaged", 0.0)
    try:
        return _read_open(page, number, limits)
    except pypdfium2.PdfiumError:
        return _ReadPage(Page(number, (), 0), "damaged", 0.0)
    finally:
        page.close()


def _read_open(page: Any, number: int, limits: Limits) -> _ReadPage:
    width, height = page.get_size()
    layer = text_layer(page, width, height)
    typed, notes = _typed(page, layer, width, height)
    kind = judge(line.text for line in typed).kind
    if kind == "legacy":
        typed, notes = _converted(typed, notes)
        kind = judge(line.text for line in typed).kind
    high = width if layer.turns % 2 else height
    result = _ReadPage(Page(number, tuple(typed), high), "text", 1.0, tuple(notes))
    doubtful = kind in ("noisy", "unaccented", "foreign") or layer.unmapped > _MOST_UNMAPPED
    # a stamp or a header that was set over a scanned page is no text layer of it
    hidden = _behind(page, width, height) if layer.words else _shows(page)
    if not doubtful and not (hidden and len(layer.words) < _FEW_WORDS):
        return result if layer.words else _ReadPage(result.page, "empty")
    if missing():
        return result if layer.words else _ReadPage(result.page, "unread", 0.0, (missing(),))
    return _recognised(page, number, limits, result)


def _typed(page: Any, layer: TextLayer, width: float, height: float) -> tuple[list[Line], list[str]]:
    """The lines of the text layer, with tables by the ruling lines that the page shows."""
    import numpy

    notes = ["Có trang quá nhiều ký tự, chỉ đọc phần đầu."] if layer.cut else []
    if not layer.words:
        return [], notes
    rules = Rules((), ())
    if (dpi := min(_RULES_DPI, _dpi_for(width, height))) >= _LEAST_DPI:
        picture = page.render(scale=dpi / POINTS, grayscale=True, rotation=90 * layer.turns).to_numpy()
        rules = scaled(rules_of(numpy.ascontiguousarray(picture.reshape(picture.shape[:2])), dpi), POINTS / dpi)
    return page_lines(layer.words, rules, POINTS), notes


def _converted(lines: Sequence[Line], notes: Sequence[str]) -> tuple[list[Line], list[str]]:
    """Lines that were typed in an old encoding as they were meant."""
    from dataclasses import replace

    decoded = decode("\n".join(line.text for line in lines).encode())
    texts = decoded.text.split("\n") if decoded else []
    if decoded is None or len(texts) != len(lines):
        return list(lines), list(notes)
    found = []
    for line, text in zip(lines, texts, strict=True):
        if not line.cells:
            found.append(replace(line, text=text))
            continue
        cells = tuple(part.text if (part := decode(cell.encode())) else cell for cell in line.cells)
        found.append(replace(line, text=table_row(cells), cells=cells))
    return found, [*notes, *decoded.notes]


def _dpi_for(width: float, height: float, wanted: float = SCAN_DPI) -> float:
    """The resolution at which a page of so many points is rendered."""
    most = (_LARGEST_PAGE / max(1.0, width * height)) ** 0.5 * POINTS
    return min(wanted, most)


def _shows(page: Any) -> bool:
    """Whether the page shows a picture or drawn shapes at all."""
    return next(iter(page.get_objects(max_depth=2)), None) is not None


def _behind(page: Any, width: float, height: float) -> bool:
    """Whether a picture lies over a good part of the page."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            left, bottom, right, top = shown.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        if abs(right - left) * abs(top - bottom) >= _COVERED * width * height:
            return True
    return False


def _recognised(page: Any, number: int, limits: Limits, typed: _ReadPage) -> _ReadPage:
    """The page recognised from its picture; the text layer where that reads no worse, or recognition fails."""
    width, height = page.get_size()
    dpi = _dpi_for(width, height)
    if dpi < _LEAST_DPI:
        return typed
    picture = grey_of(page.render(scale=dpi / POINTS, rev_byteorder=True).to_pil())
    try:
        found = recognised_page(picture, dpi, number, limits.page_seconds * _RESERVE)
    except UnreadableDocument as error:
        method = "text" if typed.page.lines else "unread"
        return _ReadPage(typed.page, method, typed.confidence, (*typed.notes, f"Trang {number}: {error.reason}"))
    # what is bad to the eye too (a bad text that was printed) is repaired better from its letters than from its picture
    gain = 1.0 if judge(line.text for line in found.page.lines).kind == "good" else _CLEAR_GAIN
    if typed.page.lines and gain * _valid(typed.page) >= _valid(found.page):
        return typed
    if not found.page.lines:
        return _ReadPage(found.page, "empty")
    return _ReadPage(found.page.scaled(POINTS / dpi), "recognised", found.confidence)


def _valid(page: Page) -> float:
    """How many words of the page are syllables of Vietnamese, the more so where they bear accents."""
    quality = judge(line.text for line in page.lines)
    return quality.words * (quality.valid + quality.accented) / 2


_WAYS = {
    "text": "lấy chữ có sẵn",
    "recognised": "nhận dạng chữ từ ảnh (tiếng Việt)",
    "unread": "là ảnh, chưa nhận dạng được",
    "empty": "không có chữ",
    "damaged": "bị hỏng, không đọc được",
}


def _ways(read: Sequence[_ReadPage]) -> list[str]:
    """Which way each page went, where not all of them have a text layer."""
    if all(one.method == "text" for one in read):
        return []
    notes = []
    for method, what in _WAYS.items():
        pages = [one for one in read if one.method == method]
        if pages:
            sure = ""
            if method == "recognised":
                mean = sum(one.confidence for one in pages) / len(pages)
                worst = min(pages, key=lambda one: (one.confidence, one.page.number))
                sure = f", độ tin cậy trung bình {mean:.0%}"
                if len(pages) > 1:
                    sure += f" (thấp nhất {worst.confidence:.0%} ở trang {worst.page.number})"
            notes.append(f"Trang {_ranges([one.page.number for one in pages])}: {what}{sure}.")
    counted = Counter(one.method for one in read)
    if counted["unread"] and (lacking := missing()):
        notes.append(lacking)
    return notes


def _ranges(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: 1-3, 5."""
    starts = [n for before, n in pairwise([-1, *numbers]) if n != before + 1]
    ends = [n for n, after in pairwise([*numbers, -1]) if after != n + 1]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))
