"""The graph for other systems: export and SPARQL."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.backend import TRUNCATED, Selection, SparqlAnswer
from api.errors import Problem, Refused
from api.routes.common import Source
from api.routes.upload import body_of

router = APIRouter(tags=["Đồ thị"])

MEDIA_TYPES = {
    "turtle": "text/turtle",
    "trig": "application/trig",
    "nquads": "application/n-quads",
    "jsonld": "application/ld+json",
    "graphml": "application/graphml+xml",
}
MAX_QUERY = 100_000
EXAMPLE_QUERY = "SELECT DISTINCT ?type { ?node a ?type } LIMIT 20"
QUERY_MEDIA_TYPE = "application/sparql-query"


@router.get(
    "/export",
    summary="Xuất đồ thị",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA_TYPES.values()}, "description": "The graph, or a part of it"}},
)
def export(
    backend: Source,
    format: Annotated[Literal["turtle", "trig", "nquads", "jsonld", "graphml"], Query(description="Định dạng")] = "trig",
    around: Annotated[str | None, Query(description="Chỉ quanh nút này: IRI, số hiệu hoặc cụm từ")] = None,
    depth: Annotated[int, Query(ge=0, le=10, description="Số bước quanh nút")] = 2,
    document: Annotated[str | None, Query(description="Chỉ văn bản này")] = None,
    unit: Annotated[str | None, Query(description="Chỉ nhiệm vụ của đơn vị này")] = None,
    query: Annotated[str | None, Query(max_length=MAX_QUERY, description="Chỉ kết quả của câu SPARQL này")] = None,
) -> Response:
    """Toàn bộ hoặc một phần đồ thị, dạng RDF hoặc GraphML."""
    return Response(backend.export(format, Selection(around, depth, document, unit, query)), media_type=MEDIA_TYPES[format])


@router.get(
    "/sparql",
    summary="Truy vấn SPARQL",
    response_class=Response,
    responses={
        200: {
            "content": {"application/sparql-results+json": {"example": {"head": {"vars": ["type"]}, "results": {"bindings": []}}}}
        }
    },
)
def sparql(
    backend: Source,
    query: Annotated[
        str, Query(min_length=1, max_length=MAX_QUERY, description="Câu truy vấn chỉ đọc", examples=[EXAMPLE_QUERY])
    ],
) -> Response:
    """SPARQL 1.1, chỉ đọc; có giới hạn thời gian."""
    return sparql_response(backend.sparql(query))


@router.post(
    "/sparql",
    summary="Truy vấn SPARQL dài",
    response_class=Response,
    openapi_extra={
        "requestBody": {"required": True, "content": {QUERY_MEDIA_TYPE: {"schema": {"type": "string"}, "example": EXAMPLE_QUERY}}}
    },
)
async def sparql_post(request: Request, backend: Source) -> Response:
    """Như trên, với câu truy vấn trong thân yêu cầu (application/sparql-query)."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != QUERY_MEDIA_TYPE:
        detail = f"Thân yêu cầu phải có kiểu {QUERY_MEDIA_TYPE}."
        raise Refused(Problem("media-type", "Kiểu dữ liệu không nhận", detail, http_status=415))
    text = (await body_of(request, MAX_QUERY)).decode("utf-8", "replace")
    return sparql_response(await run_in_threadpool(backend.sparql, text))


def sparql_response(answer: SparqlAnswer) -> Response:
    """An answer to a query as a response; a header says when it is not the whole answer."""
    return Response(answer.body, media_type=answer.media_type, headers={TRUNCATED: "true"} if answer.truncated else None)
