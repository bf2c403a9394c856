"""Read-only SPARQL 1.1 for outsiders: bounded in time, rows and bytes, unable to leave the own graph.

Oxigraph has no time-out in its Python binding (oxigraph/oxigraph issue 1926), and its ``query`` follows SERVICE clauses over
HTTP. Queries therefore run in a process that can be ended (:mod:`graph.sparql_worker`) on a frozen copy of the store, and SERVICE
is refused before. Updates are no queries to Oxigraph's parser, so they cannot get in.
"""

from __future__ import annotations

import json
import re
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import QueryFailed, QueryRefused, QuerySyntax, QueryTimeout
from ontology.namespaces import PREFIXES

DEFAULT_SECONDS = 10.0
DEFAULT_ROWS = 10_000
DEFAULT_BYTES = 16_000_000
"""Size of an answer as JSON; 10,000 rows of a plan's longest paragraphs stay below it."""

MAX_QUERY_LENGTH = 100_000

_START_SECONDS = 30.0
_UPDATES = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^<]*<[^>]*>\s*)*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.I
)

# What the word SERVICE may stand in without being the keyword. Oxigraph's parser asks for no blank around keywords
# ("1SERVICE:x{...}" is a service clause), so the prefix of a name is kept in the text that is searched; local names,
# variables and language tags are taken greedily by any parser.
_HARMLESS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n\r]|\\.)*+"'
    r"|'(?:[^'\\\n\r]|\\.)*+'"
    r'|<[^<>"{}|^`\x00-\x20]*+>'
    r"|#[^\n\r]*"
    r"|[?$]\w+|@[A-Za-z-]+|:\w+"
    r"|\\.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class SparqlResult:
    """The answer to a query.

    ``kind`` is "select", "ask" or "graph" (CONSTRUCT and DESCRIBE). ``results`` is SPARQL 1.1 Query Results JSON for the first
    two; ``ntriples`` the triples, sorted, for the last. ``truncated`` says that there was more than the rows allowed.
    """

    kind: str
    results: dict[str, Any] | None = None
    ntriples: str | None = None
    truncated: bool = False


def refuse_harmful(query: str) -> None:
    """Raises :class:`QueryRefused` for an update, a query that could ask another server (SERVICE), or one of excessive length.

    What cannot be told apart with certainty is refused: a quote inside ``<...>`` may be an IRI or two comparisons around a
    string, so then the word SERVICE may stand nowhere at all.
    """
    if len(query) > MAX_QUERY_LENGTH:
        raise QueryRefused(f"Truy vấn dài quá {MAX_QUERY_LENGTH} ký tự.")
    if _UPDATES.match(_without_comments(query)):
        raise QueryRefused("Chỉ nhận truy vấn đọc (SELECT, ASK, CONSTRUCT, DESCRIBE), không nhận lệnh sửa dữ liệu.")
    doubtful = False

    def blank(found: re.Match[str]) -> str:
        nonlocal doubtful
        doubtful = doubtful or (found[0][0] == "<" and "'" in found[0])
        return " "

    rest = _HARMLESS.sub(blank, query)
    doubtful = doubtful or '"' in rest or "'" in rest
    if "service" in (query if doubtful else rest).lower():
        raise QueryRefused("Truy vấn không được dùng SERVICE: chỉ được hỏi dữ liệu trong kho này.")


def _without_comments(query: str) -> str:
    return re.sub(r"^\s*(?:#[^\n\r]*\s*)+", "", query)


