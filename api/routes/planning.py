"""Tasks, units, and what planners ask across documents."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.routes.common import Paged, Source, page_example
from graph.coverage_matrix import matrix

router = APIRouter(tags=["Nhiệm vụ và kế hoạch"])

ITEM = {"source": "phuong-a.md", "lines": [41, 44], "text": "Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin"}
What = Annotated[str, Query(min_length=1, max_length=2_000, description="Số hiệu, tệp hoặc IRI", examples=["57-NQ/TW"])]


@router.get(
    "/tasks", summary="Nhiệm vụ", responses=page_example({**ITEM, "lead": ["Văn phòng HĐND và UBND"], "topic": "an-toan"})
)
def tasks(
    backend: Source,
    page: Paged,
    document: Annotated[str | None, Query(description="Chỉ văn bản này: số hiệu, tệp hoặc IRI")] = None,
    unit: Annotated[str | None, Query(description="Chỉ nhiệm vụ mà đơn vị này chủ trì, phối hợp hoặc hỗ trợ")] = None,
    topic: Annotated[str | None, Query(description="Chỉ chủ đề này, ví dụ an-toan")] = None,
    level: Annotated[str | None, Query(description="Chỉ cấp này")] = None,
    kind: Annotated[str | None, Query(description="Chỉ loại này: task, appendix, project, responsibility")] = None,
) -> Any:
    """Nhiệm vụ của mọi văn bản đã đọc."""
    given = {"document": document, "unit": unit, "topic": topic, "level": level, "kind": kind}
    return page.of(backend.tasks({name: value for name, value in given.items() if value is not None}))


@router.get(
    "/units", summary="Đơn vị", responses=page_example({"name": "Văn phòng HĐND và UBND", "kind": "phòng/ban", "lead": 12})
)
def units(backend: Source, page: Paged) -> Any:
    """Đơn vị được giao việc, với số nhiệm vụ chủ trì, phối hợp, hỗ trợ."""
    return page.of(backend.units())


@router.get(
    "/align", summary="Nhiệm vụ trùng nhau", responses=page_example({"a": ITEM, "b": ITEM, "score": 0.9, "grade": 2, "why": ""})
)
def align(
    backend: Source,
    page: Paged,
    within: Annotated[bool, Query(description="Trùng nhau trong cùng một văn bản")] = False,
    articles: Annotated[bool, Query(description="Nhiệm vụ và điều khoản mà nó thực hiện")] = False,
) -> Any:
    """Cặp nhiệm vụ của các văn bản khác nhau (2: cùng một việc, 1: một phần của nhau)."""
    return page.of(backend.align(within, articles))


@router.get("/coverage", summary="Mức độ triển khai", responses=page_example(ITEM))
def coverage(backend: Source, page: Paged, what: What) -> Any:
    """Việc nào của một văn bản đã có nhiệm vụ thực hiện, việc nào chưa."""
    return page.of(backend.coverage(what))


@router.get(
    "/coverage/matrix",
    summary="Nhiệm vụ × đơn vị",
    responses={200: {"content": {"application/json": {"example": {"units": ["Văn phòng"], "rows": [{**ITEM, "cells": {}}]}}}}},
)
def coverage_matrix(backend: Source, what: What) -> Any:
    """Đơn vị nào có nhiệm vụ thực hiện việc nào của một văn bản."""
    return matrix(backend.coverage(what))


@router.get("/compare", summary="So sánh hai kế hoạch", responses=page_example(ITEM))
def compare(
    backend: Source,
    page: Paged,
    a: Annotated[str, Query(min_length=1, description="Kế hoạch thứ nhất", examples=["phuong-a.md"])],
    b: Annotated[str, Query(min_length=1, description="Kế hoạch thứ hai", examples=["phuong-b.md"])],
) -> Any:
    """Điểm chung, điểm thêm, bớt và khác giữa hai kế hoạch."""
    return page.of(backend.compare(a, b))


@router.get("/due", summary="Việc đến hạn", responses=page_example(ITEM))
def due(
    backend: Source,
    page: Paged,
    as_of: Annotated[datetime.date, Query(description="Tính đến ngày (năm-tháng-ngày)", examples=["2026-06-30"])],
    ahead: Annotated[int, Query(ge=0, le=3650, description="Số ngày nhìn trước")] = 30,
    everything: Annotated[bool, Query(description="Cả việc thường xuyên và việc tồn của kế hoạch đã kết thúc")] = False,
) -> Any:
    """Việc quá hạn, đến hạn, sắp bắt đầu, đang thực hiện tính đến một ngày."""
    return page.of(backend.due(as_of.isoformat(), ahead, everything))


@router.get(
    "/check", summary="Điểm cần soát lại", responses=page_example({**ITEM, "kind": "date-conflict", "severity": "warning"})
)
def check(
    backend: Source,
    page: Paged,
    document: Annotated[str | None, Query(max_length=2_000, description="Chỉ văn bản này: số hiệu, tệp hoặc IRI")] = None,
) -> Any:
    """Sai sót trong văn bản và mâu thuẫn giữa các văn bản."""
    return page.of(backend.check(document))
