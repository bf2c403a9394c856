"""Answering a file of questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from questions_samples import CORPUS

from questions.answer_all import read_questions, write_answers


def test_answers_have_the_form_that_is_scored(tmp_path: Path) -> None:
    asked = tmp_path / "questions.jsonl"
    rows = [
        {"id": "a", "question": "Ai chủ trì thay máy tính ở phường Hòa Mai?"},
        {"id": "b", "question": "Phường Đồng Tâm giao ai?"},
    ]
    asked.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n", encoding="utf-8")
    out = tmp_path / "deep" / "answers.jsonl"
    assert write_answers(CORPUS, asked, out) == 2
    first, second = (json.loads(line) for line in out.read_text("utf-8").splitlines())
    assert set(first) == {"id", "hits", "answer", "sources", "chain", "abstained", "seconds"}
    assert first["sources"] and set(first["sources"][0]) == {"source", "lines"}
    assert len(first["hits"]) >= 10
    assert second == {**second, "id": "b", "answer": "", "sources": [], "abstained": True}


@pytest.mark.parametrize("line", ["no json", '["a list"]', '{"id": "x"}', '{"question": "no id"}', '{"id": 1, "question": 2}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "ok", "question": "Ai?"}\n' + line, encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_questions(file)
