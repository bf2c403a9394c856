"""The backend that a running server answers: the same methods, over HTTP on the loopback address.

Uses the standard library's client: it starts fast and heeds no proxy settings, which have no say in loopback connections.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from api.backend import TRUNCATED, Json, Progress, Selection, SparqlAnswer
from api.errors import EXIT_FAILED, EXIT_UNUSABLE, Problem, Refused

PREFIX = "/api/v1"
PAGE = 10_000
"""Items asked for at once; the server's largest page."""

WAIT_SECONDS = 600
"""A rebuild of a large folder takes minutes; anything longer means that the server hangs."""


class RemoteBackend:
    """Answers from the server at ``address`` ("http://127.0.0.1:8765")."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=WAIT_SECONDS)

    def _call(
        self, method: str, path: str, query: Mapping[str, object] | None = None, body: bytes | None = None, **headers: str
    ) -> tuple[Message, bytes]:
        """Headers and body of a response; a problem raises :class:`Refused`."""
        given = {name: value for name, value in (query or {}).items() if value is not None}
        url = PREFIX + path + ("?" + urlencode(given) if given else "")
        try:
            self._connection.request(method, url, body, {name.replace("_", "-"): value for name, value in headers.items()})
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            detail = f"Máy chủ {self._address} đang giữ thư mục dữ liệu nhưng không trả lời ({error})."
            hint = "Dừng máy chủ đó rồi chạy lại lệnh."
            raise Refused(Problem("no-answer", "Máy chủ không trả lời", detail, hint, 502, EXIT_FAILED)) from error
        if response.status >= 400:
            raise Refused(self._problem(response.status, content))
        return response.headers, content

    @staticmethod
    def _problem(status: int, content: bytes) -> Problem:
        """The problem that a response tells of; its exit status follows from what it is about."""
        try:
            told = json.loads(content)
            kind, title, detail = str(told["type"]).rpartition(":")[2], told["title"], told["detail"]
            hint = told.get("hint", "")
        except (ValueError, TypeError, KeyError):
            kind, title, detail, hint = "http", "Máy chủ báo lỗi", f"Máy chủ trả lời {status}.", ""
        failed = status >= 500 or kind == "unreadable"
        return Problem(kind, title, detail, hint, status, EXIT_FAILED if failed and kind != "no-data" else EXIT_UNUSABLE)

    def _json(self, method: str, path: str, query: Mapping[str, object] | None = None, body: bytes | None = None) -> Any:
        return json.loads(self._call(method, path, query, body)[1])

    def _list(self, path: str, query: Mapping[str, object] | None = None) -> list[Json]:
        """All items of a paged list."""
        items: list[Json] = []
        while True:
            page = self._json("GET", path, {**(query or {}), "offset": len(items), "limit": PAGE})
            items += page["items"]
            if page["next"] is None:
                return items

    def ingest(self, paths: Sequence[Path], progress: Progress) -> Json:
        """Sends each file; the server reads it. Folders are walked as the folder's owner would walk them."""
        from graph.intake import Failure, files_to_read

        skipped: list[Json] = []
        files, failures = files_to_read(paths, lambda source, reason: skipped.append({"source": source, "reason": reason}))
        report: Json = {"documents": [], "failures": [], "skipped": skipped, "duplicates": []}
        for source, path in files:
            try:
                read = self.upload(source, path.read_bytes())
            except OSError as error:
                failures.append(Failure(source, f"không mở được ({error.strerror}).", "Kiểm tra quyền đọc."))
                progress(source, "failed")
            except Refused as error:
                if error.problem.kind == "no-answer":
                    raise
                failures.append(Failure(source, error.problem.detail, error.problem.hint))
                progress(source, "failed")
            else:
                report["documents"] += read["documents"]
                report["duplicates"] += read["duplicates"]
                progress(source, read["documents"][0]["status"])
        report["failures"] = [asdict(failure) for failure in failures]
        return report

    def upload(self, source: str, content: bytes) -> Json:
        """Sends one file."""
        return dict(self._json("POST", "/documents", {"source": source}, content))

    def documents(self) -> list[Json]:
        """The documents that were read."""
        return self._list("/documents")

    def document(self, what: str) -> Json:
        """The record of one document."""
        return dict(self._json("GET", f"/documents/{quote(what, safe='')}"))

    def remove(self, what: str) -> Json:
        """Removes one document."""
        return dict(self._json("DELETE", f"/documents/{quote(what, safe='')}"))

    def rebuild(self) -> Json:
        """Builds store and indexes anew."""
        return dict(self._json("POST", "/rebuild"))

    def summary(self) -> Json:
        """How much was read."""
        return dict(self._json("GET", "/health"))

    def tasks(self, filters: Mapping[str, str]) -> list[Json]:
        """The tasks of all documents."""
        return self._list("/tasks", filters)

    def units(self) -> list[Json]:
        """The units that are given work."""
        return self._list("/units")

    def search(self, query: str, k: int, facets: Mapping[str, str]) -> Json:
        """The best passages."""
        return dict(self._json("GET", "/search", {"q": query, "k": k, **facets}))

    def ask(self, question: str) -> Json:
        """The answer to a question."""
        return dict(self._json("GET", "/ask", {"q": question}))

    def trace(self, what: str, down: bool) -> Json:
        """The chains from a node."""
        return dict(self._json("GET", "/trace", {"what": what, "down": str(down).lower()}))

    def align(self, within: bool, articles: bool) -> list[Json]:
        """Pairs of tasks."""
        return self._list("/align", {"within": str(within).lower(), "articles": str(articles).lower()})

    def coverage(self, what: str) -> list[Json]:
        """Duties and their local tasks."""
        return self._list("/coverage", {"what": what})

    def compare(self, first: str, second: str) -> list[Json]:
        """Two plans side by side."""
        return self._list("/compare", {"a": first, "b": second})

    def due(self, as_of: str) -> list[Json]:
        """What is due."""
        return self._list("/due", {"as_of": as_of})

    def check(self) -> list[Json]:
        """The findings."""
        return self._list("/check")

    def export(self, form: str, selection: Selection) -> bytes:
        """The graph, or a part of it."""
        fields = ("around", "depth", "document", "unit", "query")
        return self._call("GET", "/export", {"format": form, **{name: getattr(selection, name) for name in fields}})[1]

    def sparql(self, query: str) -> SparqlAnswer:
        """The answer to a read-only query."""
        headers, body = self._call("POST", "/sparql", None, query.encode(), Content_Type="application/sparql-query")
        return SparqlAnswer(headers.get_content_type(), body, TRUNCATED in headers)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()
