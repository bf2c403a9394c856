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
from api.bundle import MAX_FILES, MEDIA_TYPE, pack
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
        url = PREFIX + path + ("?" + urlencode(given, doseq=True) if given else "")
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
        """Sends the files; the server reads them. Folders are walked, and files checked, as the folder's owner would."""
        from documents.errors import MAX_FILE_BYTES, UnreadableDocument
        from graph.intake import content_of, files_to_read

        skipped: list[Json] = []
        files, failures = files_to_read(paths, lambda source, reason: skipped.append({"source": source, "reason": reason}))
        report: Json = {"documents": [], "failures": [asdict(f) for f in failures], "skipped": skipped, "duplicates": []}
        together: list[tuple[str, bytes]] = []
        for source, path in files:
            try:
                content = content_of(path, source)
            except UnreadableDocument as error:
                report["failures"].append({"source": source, "reason": error.reason, "hint": error.hint, "defect": False})
                progress(source, "failed")
                continue
            if len(together) == MAX_FILES or sum(len(one) for _, one in together) + len(content) > MAX_FILE_BYTES:
                self._send(together, report, progress)
                together = []
            together.append((source, content))
        self._send(together, report, progress)
        return report

    def _send(self, files: Sequence[tuple[str, bytes]], report: Json, progress: Progress) -> None:
        """Sends files together and adds what became of them to ``report``; what the server refuses are failures."""
        try:
            found = self.upload(files) if files else {}
        except Refused as error:
            if error.problem.kind == "no-answer":
                raise
            reason = {"reason": error.problem.detail, "hint": error.problem.hint, "defect": False}
            found = {"failures": [{"source": source, **reason} for source, _ in files]}
        for name in ("documents", "failures", "duplicates"):
            report[name] += found.get(name, [])
        status = {item["source"]: item["status"] for item in found.get("documents", [])}
        for source, _ in files:
            progress(source, status.get(source, "failed"))

    def upload(self, files: Sequence[tuple[str, bytes]]) -> Json:
        """Sends files together."""
        return dict(json.loads(self._call("POST", "/documents/batch", None, pack(files), Content_Type=MEDIA_TYPE)[1]))

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

    def search(self, query: str, k: int, facets: Mapping[str, str], ignored: Sequence[str] = ()) -> Json:
        """The best passages."""
        return dict(self._json("GET", "/search", {"q": query, "k": k, **facets, "ignore": list(ignored)}))

    def ask(self, question: str, before: str = "", explain: bool = False, as_of: str = "") -> Json:
        """The answer to a question."""
        further = (
            ({"as_of": as_of} if as_of else {})
            | ({"before": before} if before else {})
            | ({"explain": "true"} if explain else {})
        )
        return dict(self._json("GET", "/ask", {"q": question, **further}))

    def suggest(self, begun: str) -> Json:
        """Questions that are answered, and completions."""
        return dict(self._json("GET", "/suggest", {"q": begun}))

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

    def due(self, as_of: str, ahead: int = 30, everything: bool = False) -> list[Json]:
        """What is due."""
        return self._list("/due", {"as_of": as_of, "ahead": ahead, "everything": everything})

    def check(self, document: str | None = None) -> list[Json]:
        """The findings."""
        return self._list("/check", {"document": document} if document else {})

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
