"""Search, questions, traces."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.routes.common import Source, example

router = APIRouter(tags=["Tìm, hỏi, truy vết"])

MAX_TEXT = 2_000
"""Characters of a question or a phrase; longer ones are refused."""

EVIDENCE = {"source": "phuong-a.md", "lines": [41, 44], "text": "Chủ trì: Văn phòng HĐND và UBND."}
HIT = {
    "rank": 1,
    "score": 0.031,
    "kind": "task",
    "iri": "https://w3id.org/cancu/id/ke-hoach/ubnd-phuong-a/2026/12-kh-ubnd#T004",
    "text": "Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin",
    "document": "https://w3id.org/cancu/id/ke-hoach/ubnd-phuong-a/2026/12-kh-ubnd",
    "source": "phuong-a.md",
    "lines": [41, 44],
    "number": "12/KH-UBND",
    "level": "phường/xã",
    "year": 2026,
    "topic": "an-toan",
    "units": ["Văn phòng HĐND và UBND"],
    "context": "II. NHIỆM VỤ",
    "matched": ["từ ngữ: an toàn thông tin cấp", "nghĩa gần: 0,71", "cấp: phường/xã"],
    "highlights": [[25, 32], [42, 51]],
    "sentence": [0, 51],
}
FRAME = [{"part": "level", "value": "phường/xã", "ignored": False}]


@router.get(
    "/search",
    summary="Tìm đoạn văn bản",
    responses=example({"query": "an toàn thông tin cấp phường", "frame": FRAME, "hits": [HIT]}),
)
def search(
    backend: Source,
    q: Annotated[
        str,
        Query(min_length=1, max_length=MAX_TEXT, description="Từ cần tìm, có dấu hay không dấu", examples=["an toàn thông tin"]),
    ],
    k: Annotated[int, Query(ge=1, le=100, description="Số kết quả")] = 10,
    level: Annotated[str | None, Query(description="Chỉ cấp này: trung ương, thành phố, sở/ngành, quận/huyện, phường/xã")] = None,
    unit: Annotated[str | None, Query(description="Chỉ nhiệm vụ của đơn vị này")] = None,
    topic: Annotated[str | None, Query(description="Chỉ chủ đề này, ví dụ an-toan")] = None,
    year: Annotated[int | None, Query(description="Chỉ văn bản của năm này")] = None,
    document: Annotated[str | None, Query(description="Chỉ văn bản này: số hiệu, tệp hoặc IRI")] = None,
    kind: Annotated[str | None, Query(description="Chỉ loại đoạn này: task, target, paragraph, article, heading")] = None,
    ignore: Annotated[
        list[str],
        Query(description="Không để phần này của câu tìm xếp lại kết quả: number, issuer, level, year, unit, kind"),
    ] = [],  # noqa: B006 (FastAPI copies defaults)
) -> Any:
    """Các đoạn phù hợp nhất, theo từ và theo nghĩa; "frame" nói câu tìm được hiểu là hỏi ở đâu."""
    given = {"level": level, "unit": unit, "topic": topic, "year": year, "document": document, "kind": kind}
    return backend.search(q, k, {name: str(value) for name, value in given.items() if value is not None}, ignore)


@router.get(
    "/ask",
    summary="Hỏi",
    responses=example(
        {
            "question": "ai chủ trì lập hồ sơ cấp độ?",
            "understood": {},
            "answer": "Văn phòng HĐND và UBND",
            "rows": [],
            "sources": [EVIDENCE],
            "chain": [],
            "abstained": False,
            "hits": [HIT],
        }
    ),
)
def ask(
    backend: Source,
    q: Annotated[
        str,
        Query(
            min_length=1, max_length=MAX_TEXT, description="Câu hỏi", examples=["ai chủ trì lập hồ sơ cấp độ an toàn thông tin?"]
        ),
    ],
    before: Annotated[
        str, Query(max_length=MAX_TEXT, description="Câu hỏi ngay trước đó, nếu câu này hỏi tiếp (“còn phường B?”)")
    ] = "",
    explain: Annotated[bool, Query(description="Kèm cách tìm ra câu trả lời: các bước và truy vấn SPARQL")] = False,
    as_of: Annotated[
        datetime.date | None,
        Query(
            description="Ngày lấy làm mốc cho “quý này”, “tháng sau”, “quá hạn”; không nêu thì là hôm nay",
            examples=["2026-06-30"],
        ),
    ] = None,
) -> Any:
    """Câu trả lời ngắn, bảng dữ liệu và câu chứng minh; không có bằng chứng thì nói là không có.

    Khi câu hỏi có thể hiểu theo nhiều văn bản, `choices` nêu các lựa chọn để hỏi lại.
    """
    return backend.ask(q, before, explain, as_of.isoformat() if as_of else "")


@router.get(
    "/suggest",
    summary="Gợi ý câu hỏi",
    responses=example(
        {
            "begun": "an toàn",
            "questions": ["Ai chủ trì nhiệm vụ “Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin”?"],
            "completions": [{"kind": "unit", "text": "Văn phòng HĐND và UBND", "label": "Đơn vị"}],
        }
    ),
)
def suggest(
    backend: Source, q: Annotated[str, Query(max_length=MAX_TEXT, description="Những từ đã gõ; để trống cũng được")] = ""
) -> Any:
    """Những câu hỏi mà các văn bản đã đọc trả lời được, và số hiệu, tên đơn vị bắt đầu bằng những từ đã gõ."""
    return backend.suggest(q)


@router.get(
    "/trace",
    summary="Truy vết căn cứ",
    responses=example(
        {
            "start": {"number": "12/KH-UBND"},
            "chains": [
                {
                    "documents": ["12/KH-UBND", "57-NQ/TW"],
                    "confidence": 1.0,
                    "hops": [
                        {
                            "from": "12/KH-UBND",
                            "to": "57-NQ/TW",
                            "kind": "basis",
                            "method": "text",
                            "confidence": 1.0,
                            "evidence": EVIDENCE,
                        }
                    ],
                }
            ],
        }
    ),
)
def trace(
    backend: Source,
    what: Annotated[
        str, Query(min_length=1, max_length=MAX_TEXT, description="IRI, số hiệu, TỆP:DÒNG hoặc một cụm từ", examples=["57-NQ/TW"])
    ],
    down: Annotated[bool, Query(description="Đi xuống: những gì thực hiện nó")] = False,
) -> Any:
    """Chuỗi văn bản từ địa phương lên trung ương (hoặc đi xuống), mỗi bước kèm câu chứng minh, cách suy ra và độ tin cậy."""
    return backend.trace(what, down)
