"""A backend with canned answers: the doors can be tested without the rooms behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.backend import Progress, Selection, SparqlAnswer
from graph.errors import UnknownDocument

EVIDENCE = {"source": "phuong-a.md", "lines": [41, 44], "text": "Chủ trì: Văn phòng HĐND và UBND."}
HIT = {
    "rank": 1,
    "score": 0.5,
    "kind": "task",
    "iri": "https://w3id.org/cancu/id/a#T004",
    "text": "Lập hồ sơ đề xuất cấp độ",
    "document": "https://w3id.org/cancu/id/a",
    "source": "phuong-a.md",
    "lines": [41, 44],
}
DOCUMENT = {
    "iri": "https://w3id.org/cancu/id/a",
    "key": "a",
    "source": "phuong-a.md",
    "number": "12/KH-UBND",
    "type": "Kế hoạch",
    "title": "Chuyển đổi số",
    "issuer": "Ủy ban nhân dân phường A",
    "level": "phường/xã",
    "date": "2026-01-05",
    "tasks": 1,
}
TASK = {
    **EVIDENCE,
    "iri": HIT["iri"],
    "document": HIT["document"],
    "text": "Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin",
    "lead": ["Văn phòng HĐND và UBND"],
    "deadline": {"text": "Tháng 2/2026", "kind": "month", "start": "2026-02-01", "end": "2026-02-28"},
}
FINDING = {**EVIDENCE, "kind": "date-conflict", "severity": "error", "message": "Hai ngày khác nhau", "evidence": []}
CHAIN = {
    "documents": ["12/KH-UBND", "57-NQ/TW"],
    "confidence": 1.0,
    "hops": [
        {"from": "12/KH-UBND", "to": "57-NQ/TW", "kind": "basis", "method": "explicit", "confidence": 1.0, "evidence": EVIDENCE}
    ],
}


class CannedBackend:
    """Answers every request with one fixed value and notes what was asked; what contains "none" is not found."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def _known(self, *asked: Any) -> None:
        self.asked.append(asked)
        for part in asked[1:]:
            if part == "none":
                raise UnknownDocument("Không có văn bản “none”.")
            if part == "defect":
                raise ZeroDivisionError("a defect of the program with a secret detail")

    def ingest(self, paths: Sequence[Path], progress: Progress) -> dict[str, Any]:
        found = [file for path in paths for file in ([path] if path.is_file() else sorted(path.rglob("*.*")))]
        self.asked.append(("ingest", [file.name for file in found]))
        documents, failures, skipped = [], [], []
        for file in found:
            if file.suffix == ".py":
                skipped.append({"source": file.name, "reason": "không phải văn bản."})
                continue
            if b"\0" in file.read_bytes():
                failures.append({"source": file.name, "reason": "Tệp nhị phân.", "hint": "Lưu lại dạng văn bản."})
            else:
                documents.append({"source": file.name, "status": "added"})
            progress(file.name, "added")
        return {"documents": documents, "failures": failures, "skipped": skipped, "duplicates": []}

    def upload(self, files: Sequence[tuple[str, bytes]]) -> dict[str, Any]:
        self.asked.append(("upload", *(source for source, _ in files)))
        bad = [source for source, content in files if b"\0" in content]
        failures = [{"source": source, "reason": "Tệp nhị phân.", "hint": "Lưu lại dạng văn bản."} for source in bad]
        documents = [{"source": source, "status": "added"} for source, _ in files if source not in bad]
        return {"documents": documents, "failures": failures, "skipped": [], "duplicates": []}

    def documents(self) -> list[dict[str, Any]]:
        return [DOCUMENT]

    def document(self, what: str) -> dict[str, Any]:
        self._known("document", what)
        return DOCUMENT

    def remove(self, what: str) -> dict[str, Any]:
        self._known("remove", what)
        return {"source": "phuong-a.md"}

    def rebuild(self) -> dict[str, Any]:
        return {"documents": 1, "triples": 10, "failures": []}

    def summary(self) -> dict[str, Any]:
        names = ("documents", "citations", "units", "tasks", "targets", "triples", "passages")
        return dict.fromkeys(names, 1)

    def tasks(self, filters: Mapping[str, str]) -> list[dict[str, Any]]:
        self._known("tasks", *filters.values())
        return [TASK] * 3

    def units(self) -> list[dict[str, Any]]:
        return [{"name": "Văn phòng HĐND và UBND", "kind": "phòng/ban", "lead": 1, "coordinate": 0, "support": 0}]

    def search(self, query: str, k: int, facets: Mapping[str, str], ignored: Sequence[str] = ()) -> dict[str, Any]:
        self._known("search", query, k, dict(facets), *ignored)
        frame = [{"part": "level", "value": "phường/xã", "ignored": "level" in ignored}]
        return {"query": query, "frame": frame, "hits": [HIT]}

    def suggest(self, begun: str) -> dict[str, Any]:
        self._known("suggest", begun)
        found = [{"kind": "unit", "text": "Văn phòng HĐND và UBND", "label": "Đơn vị"}]
        return {"begun": begun, "questions": ["Ai ký Kế hoạch số 12/KH-UBND?"], "completions": found if begun else []}

    def ask(self, question: str, before: str = "", explain: bool = False, as_of: str = "") -> dict[str, Any]:
        self._known("ask", question)
        row = {**EVIDENCE, "document": DOCUMENT["iri"], "fields": {"Chủ trì": "Văn phòng HĐND và UBND"}, "score": 1.0}
        answer = "Văn phòng HĐND và UBND chủ trì."
        found = {"question": question, "understood": {}, "answer": answer, "rows": [row], "sources": [EVIDENCE]}
        steps = [
            {"does": "filter", "on": "đơn vị", "values": ["Công an phường"]},
            {"does": "follow", "on": "Chủ trì", "values": []},
        ]
        plan = {"plan": {"steps": steps, "sparql": ["SELECT ?task WHERE { ?task a cancu:Task }"]}} if explain else {}
        choices = {"choices": ["phường A", "phường B"]} if before else {}
        return {**found, **plan, **choices, "chain": ["12/KH-UBND", "57-NQ/TW"], "abstained": False, "hits": [HIT]}

    def trace(self, what: str, down: bool) -> dict[str, Any]:
        self._known("trace", what, down)
        return {"start": {"kind": "document", "number": "12/KH-UBND", "source": "phuong-a.md"}, "chains": [CHAIN]}

    def align(self, within: bool, articles: bool) -> list[dict[str, Any]]:
        self._known("align", within, articles)
        return [{"a": EVIDENCE, "b": EVIDENCE, "score": 0.9, "grade": 2, "why": "cùng việc"}]

    def coverage(self, what: str) -> list[dict[str, Any]]:
        self._known("coverage", what)
        task = {**TASK, "issuer": "Ủy ban nhân dân phường A", "grade": 2, "score": 0.9}
        return [{**EVIDENCE, "covered": True, "tasks": [task, task]}, {**EVIDENCE, "covered": False, "tasks": []}]

    def compare(self, first: str, second: str) -> list[dict[str, Any]]:
        self._known("compare", first, second)
        change = {"field": "lead", "label": "đơn vị chủ trì", "before": None, "after": "Văn phòng"}
        added = {"status": "added", "label": "thêm mới", **EVIDENCE, "other": None, "changes": [], "score": None}
        return [{**added, "status": "changed", "label": "thay đổi", "other": EVIDENCE, "changes": [change], "score": 0.9}, added]

    def due(self, as_of: str, ahead: int = 30, everything: bool = False) -> list[dict[str, Any]]:
        self._known("due", as_of)
        state = {"status": "due", "label": "đến hạn", "deadline": "Quý II/2026", "end": "2026-06-30", "days": 0}
        return [{**EVIDENCE, **state, "lead": ["Văn phòng"]}]

    def check(self, document: str | None = None) -> list[dict[str, Any]]:
        self._known("check", document)
        return [FINDING]

    def export(self, form: str, selection: Selection) -> bytes:
        self._known("export", form, selection)
        return b"<a> <b> <c> .\n"

    def sparql(self, query: str) -> SparqlAnswer:
        self._known("sparql", query)
        return SparqlAnswer("application/sparql-results+json", b'{"head": {}, "boolean": true}', truncated=True)

    def close(self) -> None:
        self.asked.append(("close",))
