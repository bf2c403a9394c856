"""Which format the bytes of a file are in. The name of a file proves nothing and is not looked at.

First bytes are those that the formats' own specifications and registers give; what a ZIP archive is stands in its members
(ECMA-376 part 2: ``[Content_Types].xml``; OpenDocument 1.2 part 3: ``mimetype``), what an OLE compound file is in the names of
its streams ([MS-CFB] 2.6).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from documents.errors import MAX_FILE_BYTES


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its id, its name for the officer, and for one that is not read what to do instead (``advice``, Vietnamese)."""

    id: str
    name: str
    advice: str = ""

    @property
    def is_read(self) -> bool:
        """Whether there is a reader for it."""
        return not self.advice


_SAVE_AS = "Hãy mở tệp bằng phần mềm gốc, lưu lại thành .docx hoặc .pdf rồi nạp lại."
_UNPACK = "Hãy giải nén rồi nạp các tệp bên trong."
_NO_TEXT = "Đây không phải văn bản; hãy bỏ tệp này ra khỏi danh sách."
_UNLOCK = "Hãy mở tệp bằng mật khẩu, lưu một bản không đặt mật khẩu rồi nạp lại."
_AS_PNG = "Hãy lưu ảnh thành .png hoặc .jpg rồi nạp lại."

FORMATS: dict[str, Format] = {
    one.id: one
    for one in (
        Format("txt", "văn bản thuần (.txt, .md)"),
        Format("html", "trang web (.html)"),
        Format("mhtml", "trang web một tệp (.mht)"),
        Format("docx", "Word (.docx)"),
        Format("doc", "Word cũ (.doc)"),
        Format("wordml", "Word 2003 XML (.xml)"),
        Format("rtf", "RTF (.rtf)"),
        Format("odt", "OpenDocument (.odt)"),
        Format("ods", "bảng tính OpenDocument (.ods)"),
        Format("xlsx", "Excel (.xlsx)"),
        Format("xls", "Excel cũ (.xls)"),
        Format("pdf", "PDF"),
        Format("png", "ảnh PNG"),
        Format("jpeg", "ảnh JPEG"),
        Format("tiff", "ảnh TIFF"),
        Format("encrypted", "tệp Office đặt mật khẩu", _UNLOCK),
        Format("xlsb", "Excel nhị phân (.xlsb)", "Hãy mở tệp, lưu lại thành .xlsx rồi nạp lại."),
        Format("pptx", "PowerPoint (.pptx)", _SAVE_AS),
        Format("ppt", "PowerPoint cũ (.ppt)", _SAVE_AS),
        Format("odp", "trình chiếu OpenDocument (.odp)", _SAVE_AS),
        Format("epub", "sách điện tử EPUB", _SAVE_AS),
        Format("msg", "thư Outlook (.msg)", "Hãy mở thư, lưu tệp đính kèm ra ngoài rồi nạp tệp đó."),
        Format("ole", "tệp phức hợp OLE không rõ loại", _SAVE_AS),
        Format("zip", "tệp nén ZIP", _UNPACK),
        Format("gif", "ảnh GIF", _AS_PNG),
        Format("webp", "ảnh WebP", _AS_PNG),
        Format("bmp", "ảnh BMP", _AS_PNG),
        Format("djvu", "sách quét DjVu", "Hãy chuyển tệp thành .pdf rồi nạp lại."),
        Format("gzip", "tệp nén gzip", _UNPACK),
        Format("bzip2", "tệp nén bzip2", _UNPACK),
        Format("xz", "tệp nén xz", _UNPACK),
        Format("7z", "tệp nén 7z", _UNPACK),
        Format("rar", "tệp nén RAR", _UNPACK),
        Format("exe", "chương trình Windows (.exe)", _NO_TEXT),
        Format("elf", "chương trình (ELF)", _NO_TEXT),
        Format("class", "chương trình", _NO_TEXT),
        Format("sqlite", "cơ sở dữ liệu SQLite", _NO_TEXT),
        Format("riff", "tệp âm thanh, hình ảnh (RIFF)", _NO_TEXT),
        Format("audio", "tệp âm thanh", _NO_TEXT),
        Format("video", "video", _NO_TEXT),
    )
}
"""The formats that are told apart, by id."""

READ_FORMATS = (
    "Đọc được: văn bản thuần (.txt, .md), Word (.docx, .doc, .rtf), OpenDocument (.odt), trang web (.html), Excel (.xlsx), PDF, "
    "ảnh chụp (.png, .jpg, .tif)."
)
"""What can be read, said to the officer."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"BM", "bmp"),
    (b"AT&TFORM", "djvu"),
    (b"\x7fELF", "elf"),
    (b"MZ", "exe"),
    (b"\xca\xfe\xba\xbe", "class"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"SQLite format 3\0", "sqlite"),
    (b"RIFF", "riff"),
    (b"OggS", "audio"),
    (b"ID3", "audio"),
)

_PLAIN_STARTS = frozenset((b"MZ", b"BZh", b"ID3", b"RIFF", b"BM"))
"""Signatures that a text could begin with: believed only when zero or control bytes follow."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_PDF_WITHIN = 1024
"""ISO 32000 readers look for "%PDF-" in the first 1,024 bytes."""


