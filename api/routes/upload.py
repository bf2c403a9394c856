"""Taking in a file over HTTP: bounded in size, with a name that cannot leave its folder."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from fastapi import Request

from api.errors import Problem, Refused, unusable

MAX_UPLOAD = 64_000_000
"""Bytes of one uploaded document; larger ones are refused."""

MAX_NAME = 200
"""Characters of an uploaded file's path, and of each part of it."""


async def body_of(request: Request, limit: int) -> bytes:
    """The body of a request.

    Raises:
        Refused: it is longer than ``limit`` bytes; nothing beyond the limit is kept.
    """
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            detail = f"Dữ liệu gửi lên dài quá {limit:,} byte.".replace(",", ".")
            raise Refused(Problem("too-large", "Dữ liệu quá lớn", detail, "Chia nhỏ tệp rồi gửi lại.", 413))
        chunks.append(chunk)
    return b"".join(chunks)


def safe_source(name: str) -> PurePosixPath:
    """The relative path that an uploaded file is kept under.

    Blanks at the ends, control characters and backslashes are taken out of ``name``; folders are kept, because the source of a
    document is its path.

    Raises:
        Refused: nothing is left, or the path is absolute, points upwards, hides itself or is too long.
    """
    cleaned = "".join(
        c for c in unicodedata.normalize("NFC", name).replace("\\", "/") if unicodedata.category(c)[0] != "C"
    ).strip()
    path = PurePosixPath(cleaned)
    bad = not path.parts or path.is_absolute() or any(part.startswith(".") or ":" in part for part in path.parts)
    if bad or len(cleaned) > MAX_NAME or any(len(part.encode()) > MAX_NAME for part in path.parts):
        raise unusable(f"Tên tệp không dùng được: {name[:80]!r}.", "Dùng tên dạng thư-mục/tên.txt, không bắt đầu bằng dấu chấm.")
    return path
