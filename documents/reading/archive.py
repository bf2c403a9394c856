"""The parts of an office file (a ZIP archive of XML), read so that a bomb stays one: bounded sizes, no entities, no network.

Sizes are those that the archive's directory declares; :mod:`zipfile` gives no byte beyond them. XML is parsed by lxml without a
DTD; a part that declares entities is refused, because no office program writes them.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from documents.errors import UnreadableDocument
from documents.reading.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_MEMBERS = 20_000
_LARGEST_XML = 60_000_000
"""Bytes of one part of XML; its tree takes some twenty times as much memory."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)
_DECLARATIONS = 4_096
"""A declaration of entities stands before the root element, within so many bytes in all but made-up files."""
SAVE_AGAIN = "Hãy mở tệp bằng phần mềm gốc, lưu lại rồi nạp lại."


class Package:
    """An open office file; a context manager. Part names are without a leading slash."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open the archive at ``path``. Raises :class:`UnreadableDocument` where it is damaged, too large unpacked or
        encrypted.
        """
        self._name = path.name
        try:
            self._archive = zipfile.ZipFile(path)
        except _BROKEN:
            hint = "Tệp bị cắt cụt hoặc hỏng; hãy chép lại từ bản gốc, hoặc mở bằng phần mềm gốc và lưu lại."
            raise UnreadableDocument(self._name, "không mở được gói tệp.", hint) from None
        members = self._archive.infolist()
        unpacked = sum(member.file_size for member in members)
        if len(members) > _MEMBERS or unpacked > limits.unpacked_bytes:
            self.close()
            what = f"giải nén ra {unpacked // 1_000_000} MB trong {len(members)} phần, quá giới hạn"
            raise UnreadableDocument(self._name, f"{what} (có thể là bom nén).", "Không nạp tệp này nếu không rõ nguồn gốc.")
        if any(member.flag_bits & 1 for member in members):
            self.close()
            hint = "Hãy mở tệp bằng mật khẩu, lưu một bản không đặt mật khẩu rồi nạp lại."
            raise UnreadableDocument(self._name, "tệp được đặt mật khẩu.", hint)
        self.names = frozenset(member.filename for member in members)

    def __enter__(self) -> Package:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()

    def open(self, part: str) -> IO[bytes]:
        """The bytes of a part, to be read piece by piece. Raises ``KeyError`` where there is no such part."""
        return self._archive.open(part)

    def refuse_entities(self) -> None:
        """Raises :class:`UnreadableDocument` where a part of XML declares entities; for files that another library will parse."""
        for name in sorted(self.names):
            if name.endswith((".xml", ".rels")):
                try:
                    with self._archive.open(name) as part:
                        start = part.read(_DECLARATIONS)
                except _BROKEN:
                    raise UnreadableDocument(self._name, f"phần {name} bị hỏng.", SAVE_AGAIN) from None
                _refuse_entities(start, self._name, name)

    def xml(self, part: str) -> _Element | None:
        """The root element of a part; ``None`` where there is no such part. Raises :class:`UnreadableDocument` where it is
        damaged.
        """
        if part not in self.names:
            return None
        if self._archive.getinfo(part).file_size > _LARGEST_XML:
            what = f"phần {part} lớn quá {_LARGEST_XML // 1_000_000} MB."
            raise UnreadableDocument(self._name, what, "Hãy chia nhỏ tệp.")
        try:
            data = self._archive.read(part)
        except _BROKEN:
            raise UnreadableDocument(self._name, f"phần {part} bị hỏng.", SAVE_AGAIN) from None
        return parsed(data, self._name, part)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (kind, name of the part that it leads to). Those that lead outside the file are left
        out.
        """
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, tuple[str, str]] = {}
        for one in root if root is not None else ():
            if isinstance(one.tag, str) and one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
                found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
        return found


def parsed(data: bytes, name: str, part: str) -> _Element:
    """The root element of XML. Raises :class:`UnreadableDocument` where it is no XML, nests too deeply or declares entities."""
    from lxml import etree

    _refuse_entities(data[:_DECLARATIONS], name, part)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower()
        reason = f"phần {part} lồng nhau quá sâu." if deep else f"phần {part} bị hỏng (dòng {error.lineno})."
        raise UnreadableDocument(name, reason, SAVE_AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument(name, f"phần {part} khai báo thực thể XML (DTD).", SAVE_AGAIN)
    return root


def _refuse_entities(start: bytes, name: str, part: str) -> None:
    if b"<!DOCTYPE" in start.replace(b"\0", b""):
        hint = "Tệp office thật không có phần này; không nạp tệp nếu không rõ nguồn gốc."
        raise UnreadableDocument(name, f"phần {part} khai báo thực thể XML (DTD).", hint)