class SparqlWorker:
    """A process that answers queries over a frozen store; started when first needed, ended when a query runs on."""

    def __init__(self, folder: Path, freeze: Callable[[Path, str], str]) -> None:
        """Answer from the frozen store that ``freeze`` puts into ``folder`` (see :meth:`graph.store.GraphStore.checkpoint`).

        ``freeze`` is called before each query with the folder and the name of what it holds ("" at first), and returns the name
        of what it holds now: the same where the store has not changed.
        """
        self._folder = folder
        self._freeze = freeze
        self._held = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._closed = False

    def query(
        self, query: str, timeout: float = DEFAULT_SECONDS, max_rows: int = DEFAULT_ROWS, max_bytes: int = DEFAULT_BYTES
    ) -> SparqlResult:
        """The answer to ``query``; the union of all named graphs is the default graph, and the usual prefixes are declared.

        Raises :class:`QueryRefused`, :class:`QuerySyntax`, :class:`QueryTimeout` (also when other queries keep the process
        busy for all of ``timeout``) or :class:`QueryFailed` (also when the answer is larger than ``max_bytes``).
        """
        refuse_harmful(query)
        if not self._turn.acquire(timeout=timeout):
            raise QueryTimeout(f"Bộ truy vấn đang bận, chưa tới lượt sau {timeout:g} giây.")
        try:
            process = self._started()
            request = {"query": query, "prefixes": PREFIXES, "rows": max_rows, "bytes": max_bytes, "seconds": timeout}
            reply = self._exchange(process, json.dumps(request).encode() + b"\n", time.monotonic() + timeout)
        finally:
            self._turn.release()
        if reply is None:
            raise QueryTimeout(f"Truy vấn chạy quá {timeout:g} giây nên đã bị dừng.")
        return _result(reply)

    def close(self) -> None:
        """End the process, and with it the query that it may be answering; later queries are refused."""
        self._closed = True
        process = self._process
        if process:
            process.kill()
        with self._turn:
            self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _started(self) -> subprocess.Popen[bytes]:
        """The process over the store as it is now."""
        now = self._freeze(self._folder, self._held)
        if now != self._held:
            self._end()
            self._held = now
        if self._closed:
            raise QueryFailed("Thư mục dữ liệu đã đóng.")
        if self._process is None or self._process.poll() is not None:
            self._end()
            script = str(Path(__file__).with_name("sparql_worker.py"))
            command = [sys.executable, "-I", script, str(self._folder)]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
            if self._line(self._process, time.monotonic() + _START_SECONDS) != b"ready":
                self._end()
                raise QueryFailed("Không khởi động được bộ truy vấn.")
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes, end: float) -> dict[str, Any] | None:
        """The worker's reply; ``None`` when it did not come in time, and then the worker is ended."""
        assert process.stdin
        try:
            process.stdin.write(request)
            line = self._line(process, end)
        except BrokenPipeError:
            line = b""
        if line:
            return dict(json.loads(line))
        self._end()
        if line is None:
            return None
        return {"kind": "failed", "message": "bộ truy vấn dừng đột ngột, có thể vì hết bộ nhớ"}

    @staticmethod
    def _line(process: subprocess.Popen[bytes], end: float) -> bytes | None:
        """The next line of the worker's output; ``None`` after ``end``, empty when the worker is gone."""
        assert process.stdout
        output = select.poll()
        output.register(process.stdout, select.POLLIN | select.POLLHUP)
        chunks: list[bytes] = []
        while not (chunks and chunks[-1].endswith(b"\n")):
            if not output.poll(max(0.0, end - time.monotonic()) * 1000):
                return None
            chunk = process.stdout.read(1 << 20)
            if not chunk:
                return b""
            chunks.append(chunk)
        return b"".join(chunks).rstrip(b"\n")


def _result(reply: dict[str, Any]) -> SparqlResult:
    kind = reply["kind"]
    if kind == "syntax":
        raise QuerySyntax(f"Truy vấn sai cú pháp: {reply['message']}")
    if kind == "large":
        raise QueryFailed(f"Kết quả của truy vấn lớn quá {reply['bytes'] / 1_000_000:g} MB.")
    if kind == "failed":
        raise QueryFailed(f"Truy vấn không chạy được: {reply['message']}")
    if kind == "graph":
        lines = sorted(set(reply["triples"]))
        return SparqlResult(kind, ntriples="".join(line + "\n" for line in lines), truncated=reply["truncated"])
    return SparqlResult(kind, results=reply["results"], truncated=reply["truncated"])
