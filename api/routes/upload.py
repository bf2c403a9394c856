"""Taking in a file over HTTP: bounded in size, with a name that cannot leave its folder."""

from __future__ import annotations

from fastapi import Request

from api.errors import Problem, Refused, unusable
from documents.errors import UnreadableDocument
from graph.intake import source_of


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


def usable_source(name: str) -> str:
    """The source that a file of this name is kept under, as for a file of a folder (:func:`graph.intake.source_of`).

    Raises:
        Refused: the name could leave its folder, or is none.
    """
    try:
        return source_of(name)
    except UnreadableDocument as error:
        raise unusable(f"Tên tệp không dùng được: {name[:80]!r}.", error.hint) from error
