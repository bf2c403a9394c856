"""The bytes of a file, after everything that can be refused without looking into it."""

from __future__ import annotations

import stat
from pathlib import Path

from documents.errors import MAX_FILE_BYTES, MEGABYTE, UnreadableDocument


def bytes_of(path: Path, name: str) -> bytes:
    """The content of the file at ``path``, called ``name``.

    Raises :class:`UnreadableDocument` when there is no such file, it may not be read, is no regular file (a pipe or device is
    refused before it is opened), is empty, or larger than :data:`documents.errors.MAX_FILE_BYTES` (refused before a byte is
    read).
    """
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise UnreadableDocument(name, "là thư mục, không phải tệp.", "Hãy chỉ rõ tệp trong thư mục này.")
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableDocument(name, "không phải tệp thông thường.")
        if info.st_size > MAX_FILE_BYTES:
            limit, size = MAX_FILE_BYTES // MEGABYTE, info.st_size // MEGABYTE
            raise UnreadableDocument(name, f"có {size} MB, quá giới hạn {limit} MB.", "Hãy chia nhỏ tệp.")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
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
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableDocument(name, "tệp lớn lên trong khi đọc, quá giới hạn.")
    return data
