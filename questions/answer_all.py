"""Answering a file of questions, in the form that a scorer reads: one JSON line per question."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Ask = Callable[[str], Mapping[str, Any]]
"""Answers a question, in the form of :meth:`questions.model.Answer.to_json`."""

_FIRST = "Có những văn bản nào?"


def answer_all(ask: Ask, questions: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each question (``id``, ``question``) its answer: hits, answer, sources, chain, abstained and the seconds it took.

    One question is asked before the first one, so that the seconds are those of answering and not of getting ready.
    """
    ask(_FIRST)
    for entry in questions:
        start = time.perf_counter()
        answer = ask(entry["question"])
        seconds = time.perf_counter() - start
        yield {
            "id": entry["id"],
            "hits": [{"source": hit["source"], "lines": hit["lines"]} for hit in answer["hits"]],
            "answer": "" if answer["abstained"] else answer["answer"],
            "sources": [{"source": source["source"], "lines": source["lines"]} for source in answer["sources"]],
            "chain": answer["chain"],
            "abstained": answer["abstained"],
            "seconds": round(seconds, 4),
        }


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSON Lines file (UTF-8).

    Raises ``ValueError`` saying in Vietnamese which line is no question (no object, no id, no words) or that it is no such
    file, and ``OSError`` where it cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("tệp không dùng bảng mã UTF-8.") from error
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if not isinstance(entry, dict) or not isinstance(entry.get("question"), str) or "id" not in entry:
            raise ValueError(f"dòng {number} không phải một câu hỏi.")
        found.append({"id": entry["id"], "question": entry["question"]})
    return found
