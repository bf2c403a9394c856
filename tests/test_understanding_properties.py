"""Any text gives a valid document: properties that hold for all texts, and a seeded fuzz over damaged samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import mutations, worst_cases

from documents.model import RELATIONS, Document, Span
from documents.record import from_record, to_gold, to_record
from documents.structure.place import normal
from documents.structure.subdivision import subdivisions
from documents.understand import understand
from ontology.knowledge import knowledge

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXTS = [p.read_text("utf-8") for p in sorted(EXAMPLES.iterdir()) if p.suffix in {".txt", ".md"}]
TOPICS = {topic.id for topic in knowledge().topics}
TASK_KINDS = {"task", "appendix", "project", "responsibility"}
SECTION_KINDS = {"part", "chapter", "article", "clause", "point", "heading", "appendix"}
FUZZ = 400
"""Damaged texts in every run; ``benchmarks/extraction.py --fuzz`` runs as many as one likes."""


def words(text: str) -> list[str]:
    """The letters and digits of a text as words: markup, list marks and blanks left out."""
    return "".join(c if c.isalnum() else " " for c in text).split()


def within(part: str, whole: str) -> bool:
    """Whether the words of ``part`` are words of ``whole`` (both without blanks, as cells and lines are joined otherwise)."""
    text = "".join(words(whole))
    return all(word in text for word in words(part))


def check(document: Document) -> None:
    """Everything that a document promises of itself."""
    count = len(document.lines)

    def in_range(span: Span) -> bool:
        return 1 <= span[0] <= span[1] <= count

    def source(span: Span) -> str:
        return " ".join(document.lines[span[0] - 1 : span[1]])

    assert all(in_range(span) for _, span in document.header.lines)
    for index, section in enumerate(document.sections):
        assert in_range(section.lines) and section.kind in SECTION_KINDS
        assert section.parent is None or section.parent < index
    last = 0
    for paragraph in document.paragraphs:
        assert in_range(paragraph.lines) and paragraph.lines[0] > last
        assert within(paragraph.text, source(paragraph.lines))
        assert paragraph.section is None or 0 <= paragraph.section < len(document.sections)
        last = paragraph.lines[1]
    for citation in document.citations:
        assert citation.mentions and citation.relation in RELATIONS
        for mention in citation.mentions:
            assert in_range(mention.lines) and mention.relation in RELATIONS
            assert within(mention.text, source(mention.lines))
            assert all(normal(place.steps) == place for place in mention.places)
    for reference in document.references:
        assert in_range(reference.lines) and reference.places
        assert within(reference.text, source(reference.lines))
    parts = subdivisions(document)
    assert [part.section for part in parts if part.section is not None] == list(range(len(document.sections)))
    for index, part in enumerate(parts):
        assert in_range(part.lines) and normal(part.place.steps) == part.place
        assert part.parent is None or part.parent < index
    for link in document.links:
        assert link.source != link.target and in_range(link.lines)
        assert max(link.source, link.target) < len(document.citations)
    cited = {c.number for c in document.citations}
    named = {unit.name for unit in document.units}
    for n, task in enumerate(document.tasks, 1):
        assert task.id == f"T{n:03d}" and in_range(task.lines)
        assert task.kind in TASK_KINDS and task.topic in TOPICS
        assert within(task.text, source(task.lines))
        assert set(task.cites) <= cited
        assert {*task.lead, *task.coordinate, *task.support} <= named
    for n, target in enumerate(document.targets, 1):
        assert target.id == f"G{n:03d}" and in_range(target.lines)
        assert target.comparator in {"=", ">", ">=", "<", "<="} and target.topic in TOPICS
        assert within(target.text, source(target.lines))
    for unit in document.units:
        assert unit.name and unit.as_written and all(1 <= line <= count for line in unit.lines)
    for defect in document.defects:
        assert defect.text and all(1 <= line <= count for line in defect.lines)


def read(text: str) -> Document:
    return understand(text.split("\n"), "any.txt", "0")


PIECES = st.sampled_from(
    [
        "ỦY BAN NHÂN DÂN PHƯỜNG BẾN MƠ",
        "KẾ HOẠCH",
        "Chuyển đổi số phường Bến Mơ năm 2026",
        "I. NHIỆM VỤ",
        "II. TỔ CHỨC THỰC HIỆN",
        "1. Hạ tầng số",
        "Điều 5. Trách nhiệm của Sở Nội vụ",
        "1. Theo điểm a, đ khoản 2 Điều này, Chương II và Phụ lục I Quyết định này.",
        "a) Báo cáo theo khoản 3 Điều 12 Nghị định số 85/2016/NĐ-CP;",
        "- Nâng cấp mạng nội bộ của phường, hoàn thành trong quý II/2026.",
        "+ Đơn vị chủ trì: Văn phòng; phối hợp: Công an phường.",
        "Căn cứ Kế hoạch số 96/KH-UBND ngày 13/9/2025 của UBND thành phố về thực hiện Nghị quyết số 57-NQ/TW;",
        "STT\tNhiệm vụ\tChủ trì\tDự toán",
        "1\tLập hồ sơ cấp độ\tSở Thông tin\t1.200",
        "\ttiếp theo\tvà Truyền thông\t",
        "| 1 | a | b |",
        "STT Mục tiêu cụ thể thành phố phường",
        "Tối thiểu 80% hồ sơ được số hóa",
        "PHỤ LỤC I",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "",
        "12",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=25))
def test_any_text_gives_a_valid_document(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = read(text)
    check(document)
    assert read(text) == document, "reading is deterministic"
    assert from_record(json.loads(json.dumps(to_record(document)))) == document
    json.dumps(to_gold(document))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_characters_at_all(text: str) -> None:
    check(read(text))
    check(understand(text.split("\n"), "any.txt", "0", noisy=True))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_samples_keep_the_promises(text: str) -> None:
    check(read(text))


def test_damaged_samples_give_valid_documents() -> None:
    for text in mutations(TEXTS, FUZZ, seed=20260309):
        check(read(text))


@pytest.mark.parametrize("name", list(worst_cases(1)))
def test_worst_cases_are_read(name: str) -> None:
    """How long they take is measured in the benchmark; here they only have to come out valid."""
    check(read(worst_cases(3000)[name]))
