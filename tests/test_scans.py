"""Scans, pictures and bad text layers: recognised in Vietnamese, each page by the way that reads it best."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pdf_documents import Sheet, Text, lines, pdf, picture_of, ruled
from PIL import Image, ImageChops, ImageDraw
from programs import need
from scoring import common_words

from documents.errors import UnreadableDocument
from documents.reading import image as image_reader
from documents.reading import pdf as pdf_reader
from documents.reading.image import read_image
from documents.reading.limits import Limits
from documents.reading.page_image import grey_of, skew, straightened
from documents.reading.pdf import read_pdf
from documents.reading.readers import read_source
from documents.reading.recognition import own_letters

WORDS = (
    "Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban",
    "nhân dân thành phố Lạc Hải, Ủy ban nhân dân phường yêu cầu:",
    "- Văn phòng rà soát, thay thế máy tính của công chức, hoàn thành",
    "trong quý III/2026; báo cáo kết quả trước ngày 15/12/2026.",
)
MISREAD = (
    "Thuc hién Ké hoach s6 158/KH-UBND ngay 22/12/2025 cua Uy ban",
    "nhan dan thanh phé Lac Hai, Uy ban nhan dan phuéng yéu cdu:",
    "- Van phéng ra soat, thay thé may tinh cua céng chirc, hoan thanh",
    "trong quy II/2026; bao cdo két qua trudc ngay 15/12/2026.",
)


def sheet(*texts: str, hidden: bool = False) -> list[Text]:
    shown = lines(*texts, x=50, y=90, step=24, size=14)
    return [Text(t.x, t.y, t.words, t.size, hidden) for t in shown]


@pytest.fixture(scope="module")
def scan() -> Any:
    """A page as a scanner sees it."""
    return picture_of(Sheet(sheet(*WORDS), size=(595, 250)), 250)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scans")


def same(found: tuple[str, ...], least: float = 0.97) -> bool:
    return common_words(" ".join(WORDS), " ".join(found)) >= least


def test_a_scanned_page_is_recognised_and_says_so(folder: Path, scan: Any) -> None:
    need("recognition")
    found = read_source(pdf(folder / "scan.pdf", [Sheet(picture=scan, size=(595, 250))]))[0]
    assert same(found.lines) and "quý III/2026" in " ".join(found.lines)
    assert found.recognised == (1,)
    region = found.regions[0]
    assert region is not None and 40 < region[0] < 60 and 70 < region[1] < 95  # points, as for other PDFs
    assert any(note.startswith("Trang 1: nhận dạng chữ từ ảnh") and "độ tin cậy" in note for note in found.notes)


def test_a_bad_text_layer_is_recognised_again(folder: Path, scan: Any) -> None:
    need("recognition")
    page = Sheet(sheet(*MISREAD, hidden=True), picture=scan, size=(595, 250))
    found = read_pdf(pdf(folder / "layer.pdf", [page]), Limits())
    assert same(found.lines) and found.recognised == (1,)


def test_a_good_text_layer_over_a_picture_is_kept(folder: Path, scan: Any) -> None:
    page = Sheet(sheet(*WORDS, hidden=True), picture=scan, size=(595, 250))
    found = read_pdf(pdf(folder / "good.pdf", [page]), Limits())
    assert tuple(line for line in found.lines if line) == WORDS
    assert found.recognised == ()


def test_a_stamp_typed_over_a_scan_does_not_stand_for_its_text(folder: Path, scan: Any) -> None:
    need("recognition")
    stamp = (
        "Người ký: Ủy ban nhân dân phường Bến Trúc",
        "Cơ quan: Thành phố Lạc Hải",
        "Thời gian ký: 14.01.2026 10:20:11 +07:00",
    )
    over = [Text(320, 195 + 12 * n, words, 8) for n, words in enumerate(stamp)]
    found = read_pdf(pdf(folder / "stamp.pdf", [Sheet(over, picture=scan, size=(595, 250))]), Limits())
    assert same(found.lines) and found.recognised == (1,)
    assert len(found.apart) == len(stamp)


def test_bad_text_with_nothing_better_behind_it_is_left_to_repair(folder: Path) -> None:
    need("recognition")
    found = read_pdf(pdf(folder / "typed.pdf", [Sheet(sheet(*MISREAD), size=(595, 250))]), Limits())
    assert tuple(line for line in found.lines if line) == MISREAD
    assert found.recognised == ()


def test_pages_go_different_ways(folder: Path, scan: Any) -> None:
    need("recognition")
    pages = [Sheet(sheet(*WORDS), size=(595, 250)), Sheet(picture=scan, size=(595, 250)), Sheet(size=(595, 250))]
    found = read_pdf(pdf(folder / "mixed.pdf", pages), Limits())
    assert found.recognised == (2,)
    assert [note.split(":")[0] for note in found.notes] == ["Trang 1", "Trang 2", "Trang 3"]


@pytest.mark.parametrize("reader", ["pdf", "image"])
def test_without_tesseract_the_packages_are_named(folder: Path, scan: Any, reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = "Máy này chưa cài chương trình. apt-get install tesseract-ocr tesseract-ocr-vie."
    for module in (pdf_reader, image_reader):
        monkeypatch.setattr(module, "missing", lambda: lacking)
    path = folder / f"lacking.{reader}"
    if reader == "pdf":
        pdf(path, [Sheet(picture=scan, size=(595, 250))])
    else:
        scan.save(path, "PNG")
    with pytest.raises(UnreadableDocument, match="tesseract-ocr-vie"):
        (read_pdf if reader == "pdf" else read_image)(path, Limits())


def test_a_page_that_takes_too_long_is_named_and_the_rest_read(folder: Path, scan: Any) -> None:
    need("recognition")
    pages = [Sheet(picture=scan, size=(595, 250)), Sheet(sheet(*WORDS), size=(595, 250))]
    found = read_pdf(pdf(folder / "slow.pdf", pages), Limits(page_seconds=0.01))
    assert tuple(line for line in found.lines if line) == WORDS and set(found.pages) == {2}
    assert any(note.startswith("Trang 1: ") and "đã bị dừng" in note for note in found.notes)


def _saved(scan: Any, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "turned":  # a camera held on its side notes so
        exif = Image.Exif()
        exif[274] = 6
        scan.rotate(90, expand=True).save(out, "JPEG", exif=exif, quality=92)
    elif kind == "upside down":
        scan.rotate(180).save(out, "PNG", dpi=(250, 250))
    elif kind == "pages":
        scan.save(out, "TIFF", save_all=True, append_images=[scan], compression="tiff_lzw", dpi=(250, 250))
    elif kind == "transparent":
        clear = Image.new("RGBA", scan.size, (0, 0, 0, 0))
        clear.putalpha(scan.point(lambda grey: 255 - grey))
        clear.save(out, "PNG", dpi=(250, 250))
    elif kind == "black and white":
        scan.convert("1").save(out, "TIFF", compression="group4", dpi=(250, 250))
    else:
        scan.save(out, kind, dpi=(250, 250))
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "pages"),
    [("PNG", 1), ("JPEG", 1), ("turned", 1), ("transparent", 1), ("black and white", 1), ("pages", 2), ("upside down", 1)],
)
def test_pictures_are_recognised(folder: Path, scan: Any, kind: str, pages: int) -> None:
    need("recognition")
    path = folder / "picture.bin"  # the name says nothing
    path.write_bytes(_saved(scan, kind))
    found = read_source(path)[0]
    shown = [line for line, page in zip(found.lines, found.pages, strict=True) if page == pages]
    assert same(tuple(shown), 0.93)
    assert found.recognised == tuple(range(1, pages + 1))


def test_tables_of_a_scan_keep_their_cells(folder: Path) -> None:
    need("recognition")
    rows = (
        (80, "TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
        (110, "1", "Rà soát, thay thế máy tính", "Văn phòng Ủy ban", "Quý II/2026"),
        (126, "", "của công chức phường", "nhân dân phường", ""),
        (156, "2", "Tập huấn kỹ năng số", "Phòng Văn hóa", "Quý III/2026"),
    )
    cells = [Text(x, y, words) for y, *row in rows for x, words in zip((55, 95, 305, 445), row, strict=True) if words]
    page = Sheet([*cells, *ruled([45, 90, 300, 440, 560], [62, 92, 138, 168])], size=(595, 220))
    path = folder / "table.png"
    picture_of(page, 300).rotate(0.8, fillcolor=255, resample=Image.Resampling.BICUBIC).save(path, dpi=(300, 300))
    found = read_source(path)[0]
    assert found.lines == (
        "| TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |",
        "| 1 | Rà soát, thay thế máy tính của công chức phường | Văn phòng Ủy ban nhân dân phường | Quý II/2026 |",
        "| 2 | Tập huấn kỹ năng số | Phòng Văn hóa | Quý III/2026 |",
    )
    assert found.tables == ((1, 3),)


@pytest.mark.parametrize("angle", [-2.5, -0.7, 0.0, 1.3, 3.0])
def test_skew_is_found(scan: Any, angle: float) -> None:
    turned = scan.rotate(-angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert skew(turned) == pytest.approx(angle, abs=0.15)
    assert abs(skew(straightened(turned)[0])) <= 0.15


def test_seals_and_signatures_over_letters_are_taken_away(folder: Path, scan: Any) -> None:
    need("recognition")
    page, over = scan.convert("RGB"), Image.new("RGB", scan.size, "white")
    draw = ImageDraw.Draw(over)
    for radius in (240, 225, 150):
        draw.ellipse((700 - radius, 420 - radius, 700 + radius, 420 + radius), outline=(205, 30, 45), width=7)
    draw.line((900, 330, 1200, 560, 1300, 380), fill=(30, 40, 160), width=8)
    path = folder / "sealed.jpg"
    ImageChops.multiply(page, over).save(path, dpi=(250, 250), quality=90)
    assert same(read_source(path)[0].lines)


@pytest.mark.parametrize(
    ("pixels", "paper"),
    [
        (((205, 30, 45), (20, 20, 30)), (True, False)),  # a seal and a letter
        (((30, 40, 160), (20, 20, 30)), (True, False)),  # a pen and a letter
        (((90, 10, 15), (20, 20, 30)), (False, False)),  # a letter below a seal
        (((205, 30, 45), (205, 30, 45)), (False, False)),  # a page printed in red
    ],
)
def test_what_is_coloured_becomes_paper(pixels: tuple[Any, Any], paper: tuple[bool, bool]) -> None:
    shown = Image.new("RGB", (6, 1), "white")
    for x, colour in enumerate(pixels):
        shown.putpixel((x, 0), colour)
    grey = grey_of(shown)
    assert tuple(grey.getpixel((x, 0)) == 255 for x in (0, 1)) == paper


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("71/NÑQ-CP", "71/NQ-CP"),
        ("Ñgười", "Người"),
        ("ỦY", "ỦY"),
        ("đường", "đường"),
        ("Đảng", "Đảng"),
        ("Ư", "Ư"),
        ("85%", "85%"),
    ],
)
def test_letters_that_vietnamese_lacks_are_put_right(read: str, meant: str) -> None:
    assert own_letters(read) == meant


def _png(width: int, height: int) -> bytes:
    """A PNG that says to be so large and unpacks to black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_png(60_000, 60_000), "quá lớn"),
        (_png(2_000, 2_000)[:60], "bị hỏng"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "bị hỏng"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "bị hỏng"),
        (b"II*\0\x08\0\0\0" + bytes(12), "bị hỏng|không có"),
        (_png(20, 20), "không có|khoảng trắng|bị hỏng"),
    ],
    ids=["bomb", "cut", "no header", "no jpeg", "no tiff", "too small"],
)
def test_pictures_that_cannot_be_read_are_refused(folder: Path, data: bytes, reason: str) -> None:
    need("recognition")
    path = folder / "bad.png"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=reason):
        read_source(path)


def damaged(data: bytes, rng: random.Random, count: int) -> Iterator[bytes]:
    """Copies of the data with a few bytes changed, taken out or put in, behind the first 16."""
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(16, len(copy))
            match rng.randrange(3):
                case 0:
                    copy[at] = rng.randrange(256)
                case 1:
                    del copy[at : at + rng.randint(1, 40)]
                case _:
                    copy[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 40)))
        yield bytes(copy)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_damaged_pictures_are_read_or_refused(folder: Path, kind: str) -> None:
    need("recognition")
    out = io.BytesIO()
    picture_of(Sheet(sheet("Kế hoạch năm 2026"), size=(260, 120)), 100).save(out, kind)
    path = folder / "damaged.bin"
    for data in damaged(out.getvalue(), random.Random(kind), 12):
        path.write_bytes(data)
        try:
            found = read_source(path, limits=Limits(page_seconds=20))[0]
            assert len(found.lines) == len(found.regions)
        except UnreadableDocument as error:
            assert error.reason
