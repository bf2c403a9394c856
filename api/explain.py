"""From an exception of the rooms below to the problem that both doors show.

The rooms are imported only when something went wrong: this module is part of every start of the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import EXIT_FAILED, EXIT_UNUSABLE, Problem, Refused

if TYPE_CHECKING:
    from graph.errors import GraphError

_REREAD = "Chạy cancu rebuild để dựng lại từ tệp gốc; nếu vẫn lỗi, cancu ingest lại văn bản được nêu tên."
_REBUILD = "Dựng lại chỉ mục: cancu rebuild."
_INGEST = "Đọc văn bản vào trước: cancu ingest TỆP_HOẶC_THƯ_MỤC, hoặc chỉ thư mục khác bằng --data."
_NARROW = "Thu hẹp truy vấn, thêm LIMIT rồi chạy lại."
_READ_ONLY = "Chỉ nhận SELECT, ASK, CONSTRUCT, DESCRIBE."
_LIST = "Xem các văn bản đã đọc: cancu documents."


def explain(error: Exception) -> Problem | None:
    """The problem behind ``error``; ``None`` when it is a defect of the program."""
    if isinstance(error, Refused):
        return error.problem
    from documents.errors import UnreadableDocument
    from graph.errors import GraphError

    if isinstance(error, UnreadableDocument):
        detail = f"{error.source}: {error.reason}"
        return Problem("unreadable", "Không đọc được văn bản", detail, error.hint, 422, EXIT_FAILED)
    if isinstance(error, GraphError):
        return _of_the_graph(error)
    if isinstance(error, LookupError):
        return _of_a_start(error)
    if isinstance(error, ValueError):
        return _of_the_search(error)
    return None


def _of_the_graph(error: GraphError) -> Problem:
    """The problem behind an exception of the graph: the first of these that fits."""
    from graph import errors as graph

    known: tuple[tuple[type[GraphError], str, str, str, int, int], ...] = (
        (graph.DataFolderMissing, "no-data", "Chưa có dữ liệu", _INGEST, 503, EXIT_UNUSABLE),
        (graph.DataFolderBusy, "busy", "Thư mục dữ liệu đang được dùng", "Chờ lệnh kia xong rồi chạy lại.", 503, EXIT_FAILED),
        (graph.CorruptData, "corrupt", "Dữ liệu hỏng", _REREAD, 500, EXIT_FAILED),
        (graph.AmbiguousDocument, "ambiguous", "Ứng với nhiều văn bản", "Gọi bằng tên tệp hoặc IRI.", 409, EXIT_UNUSABLE),
        (graph.UnknownDocument, "not-found", "Không có văn bản này", _LIST, 404, EXIT_UNUSABLE),
        (graph.QueryRefused, "query-refused", "Truy vấn không được phép", _READ_ONLY, 400, EXIT_UNUSABLE),
        (graph.QuerySyntax, "query-syntax", "Truy vấn sai cú pháp", "", 400, EXIT_UNUSABLE),
        (graph.QueryTimeout, "query-timeout", "Truy vấn quá lâu", _NARROW, 503, EXIT_FAILED),
        (graph.QueryFailed, "query-failed", "Truy vấn không chạy được", _NARROW, 503, EXIT_FAILED),
        (graph.GraphError, "refused", "Yêu cầu không thực hiện được", "", 400, EXIT_UNUSABLE),
    )
    _, kind, title, hint, http_status, exit_status = next(row for row in known if isinstance(error, row[0]))
    return Problem(kind, title, error.message, hint, http_status, exit_status)


def _of_a_start(error: LookupError) -> Problem | None:
    """The problem when WHAT of a trace means nothing, or several things (that module is imported only when it may be needed)."""
    from graph.find_start import AmbiguousStart, StartNotFound

    if isinstance(error, AmbiguousStart):
        return Problem("ambiguous", "Ứng với nhiều văn bản", str(error), "", 409, EXIT_UNUSABLE)
    if isinstance(error, StartNotFound):
        return Problem("not-found", "Không tìm thấy", str(error), _LIST, 404, EXIT_UNUSABLE)
    return None


def _of_the_search(error: ValueError) -> Problem | None:
    """The problem when a search cannot be made."""
    from embeddings.model import UnusableModel
    from embeddings.passage_store import UnknownFacet
    from embeddings.search import DamagedSearchIndex
    from embeddings.vector_index import DamagedIndex, OtherModel

    if isinstance(error, UnknownFacet):
        return Problem("unusable", "Tham số không dùng được", str(error))
    if isinstance(error, DamagedSearchIndex | DamagedIndex | OtherModel):
        return Problem("index", "Chỉ mục tìm kiếm không dùng được", str(error), _REBUILD, 500, EXIT_FAILED)
    if isinstance(error, UnusableModel):
        return Problem("model", "Mô hình tìm kiếm không dùng được", str(error), "", 500, EXIT_FAILED)
    return None
