"""Passages: what they cover, what they repeat, how long ones are split."""

from __future__ import annotations

from itertools import pairwise

import pytest
from embeddings_samples import PLAN, document, plan_passages
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.passage import MOST_LINES, MOST_WORDS, passages, split


def local(passage_id: str) -> str:
    return passage_id.rpartition("#")[2]


def test_every_line_with_words_is_covered_once_or_more() -> None:
    found = plan_passages()
    covered = {line for p in found for line in range(p.lines[0], p.lines[1] + 1)}
    written = {n for n, line in enumerate(PLAN.splitlines(), 1) if line.strip()}
    assert written <= covered


def test_a_task_takes_the_place_of_its_paragraphs() -> None:
    found = plan_passages()
    tasks = [p for p in found if p.kind == "task"]
    assert [p.text for p in tasks if "hồ sơ đề xuất cấp độ" in p.text]
    for task in tasks:
        beside = [p for p in found if p is not task and p.lines[0] <= task.lines[1] and task.lines[0] <= p.lines[1]]
        assert all(p.kind == "target" for p in beside), beside


def test_what_a_task_leaves_out_of_its_text_is_still_searched() -> None:
    task = next(p for p in plan_passages() if "hồ sơ đề xuất cấp độ" in p.text)
    assert "Văn phòng HĐND và UBND" not in task.text
    assert "Văn phòng HĐND và UBND" in task.searched
    assert "Quý II/2026" in task.searched


def test_fields_come_from_document_and_headings() -> None:
    task = next(p for p in plan_passages() if "tổ công nghệ số cộng đồng" in p.text)
    assert task.context.endswith("Nhân lực số")
    assert task.number == "12/KH-UBND"
    assert task.level == "phường/xã"
    assert "Phòng Văn hóa - Xã hội" in task.units
    assert task.id.startswith(task.document + "#T")


def test_ids_are_unique_and_reading_again_gives_the_same() -> None:
    found = plan_passages()
    assert len({p.id for p in found}) == len(found)
    assert found == plan_passages()


def sentence(number: int) -> str:
    return f"Câu số {number} nói về một việc khác hẳn với các câu còn lại trong cùng đoạn này."


def test_a_long_paragraph_is_split_between_sentences_with_overlap_and_nothing_lost() -> None:
    text = " ".join(sentence(n) for n in range(40))
    parts = split(document(text, "dai.txt"), (1, 1))
    assert len(parts) > 2
    assert all(part.endswith(".") for _, part in parts)
    joined = " ".join(part for _, part in parts)
    assert all(sentence(n) in joined for n in range(40))
    assert all(len(part.split()) <= MOST_WORDS for _, part in parts)
    for (_, before), (_, after) in pairwise(parts):
        assert after.startswith(before[before.rindex("Câu số") :]), "the last sentence is repeated"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("từ " * 900, "no sentence ends at all"),
        ("\n".join("mỗi dòng vài từ" for _ in range(70)), "a sentence over many lines"),
        ("\n\n".join("dòng cách dòng" for _ in range(40)), "blank lines between the lines of a paragraph"),
        ("a" * 5000, "one endless word"),
    ],
)
def test_texts_without_sentences_are_split_all_the_same(text: str, reason: str) -> None:
    read = document(text, "la.txt")
    parts = split(read, (1, len(read.lines)))
    assert [w for w in dict.fromkeys(text.split()) if w not in " ".join(p for _, p in parts)] == [], reason
    assert all(lines[1] - lines[0] < MOST_LINES and len(part.split()) <= MOST_WORDS for lines, part in parts), reason


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="aăâbcđeê IV1.-+:;%\t|", max_size=60), max_size=40))
def test_any_text_is_covered_by_passages_of_bounded_size(lines: list[str]) -> None:
    read = document("\n".join(lines), "bat-ky.txt")
    found = passages(read)
    covered = {line for p in found for line in range(p.lines[0], p.lines[1] + 1)}
    assert {n for n, line in enumerate(read.lines, 1) if line.strip()} <= covered
    assert all(p.lines[1] - p.lines[0] < MOST_LINES for p in found)
    assert len({p.id for p in found}) == len(found)
