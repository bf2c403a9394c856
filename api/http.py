"""The HTTP interface: a FastAPI application over one backend.

Every error, whatever its origin, has one shape: problem details of RFC 9457 (``application/problem+json``). The application
has no page that loads from elsewhere and allows no other origin.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from api.backend import Backend
from api.errors import PROBLEM_MEDIA_TYPE, Problem, Refused
from api.explain import explain
from api.guard import LOOPBACK_HOSTS, Guard
from api.page import start_page
from api.routes import documents, exchange, finding, planning
from documents.errors import UnreadableDocument
from embeddings.passage_store import UnknownFacet
from graph.errors import GraphError
from graph.find_start import AmbiguousStart, StartNotFound

PREFIX = "/api/v1"

TITLES = {
    404: ("not-found", "Không có địa chỉ này", "Xem các địa chỉ có thể gọi tại /docs."),
    405: ("method-not-allowed", "Địa chỉ này không nhận phương thức đó", "Xem phương thức của từng địa chỉ tại /docs."),
}

DEFECT = Problem(
    "internal",
    "Lỗi của chương trình",
    "Chương trình gặp lỗi khi xử lý yêu cầu này; phần đã ghi trước lúc gặp lỗi vẫn được giữ.",
    "Xem nhật ký của máy chủ và báo cho người quản trị.",
    500,
)

SEE_DOCS = "Xem các tham số tại /docs."

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:cancu:problem:not-found"]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string", "description": "what to do next"},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "the parameters that were not usable"},
    },
}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
}


def problem_response(
    problem: Problem, errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> Response:
    """A problem as the body of a response."""
    body = problem.as_json()
    if errors:
        body["errors"] = errors
    return JSONResponse(body, problem.http_status, media_type=PROBLEM_MEDIA_TYPE, headers={**HEADERS, **(headers or {})})


def create_app(backend: Backend, hosts: Iterable[str] = LOOPBACK_HOSTS) -> FastAPI:
    """The application over ``backend``, answering only requests that name one of ``hosts``."""
    app = FastAPI(
        title="Căn cứ: ai thực hiện văn bản nào, câu nào nói thế",
        description="Tra cứu kế hoạch và văn bản chỉ đạo; mỗi câu trả lời kèm văn bản, dòng và câu chứng minh.",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={
            "default": {"description": "Problem details (RFC 9457)", "content": {PROBLEM_MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}
        },
    )
    app.state.backend = backend
    for group in (finding, documents, planning, exchange):
        app.include_router(group.router, prefix=PREFIX)
    add_pages(app)
    add_error_handlers(app)
    app.add_middleware(Guard, hosts=tuple(hosts), answer=problem_response)
    return app


def add_pages(app: FastAPI) -> None:
    """The start page; ``/`` leads to it."""

    @app.get("/", include_in_schema=False)
    def root() -> Response:
        return RedirectResponse("/docs")

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(start_page(app.openapi()), headers=HEADERS)


def add_error_handlers(app: FastAPI) -> None:
    """One shape for every error: those of routing, of parameters, of the rooms below, and our own defects."""

    @app.exception_handler(HTTPException)
    def routing(request: Request, error: HTTPException) -> Response:
        kind, title, hint = TITLES.get(error.status_code, ("http", "Yêu cầu không thực hiện được", ""))
        detail = f"{request.method} {request.url.path}: {title.lower()}."
        return problem_response(Problem(kind, title, detail, hint, error.status_code), headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def parameters(request: Request, error: RequestValidationError) -> Response:
        errors = [{"parameter": ".".join(str(part) for part in item["loc"]), "message": item["msg"]} for item in error.errors()]
        names = ", ".join(item["parameter"] for item in errors)
        problem = Problem("parameters", "Tham số không dùng được", f"Tham số thiếu hoặc sai: {names}.", SEE_DOCS, 422)
        return problem_response(problem, errors)

    def known(request: Request, error: Exception) -> Response:
        return problem_response(explain(error) or DEFECT)

    for bad_input in (Refused, UnreadableDocument, GraphError, StartNotFound, AmbiguousStart, UnknownFacet):
        app.add_exception_handler(bad_input, known)
    # A handler for every exception is Starlette's last resort: it answers, and the traceback still goes to the log.
    app.add_exception_handler(Exception, known)