def format_of(data: bytes) -> Format:
    """The format of the bytes of a whole file; "txt" for whatever shows no other one (it may still turn out to be no text)."""
    return FORMATS[_signature(data) or _markup(data[:_HEAD], data[-_HEAD:]) or "txt"]


def format_of_file(path: Path) -> Format:
    """The format of the file at ``path``; only of an archive or compound file more than its beginning and end is read.

    Raises ``OSError`` where the file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith((b"PK", _OLE)) and path.stat().st_size <= MAX_FILE_BYTES:
            return format_of(head + file.read(MAX_FILE_BYTES))
        file.seek(max(len(head), path.stat().st_size - _HEAD))
        return format_of(head + file.read(_HEAD))


def _signature(data: bytes) -> str | None:
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(data)
    if data.startswith(_OLE):
        return _compound(data)
    for signature, found in _SIGNATURES:
        if head.startswith(signature) or data.startswith(signature):
            if signature in _PLAIN_STARTS and not any(byte < 9 or 13 < byte < 32 for byte in data[:512]):
                continue
            return "webp" if found == "riff" and data[8:12] == b"WEBP" else found
    if data[4:8] == b"ftyp":
        return "video"
    at = data[:_PDF_WITHIN].find(b"%PDF-")
    # a text that speaks of "%PDF-" within a sentence is no PDF
    return "pdf" if at == 0 or (at > 0 and (b"endobj" in data or b"%%EOF" in data[-2048:])) else None


_OPEN_XML = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroenabled.main", "docx"),
    (b"ms-word.template.macroenabledtemplate.main", "docx"),
    (b"sheet.binary.macroenabled.main", "xlsb"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroenabled.main", "xlsx"),
    (b"ms-excel.template.macroenabled.main", "xlsx"),
    (b"presentationml", "pptx"),
)
_MIME_TYPES = (
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/epub+zip", "epub"),
)
_NAMES = (
    (b"word/document", "docx"), (b"xl/workbook.bin", "xlsb"), (b"xl/workbook", "xlsx"), (b"ppt/", "pptx"),
)  # fmt: skip
_CUT_NAMES = ((b"xl/", "xlsx"), (b"word/", "docx"), (b"docProps/", "docx"), (b"_rels/.rels", "docx"))
"""A file that was cut off may hold its first members only, in whatever order its writer put them."""
_CATALOGUE_BYTES = 1_000_000


def _zipped(data: bytes) -> str:
    """What an archive is: by its catalogue, and where it is damaged by the names that stand in it."""
    damaged: tuple[tuple[bytes, str], ...] = ()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                said = _start_of(archive, "mimetype")
                for mime, found in _MIME_TYPES:
                    if said.startswith(mime):
                        return found
            if "[Content_Types].xml" in names:
                said = _start_of(archive, "[Content_Types].xml").lower()
                for kind, found in _OPEN_XML:
                    if kind in said:
                        return found
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        damaged = _CUT_NAMES
    for name, found in (*((mime, found) for mime, found in _MIME_TYPES), *_NAMES, *damaged):
        if name in data[:_HEAD] or name in data[-65536:]:
            return found
    return "zip"


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_CATALOGUE_BYTES)


_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)


def _compound(data: bytes) -> str:
    """What an OLE compound file is, by the name of its main stream in the directory (UTF-16, padded to 64 bytes)."""
    for name, found in _STREAMS:
        if name.encode("utf-16-le").ljust(64, b"\0") in data:
            return found
    return "ole"


_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b|\s*<(?:meta|title|style|table|div|p)\b[^<]{0,2000}",
    re.I | re.S,
)
_WORD_XML = re.compile(
    r"\s*<\?xml.{0,400}?<\?mso-application\s+progid=\"Word\.Document\"|\s*<\?xml.{0,400}?<w:wordDocument\b", re.S
)
_MIME = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?Content-Type:\s*multipart/related", re.I)
_CLOSING = re.compile(r"</(?:html|body|table|div|p|ul|ol|center)\s*>\s*(?:<!--.{0,500}?-->\s*)*$", re.I | re.S)


def _markup(head: bytes, tail: bytes) -> str | None:
    """HTML, a web archive or Word 2003's XML, by how the text begins (a fragment of HTML also by how it ends)."""
    start, end = _glimpse(head), _glimpse(tail)
    if _WORD_XML.match(start):
        return "wordml"
    if "mime-version:" in start[:2000].lower() and _MIME.match(start.replace("\r\n", "\n")):
        return "mhtml"
    found = _HTML.match(start)
    if found and (re.search(r"<(?:!doctype\s+html|html|head|body)\b", found.group(), re.I) or _CLOSING.search(end)):
        return "html"
    return None


def _glimpse(data: bytes) -> str:
    """ASCII letters of a text in UTF-8, UTF-16 or a code of one byte per sign; nothing else matters here."""
    if b"\0" in data[:200]:
        data = data.replace(b"\0", b"")
    return data.lstrip(b"\xef\xbb\xbf\xfe\xff").decode("latin-1")
