"""Pictures of pages: .png, .jpg and .tif, the last also with several pages.

The way up is that which the camera notes (EXIF 2.3, tag 274). Size is looked at before a pixel is unpacked, so that a small
file that would unpack to a huge picture is refused.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from documents.errors import UnreadableDocument
from documents.reading.limits import Limits
from documents.reading.page_furniture import Page
from documents.reading.page_image import grey_of
from documents.reading.page_joining import source_text
from documents.reading.recognised_page import recognised_page
from documents.reading.recognition import missing
from documents.reading.source_text import SourceText

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "TIFF": "tiff"}
_PAGE_INCHES = 11.7
"""The longer side of A4: a picture without a resolution is taken for such a page."""
_DPI = (120, 650)
"""Resolutions that scanners have; what a camera notes (72) says nothing."""
_WANTED_DPI = 300
_LARGEST_SIDE = 6_000
"""Pixels: a larger picture is made smaller before it is recognised."""
_SMALLEST_SIDE = 40
"""Pixels: a smaller picture holds no line of text."""
_RESERVE = 0.8


def read_image(path: Path, limits: Limits) -> SourceText:
    """The text on the picture (or pictures) at ``path``.

    Raises :class:`UnreadableDocument` for a damaged or empty picture, one of too many pixels, too many pages, and where the
    programs for recognition are not installed.
    """
    from PIL import Image as images

    if lacking := missing():
        raise UnreadableDocument(path.name, "là ảnh, cần nhận dạng chữ.", lacking)
    images.MAX_IMAGE_PIXELS = limits.pixels
    pages: list[Page] = []
    sure: list[float] = []
    notes: list[str] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = images.open(path, formats=("PNG", "JPEG", "TIFF"))
        with opened:
            format_id = _FORMATS.get(opened.format or "", "tiff")
            count = getattr(opened, "n_frames", 1) if format_id == "tiff" else 1
            if count > limits.pages:
                reason = f"có {count} trang ảnh, quá giới hạn {limits.pages} trang."
                raise UnreadableDocument(path.name, reason, "Hãy tách tệp thành nhiều phần rồi nạp lại.")
            for number in range(1, count + 1):
                opened.seek(number - 1)
                page, confidence, cut = _page(opened, path, number, limits)
                pages.append(page)
                sure.append(confidence)
                notes += cut
                limits.progress(number)
    except images.DecompressionBombError:
        raise _too_large(path, limits) from None
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, OverflowError):
        # Pillow raises any of these over damaged files
        reason = "là ảnh bị hỏng, không mở được."
        raise UnreadableDocument(path.name, reason, "Hãy quét hoặc chụp lại.") from None
    mean = sum(sure) / len(sure)
    notes.insert(0, f"Trang {_span(len(pages))}: nhận dạng chữ từ ảnh (tiếng Việt), độ tin cậy trung bình {mean:.0%}.")
    return source_text(pages, format_id, recognised=[page.number for page in pages], notes=notes)


def _span(count: int) -> str:
    return "1" if count == 1 else f"1-{count}"


def _too_large(path: Path, limits: Limits, width: int = 0, height: int = 0) -> UnreadableDocument:
    size = f" ({width} x {height})" if width else ""
    reason = f"là ảnh quá lớn{size}, quá giới hạn {limits.pixels // 1_000_000} triệu điểm ảnh."
    return UnreadableDocument(path.name, reason, "Hãy quét lại ở độ phân giải 300 dpi.")


def _page(opened: Image, path: Path, number: int, limits: Limits) -> tuple[Page, float, list[str]]:
    """The frame that ``opened`` stands at, recognised; with notes about it."""
    from PIL import ImageOps

    width, height = opened.size
    if width * height > limits.pixels:
        raise _too_large(path, limits, width, height)
    if min(width, height) < _SMALLEST_SIDE:
        return Page(number, (), height), 0.0, [f"Trang {number}: ảnh quá nhỏ ({width} x {height}), không có chữ đọc được."]
    dpi = _resolution(opened)
    upright = ImageOps.exif_transpose(opened) or opened
    shrink = min(1.0, _LARGEST_SIDE / max(upright.size), _WANTED_DPI / dpi if dpi > 1.5 * _WANTED_DPI else 1.0)
    if shrink < 1.0:
        upright = upright.convert("RGB") if upright.mode == "P" else upright
        upright.thumbnail((round(upright.width * shrink), round(upright.height * shrink)))
    found = recognised_page(grey_of(upright), dpi * shrink, number, limits.page_seconds * _RESERVE)
    return found.page.scaled(1 / shrink), found.confidence, []


def _resolution(image: Image) -> float:
    """Pixels per inch: as the file says where that can be, else as if the longer side were that of A4."""
    said = image.info.get("dpi")
    try:
        dpi = float(max(said)) if said else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        dpi = 0.0
    if _DPI[0] <= dpi <= _DPI[1] and max(image.size) / dpi < 3 * _PAGE_INCHES:
        return dpi
    return min(_DPI[1], max(_DPI[0], max(image.size) / _PAGE_INCHES))
