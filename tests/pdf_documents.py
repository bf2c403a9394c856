"""Makes small PDFs for the tests, without any program: PDFium writes text with a font that has Vietnamese letters (it comes with
matplotlib), and the damaged ones are put together byte by byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from ctypes import c_uint8, c_ushort
from dataclasses import dataclass
from pathlib import Path
from typing import Any

A4 = (595.0, 842.0)


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place of a page: points from the upper left corner to the left end of their base line; ``upwards`` says that
    they run from there to the top of the page."""

    x: float
    y: float
    words: str
    size: float = 12.0
    hidden: bool = False
    upwards: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """A ruling line from one place to another."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: what stands on it, a picture (PIL) over all of it or ``None``, its size and by how many degrees it is shown
    turned."""

    shown: Sequence[Text | Stroke] = ()
    picture: Any = None
    size: tuple[float, float] = A4
    rotation: int = 0


def lines(*texts: str, x: float = 85.0, y: float = 80.0, step: float = 18.0, size: float = 12.0) -> list[Text]:
    """Texts one below the other."""
    return [Text(x, y + n * step, words, size) for n, words in enumerate(texts)]


def ruled(x: Sequence[float], y: Sequence[float]) -> list[Stroke]:
    """The lines of a table with columns between the ``x`` and rows between the ``y``."""
    return [*(Stroke(x[0], at, x[-1], at) for at in y), *(Stroke(at, y[0], at, y[-1]) for at in x)]


def pdf(path: Path, pages: Sequence[Sheet], attachment: bool = False) -> Path:
    """Write a PDF of the pages at ``path`` and return it."""
    import matplotlib
    import pypdfium2
    import pypdfium2.raw as raw

    file = pypdfium2.PdfDocument.new()
    data = (Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSerif.ttf").read_bytes()
    font = raw.FPDFText_LoadFont(file, (c_uint8 * len(data)).from_buffer_copy(data), len(data), raw.FPDF_FONT_TRUETYPE, 1)
    for sheet in pages:
        page = file.new_page(*sheet.size)
        if sheet.picture is not None:
            _add_picture(file, page, sheet)
        for one in sheet.shown:
            if isinstance(one, Text):
                _add_text(file, page, font, one, sheet.size[1])
            else:
                path_object = raw.FPDFPageObj_CreateNewPath(one.x0, sheet.size[1] - one.y0)
                raw.FPDFPath_LineTo(path_object, one.x1, sheet.size[1] - one.y1)
                raw.FPDFPageObj_SetStrokeWidth(path_object, 0.7)
                raw.FPDFPath_SetDrawMode(path_object, 0, 1)
                raw.FPDFPage_InsertObject(page, path_object)
        page.set_rotation(sheet.rotation)
        page.gen_content()
        page.close()
    if attachment:
        file.new_attachment("bi-mat.txt").set_data(b"ben trong")
    file.save(str(path))
    file.close()
    return path


def _add_text(file: Any, page: Any, font: Any, one: Text, height: float) -> None:
    import pypdfium2.raw as raw

    shown = raw.FPDFPageObj_CreateTextObj(file, font, one.size)
    codes = one.words.encode("utf-16-le") + b"\0\0"
    raw.FPDFText_SetText(shown, (c_ushort * (len(codes) // 2)).from_buffer_copy(codes))
    turn = (0, 1, -1, 0) if one.upwards else (1, 0, 0, 1)
    raw.FPDFPageObj_Transform(shown, *turn, one.x, height - one.y)
    if one.hidden:
        raw.FPDFTextObj_SetTextRenderMode(shown, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    raw.FPDFPage_InsertObject(page, shown)


def _add_picture(file: Any, page: Any, sheet: Sheet) -> None:
    import pypdfium2

    image = pypdfium2.PdfImage.new(file)
    image.set_bitmap(pypdfium2.PdfBitmap.from_pil(sheet.picture.convert("RGB")))
    image.set_matrix(pypdfium2.PdfMatrix().scale(*sheet.size))
    page.insert_obj(image)


def picture_of(sheet: Sheet, dpi: int = 200) -> Any:
    """The page as a grey PIL picture."""
    import tempfile

    import pypdfium2

    with tempfile.TemporaryDirectory() as folder, pypdfium2.PdfDocument(pdf(Path(folder) / "page.pdf", [sheet])) as file:
        return file[0].render(scale=dpi / 72, grayscale=True).to_pil()


def raw_pdf(*objects: bytes, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of the given objects, numbered from 1 (the first one is the catalogue), with a right table of references."""
    out = b"%PDF-" + version + b"\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return out


def simple_pdf(
    words: bytes = b"Thuc hien Ke hoach so 12", *, catalogue: bytes = b"", page: bytes = b"", trailer: bytes = b""
) -> bytes:
    """A page with one line of ASCII words in Helvetica; further entries for the catalogue, the page and the trailer."""
    shown = b"BT /F1 14 Tf 72 700 Td (" + words + b") Tj ET"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R " + catalogue + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        + page
        + b" >>",
        b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        trailer=trailer,
    )


def image_bomb(side: int) -> bytes:
    """A PDF with a picture of ``side`` by ``side`` grey pixels packed to almost nothing."""
    packed = _zeros(side * side)
    shown = b"q 500 0 0 700 40 60 cm /I Do Q"
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(shown) + shown + b"\nendstream",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 " % (side, side)
        + b"/Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
        + packed
        + b"\nendstream",
    )


def _zeros(count: int) -> bytes:
    """So many zero bytes, packed."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    out = b"".join(packer.compress(block) for _ in range(count >> 20))
    return out + packer.compress(bytes(count & ((1 << 20) - 1))) + packer.flush()
