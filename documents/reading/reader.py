"""A text file (.txt, .md) as lines, told by its content and not by its name.

Lines are separated by line feeds only, so that line numbers are those of every editor and of ``grep -n``; other separators
(vertical tab, form feed, NEL, U+2028) become blanks within their line. What was changed on the way is said in Vietnamese
notes.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from documents.errors import MAX_LINE_CHARACTERS, MAX_LINES, MAX_TEXT_BYTES, MEGABYTE, UnreadableDocument
from documents.reading.encoding import decode
from documents.text import nfc


@dataclass(frozen=True, slots=True)
class ReadText:
    """The lines of a file (NFC), the hash of its bytes, remarks about the reading in Vietnamese, and "txt" or "md"."""

    lines: tuple[str, ...]
    sha256: str
    notes: tuple[str, ...] = ()
    format: str = "txt"


_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word/Excel cũ (.doc, .xls)"),
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF87a", "ảnh GIF"),
    (b"GIF89a", "ảnh GIF"),
    (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"),
    (b"\x7fELF", "chương trình (ELF)"),
    (b"MZ", "chương trình Windows (.exe)"),
    (b"\xca\xfe\xba\xbe", "chương trình"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"BZh", "tệp nén bzip2"),
    (b"\xfd7zXZ\0", "tệp nén xz"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"Rar!\x1a\x07", "tệp nén RAR"),
    (b"SQLite format 3\0", "cơ sở dữ liệu SQLite"),
    (b"RIFF", "tệp âm thanh, hình ảnh (RIFF)"),
    (b"OggS", "tệp âm thanh"),
    (b"ID3", "tệp âm thanh"),
)
"""First bytes of formats that are no text, by the registers of those formats."""

_PLAIN_STARTS = frozenset((b"MZ", b"BZh", b"ID3", b"RIFF"))
"""Signatures that a text could begin with: believed only when zero or control bytes follow."""


def read_lines(path: Path, source: str | None = None) -> ReadText:
    """The lines of the file at ``path``; ``source`` is the name it goes by (default: its file name).

    Raises :class:`UnreadableDocument` when there is no such file, it may not be read, is no regular file, too large, empty,
    or no text.
    """
    name = source or path.name
    data = _bytes(path, name)
    if (what := binary_format(data)) is not None:
        raise UnreadableDocument(name, f"là {what}, chưa đọc được định dạng này.", _hint(what))
    decoded = decode(data)
    if decoded is None:
        raise UnreadableDocument(
            name,
            "là tệp nhị phân hoặc dùng bảng mã không nhận ra.",
            "Hãy mở bằng phần mềm gốc và lưu lại thành .txt, bảng mã UTF-8.",
        )
    lines, notes = clean_lines(decoded.text)
    if not any(line.strip() for line in lines):
        raise UnreadableDocument(name, "chỉ có khoảng trắng, không có chữ.", "Hãy kiểm tra lại tệp gốc.")
    if len(lines) > MAX_LINES:
        raise UnreadableDocument(
            name, f"có {len(lines):,} dòng, quá giới hạn {MAX_LINES:,} dòng.".replace(",", "."), "Hãy chia nhỏ tệp."
        )
    return ReadText(tuple(lines), hashlib.sha256(data).hexdigest(), (*decoded.notes, *notes), _format(lines))


def _bytes(path: Path, name: str) -> bytes:
    """The content, after everything that can be refused without reading it."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise UnreadableDocument(name, "là thư mục, không phải tệp.", "Hãy chỉ rõ tệp trong thư mục này.")
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableDocument(name, "không phải tệp thông thường.")
        if info.st_size > MAX_TEXT_BYTES:
            limit, size = MAX_TEXT_BYTES // MEGABYTE, info.st_size // MEGABYTE
            raise UnreadableDocument(name, f"có {size} MB, quá giới hạn {limit} MB của tệp văn bản.", "Hãy chia nhỏ tệp.")
        with path.open("rb") as file:
            data = file.read(MAX_TEXT_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableDocument(name, "không có tệp này.", "Hãy kiểm tra lại đường dẫn.") from None
    except PermissionError:
        raise UnreadableDocument(
            name, "không có quyền đọc tệp.", "Hãy xin quyền đọc hoặc sao chép tệp ra thư mục khác."
        ) from None
    except (OSError, ValueError) as error:
        raise UnreadableDocument(name, f"không mở được tệp ({getattr(error, 'strerror', None) or error}).") from None
    if not data:
        raise UnreadableDocument(name, "tệp trống (0 byte).", "Hãy kiểm tra lại tệp gốc.")
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableDocument(name, "tệp lớn lên trong khi đọc, quá giới hạn.")
    return data


def binary_format(data: bytes) -> str | None:
    """What the bytes are when they are a known format that is no text: "PDF", "Word (.docx)"; ``None`` for anything else."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    for signature, what in _SIGNATURES:
        if head.startswith(signature) or data.startswith(signature):
            if signature in _PLAIN_STARTS and not any(byte < 9 or 13 < byte < 32 for byte in data[:512]):
                continue
            return what
    return "video" if data[4:8] == b"ftyp" else None


def _zip_kind(data: bytes) -> str:
    """Which of the formats that are ZIP archives it is, by the names in it."""
    for part, what in (
        (b"word/", "Word (.docx)"),
        (b"xl/", "Excel (.xlsx)"),
        (b"ppt/", "PowerPoint (.pptx)"),
        (b"opendocument.text", "OpenDocument (.odt)"),
        (b"opendocument.spreadsheet", "OpenDocument (.ods)"),
    ):
        if part in data[:4096] or part in data[-65536:]:
            return what
    return "tệp nén ZIP"


def _hint(what: str) -> str:
    if "nén" in what:
        return "Hãy giải nén rồi nạp các tệp bên trong."
    if "chương trình" in what or "âm thanh" in what or "video" in what or "dữ liệu" in what:
        return "Đây không phải văn bản; hãy bỏ tệp này ra khỏi danh sách."
    if "ảnh" in what:
        return "Hãy nhận dạng chữ (OCR tiếng Việt) rồi nạp bản .txt."
    return "Hãy mở tệp và lưu thành .txt (bảng mã UTF-8) rồi nạp lại."


# blanks of every width are one blank; separators within a line too
_BLANK = dict.fromkeys(
    [
        0x0B,
        0x0C,
        0x0D,
        0x1C,
        0x1D,
        0x1E,
        0x1F,
        0x85,
        0xA0,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
        0x3000,
    ],
    " ",
)
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF, 0x180E]
)
_CONTROL = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0xFFF9, 0xFFFC)])
_LOOKALIKE = {
    0xD0: "Đ",  # Icelandic and African capitals that look like Đ
    0x189: "Đ",
    0xF0: "đ",
    0xF0B7: "•",  # bullets of the Symbol and Wingdings fonts
    0xF0A7: "•",
    0xF0D8: "•",
    0xF0FC: "•",
    0xF02D: "-",
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
}
_SURROGATE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

_CLEANING: tuple[tuple[dict[int, str | None], str], ...] = (
    ({**_CONTROL}, "ký tự điều khiển đã bỏ"),
    ({**_INVISIBLE}, "ký tự ẩn (độ rộng bằng không, gạch nối mềm, hướng viết) đã bỏ"),
    ({**_LOOKALIKE}, "ký tự trông giống chữ Việt hoặc dấu đầu dòng đã thay bằng ký tự đúng"),
    ({**_SURROGATE}, "ký tự hỏng đã thay bằng \ufffd"),
)


def _class_of(table: dict[int, str | None]) -> re.Pattern[str]:
    return re.compile("[" + "".join(re.escape(chr(code)) for code in table) + "]")


_PATTERNS = tuple((_class_of(table), table, what) for table, what in _CLEANING)


def clean_lines(text: str) -> tuple[list[str], list[str]]:
    """The lines of a decoded text, composed and cleaned, and notes on what was cleaned.

    A text whose only line ends are carriage returns (old Macintosh files) is parted at these.
    """
    notes: list[str] = []
    text = text.replace("\r\n", "\n")
    if "\n" not in text and text.count("\r") > 1:
        text = text.replace("\r", "\n")
        notes.append("Tệp ngắt dòng bằng CR (kiểu máy Macintosh cũ); số dòng tính theo các CR này.")
    for pattern, table, what in _PATTERNS:
        if count := len(pattern.findall(text)):
            text = text.translate(table)
            notes.append(f"Có {count} {what}.")
    text = nfc(text.translate(_BLANK))
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    long = [i for i, line in enumerate(lines) if len(line) > MAX_LINE_CHARACTERS]
    for i in long:
        lines[i] = lines[i][:MAX_LINE_CHARACTERS]
        notes.append(f"Dòng {i + 1} quá dài, chỉ đọc {MAX_LINE_CHARACTERS} ký tự đầu.")
    return lines, notes


_MARKDOWN = re.compile(r"#{1,6} \S|\|?\s*:?-{3,}:?\s*\||```|.*\*\*\S.*\*\*")


def _format(lines: list[str]) -> str:
    """ "md" when lines bear Markdown marks, else "txt"."""
    return "md" if any(_MARKDOWN.match(line) for line in lines) else "txt"
