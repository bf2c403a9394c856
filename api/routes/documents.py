"""The documents: list, one, upload, removal; the state of the server."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool

from api.bundle import MAX_BUNDLE, MEDIA_TYPE, unpack
from api.errors import EXIT_FAILED, Problem, Refused
from api.routes.common import Paged, Source, example, page_example
from api.routes.upload import body_of, usable_source
from documents.errors import MAX_FILE_BYTES

router = APIRouter(tags=["Văn bản"])

DOCUMENT = {
    "source": "phuong-a.md",
    "number": "12/KH-UBND",
    "title": "Chuyển đổi số phường A năm 2026",
    "level": "phường/xã",
    "tasks": 24,
}
REPORT = {"documents": [{"source": "phuong-a.md", "status": "added"}], "failures": []}


@router.get("/health", summary="Tình trạng", responses=example({"status": "ok", "documents": 5}))
def health(backend: Source) -> Any:
    """Máy chủ đang chạy và đã đọc bao nhiêu."""
    return {"status": "ok", **backend.summary()}


@router.get("/documents", summary="Danh sách văn bản", responses=page_example(DOCUMENT))
def documents(backend: Source, page: Paged) -> Any:
    """Văn bản đã đọc."""
    return page.of(backend.documents())


@router.post(
    "/documents",
    summary="Gửi một văn bản",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": REPORT}}, "description": "It was read"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def upload(
    request: Request,
    backend: Source,
    source: Annotated[
        str, Query(min_length=1, max_length=1_000, description="Tên tệp, có thể kèm thư mục", examples=["phuong-a.md"])
    ],
) -> Any:
    """Thân yêu cầu là nội dung tệp. Gửi lại cùng một tệp không thay đổi gì; gửi tệp đã sửa thì thay bản cũ."""
    name = usable_source(source)
    content = await body_of(request, MAX_FILE_BYTES)
    report = await run_in_threadpool(backend.upload, [(name, content)])
    for failure in report["failures"]:
        raise Refused(
            Problem("unreadable", "Không đọc được văn bản", failure["reason"], failure.get("hint", ""), 422, EXIT_FAILED)
        )
    return report


@router.post(
    "/documents/batch",
    summary="Gửi nhiều văn bản cùng lúc",
    status_code=201,
    responses={201: {"content": {"application/json": {"example": REPORT}}, "description": "What became of each file"}},
    openapi_extra={
        "requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def upload_batch(request: Request, backend: Source) -> Any:
    """Thân yêu cầu là gói tar không nén; chỉ mục dựng một lần cho cả gói. Tệp không đọc được có trong "failures"."""
    bundle = await body_of(request, MAX_BUNDLE)
    files = [(usable_source(name), content) for name, content in unpack(bundle)]
    return await run_in_threadpool(backend.upload, files)


@router.post("/rebuild", summary="Dựng lại kho và chỉ mục", responses=example({"documents": 5}))
def rebuild(backend: Source) -> Any:
    """Dựng lại từ tệp gốc và bản ghi đã giữ."""
    return backend.rebuild()


@router.get("/documents/{document:path}", summary="Một văn bản", responses=example(DOCUMENT))
def document(backend: Source, document: str) -> Any:
    """Bản ghi của một văn bản (IRI, số hiệu, tệp hoặc khoá)."""
    return backend.document(document)


@router.delete("/documents/{document:path}", summary="Gỡ một văn bản", responses=example({"removed": "phuong-a.md"}))
def remove(backend: Source, document: str) -> Any:
    """Gỡ văn bản cùng mọi điều đã rút ra từ nó."""
    return backend.remove(document)
