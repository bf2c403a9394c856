"""Answering a file of questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from questions_samples import CORPUS

from questions import ask
from questions.answer_all import answer_all, read_questions


def test_answers_have_the_form_that_is_scored() -> None:
    rows = [
        {"id": "a", "question": "Ai chủ trì thay máy tính ở phường Hòa Mai?"},
        {"id": "b", "question": "Phường Đồng Tâm giao ai?"},
    ]
    first, second = answer_all(lambda question: ask(CORPUS, question).to_json(), rows)
    assert set(first) == {"id", "hits", "answer", "sources", "chain", "abstained", "seconds"}
    assert first["sources"] and set(first["sources"][0]) == {"source", "lines"}
    assert len(first["hits"]) >= 10
    assert second == {**second, "id": "b", "answer": "", "sources": [], "abstained": True}


def test_questions_are_read_with_a_mark_and_with_any_separator_inside(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '\ufeff{"id": "a", "question": "Ai?\u2028", "more": 1}\r\n\n{"id": 2, "question": "Khi nào?"}', encoding="utf-8"
    )
    assert read_questions(file) == [{"id": "a", "question": "Ai?\u2028"}, {"id": 2, "question": "Khi nào?"}]


@pytest.mark.parametrize("line", ["no json", '["a list"]', '{"id": "x"}', '{"question": "no id"}', '{"id": 1, "question": 2}'])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "ok", "question": "Ai?"}\n' + line, encoding="utf-8")
    with pytest.raises(ValueError, match="dòng 2"):
        read_questions(file)


def test_a_file_in_another_encoding_is_no_file_of_questions(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "a", "question": "Ai chủ trì?"}', encoding="utf-16")
    with pytest.raises(ValueError, match="UTF-8"):
        read_questions(file)
