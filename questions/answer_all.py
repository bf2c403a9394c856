"""Answering a file of questions, in the form that a scorer reads: one JSON line per question."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from questions.answering import ask
from questions.library import Corpus, library_of


def answer_all(corpus: Corpus, questions: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each question (``id``, ``question``) its answer: hits, answer, sources, chain, abstained and the seconds it took.

    The corpus is made ready before the first question, so that the seconds are those of answering.
    """
    library_of(corpus)
    for entry in questions:
        start = time.perf_counter()
        record = ask(corpus, entry["question"]).to_json()
        seconds = time.perf_counter() - start
        yield {
            "id": entry["id"],
            "hits": [{"source": hit["source"], "lines": hit["lines"]} for hit in record["hits"]],
            "answer": "" if record["abstained"] else record["answer"],
            "sources": [{"source": source["source"], "lines": source["lines"]} for source in record["sources"]],
            "chain": record["chain"],
            "abstained": record["abstained"],
            "seconds": round(seconds, 4),
        }


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a JSON Lines file. Raises ``ValueError`` naming the line that is none (no object, id or question)."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"{path.name}, line {number}: not JSON ({error.msg})") from error
        if not isinstance(entry, dict) or not isinstance(entry.get("question"), str) or "id" not in entry:
            raise ValueError(f"{path.name}, line {number}: needs id and question")
        found.append(entry)
    return found


def write_answers(corpus: Corpus, questions: Path, out: Path) -> int:
    """Answer the questions of a file into another one (its folder is made); returns how many."""
    out.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with out.open("w", encoding="utf-8") as stream:
        for record in answer_all(corpus, read_questions(questions)):
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            count += 1
    return count
