"""The parts of documents: how they are named, found in a text that is read, and the same node in the graph either way."""

from __future__ import annotations

import pytest

from documents.citations.place import places_before, places_behind
from documents.model import Document, Step
from documents.structure.place import label, normal
from documents.structure.subdivision import subdivisions
from documents.understand import understand
from graph.build import document_quads
from graph.iri import part_locals, place_local
from graph.validate import validate_document

NAMED = [
    # the words before the document, the parts they name, why
    ("theo khoản 2 Điều 12 ", ["khoản 2 Điều 12"], "the inner part stands first"),
    ("tại điểm a, b khoản 1 và khoản 3 Điều 5 ", ["điểm a khoản 1 Điều 5", "điểm b khoản 1 Điều 5", "khoản 3 Điều 5"], "a list"),
    ("tại các Điều 3, 4 và 7 của ", ["Điều 3", "Điều 4", "Điều 7"], "one word over several numbers"),
    ("từ Điều 5 đến Điều 8 ", ["Điều 5", "Điều 6", "Điều 7", "Điều 8"], "a range of articles"),
    ("từ khoản 1 đến khoản 3 Điều 4 ", ["khoản 1 Điều 4", "khoản 2 Điều 4", "khoản 3 Điều 4"], "a range inside an article"),
    (
        "các điểm a đến đ khoản 1 Điều 2 ",
        [f"điểm {letter} khoản 1 Điều 2" for letter in "abcdđ"],
        "a range of letters, with đ behind d",
    ),
    ("điểm c khoản 1 và điểm a khoản 2 Điều 41 ", ["điểm c khoản 1 Điều 41", "điểm a khoản 2 Điều 41"], "one article for both"),
    ("khoản 4 Điều 7, Điều 11 và Điều 12 ", ["khoản 4 Điều 7", "Điều 11", "Điều 12"], "clauses and whole articles mixed"),
    ("Điều 12, khoản 2 ", ["khoản 2 Điều 12"], "the outer part first"),
    ("Mục II ", ["Mục II"], "a part of a plan"),
    ("điểm a khoản 2 Mục III ", ["Mục III.2.a"], "below a heading every level is one of headings"),
    ("tiểu mục 2.1 Mục 2 Phần II ", ["Mục 2.1 Phần II"], "2.1 names the 2 above it once more"),
    ("Mục 2.1 Phần II ", ["Mục 2.1 Phần II"], "the same part, named for short"),
    ("Chương 3 ", ["Chương III"], "chapters are compared as Roman numerals"),
    ("Phần thứ hai ", ["Phần II"], "an ordinal"),
    ("Phụ lục I ", ["Phụ lục I"], "an appendix"),
    ("Phụ lục ban hành kèm theo ", ["Phụ lục"], "the only appendix"),
    ("khoản 1 Điều 5 Quy chế làm việc ban hành kèm theo ", ["khoản 1 Điều 5 văn bản kèm theo"], "not an article of the decision"),
    ("theo khoản 2 ", [], "a clause without its article is one of an article that stands elsewhere"),
    ("tại thời điểm 3 ", [], "a point in time"),
    ("theo Danh mục 2 ", [], "a list, not a section"),
    ("Điều 5 Luật Cũ và ", [], "the article of another document"),
    ("hoàn thành 3 điều kiện của ", [], "no number behind the word"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "parts", "reason"), NAMED, ids=[row[2] for row in NAMED])
def test_the_parts_that_words_name(words: str, parts: list[str], reason: str) -> None:
    text = f"{words}Nghị định số 85/2016/NĐ-CP"
    assert [label(place) for place in places_before(text, len(words))] == parts


def test_parts_in_brackets_behind_a_document() -> None:
    text = "Nghị định 85/2016/NĐ-CP (khoản 2 Điều 12) và các văn bản khác"
    assert [label(place) for place in places_behind(text, text.index(" ("))] == ["khoản 2 Điều 12"]
    assert places_behind("Nghị định 85/2016/NĐ-CP (gọi tắt là Nghị định)", 23) == ()


LOCALS = [
    ((Step("article", "12"), Step("clause", "2")), "dieu-12-khoan-2"),
    ((Step("chapter", "II"), Step("article", "12")), "dieu-12"),
    ((Step("article", "5"), Step("point", "d")), "dieu-5-diem-d"),
    ((Step("article", "5"), Step("point", "đ")), "dieu-5-diem-dd"),
    ((Step("part", "2"), Step("heading", "III"), Step("heading", "7"), Step("heading", "7.1")), "phan-ii-muc-iii-7-1"),
    ((Step("attached"), Step("article", "5")), "kem-theo-dieu-5"),
    ((Step("appendix"),), "phu-luc"),
    ((Step("chapter", "II"), Step("heading", "1")), "chuong-ii-muc-1"),
]


@pytest.mark.parametrize(("steps", "local"), LOCALS, ids=[row[1] for row in LOCALS])
def test_the_fragment_of_a_part(steps: tuple[Step, ...], local: str) -> None:
    place = normal(steps)
    assert place is not None
    assert place_local(place) == local


def test_no_steps_lead_nowhere() -> None:
    assert normal(()) is None


DECREE = """CHÍNH PHỦ
Số: 85/2016/NĐ-CP
Hà Nội, ngày 01 tháng 7 năm 2016

NGHỊ ĐỊNH
Về bảo đảm an toàn hệ thống thông tin theo cấp độ

Chương I
QUY ĐỊNH CHUNG

Điều 11. Việc chung
1. Việc thứ nhất của điều mười một.
2. Việc thứ hai gồm:
a) Phần đầu;
đ) Phần cuối.

Điều 12. Việc riêng
1. Làm theo điểm đ khoản 2 Điều 11 Nghị định này.
2. Ai làm theo khoản 1 Điều này thì báo cáo.
"""

PLAN = """ỦY BAN NHÂN DÂN PHƯỜNG BẾN MƠ
Số: 7/KH-UBND
Bến Mơ, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Bảo đảm an toàn thông tin năm 2026

I. NHIỆM VỤ
1. Hạ tầng số
- Lập hồ sơ theo khoản 2 Điều 12 Nghị định số 85/2016/NĐ-CP ngày 01/7/2016 của Chính phủ; chủ trì: Văn phòng.
- Rà soát theo Phụ lục II Nghị định số 85/2016/NĐ-CP.
"""


def read(text: str, source: str) -> Document:
    return understand(text.split("\n"), source, "0" * 64)


def test_every_numbered_part_is_found() -> None:
    found = subdivisions(read(DECREE, "decree.txt"))
    assert list(zip(part_locals(found), (part.lines for part in found), strict=True)) == [
        ("chuong-i", (8, 19)),
        ("dieu-11", (11, 15)),
        ("dieu-11-khoan-1", (12, 12)),
        ("dieu-11-khoan-2", (13, 15)),
        ("dieu-11-khoan-2-diem-a", (14, 14)),
        ("dieu-11-khoan-2-diem-dd", (15, 15)),
        ("dieu-12", (17, 19)),
        ("dieu-12-khoan-1", (18, 18)),
        ("dieu-12-khoan-2", (19, 19)),
    ]


def test_what_was_issued_with_a_decision_has_articles_of_its_own() -> None:
    text = "QUYẾT ĐỊNH\nĐiều 1. Ban hành Quy chế.\nĐiều 2. Thi hành.\nQUY CHẾ\nĐiều 1. Phạm vi\nĐiều 2. Đối tượng\n"
    found = subdivisions(read(text, "decision.txt"))
    assert part_locals(found) == ("dieu-1", "dieu-2", "kem-theo-dieu-1", "kem-theo-dieu-2")


def test_a_document_names_its_own_parts() -> None:
    found = read(DECREE, "decree.txt").references
    assert [(one.text, [label(place) for place in one.places]) for one in found] == [
        ("điểm đ khoản 2 Điều 11 Nghị định này", ["điểm đ khoản 2 Điều 11"]),
        ("khoản 1 Điều này", ["khoản 1 Điều 12"]),
    ]


CANCU = "https://w3id.org/cancu/ontology#"


def _values(document: Document, subject: str, predicate: str) -> set[str]:
    return {
        quad.object.value
        for quad in document_quads(document)
        if quad.subject.value.endswith(subject) and quad.predicate.value.endswith(predicate)
    }


def test_a_cited_part_is_the_node_of_the_part_that_is_read() -> None:
    decree, plan = read(DECREE, "decree.txt"), read(PLAN, "plan.txt")
    clause = "https://w3id.org/cancu/id/cp/2016/85-2016-nd-cp#dieu-12-khoan-2"
    appendix = "https://w3id.org/cancu/id/cp/2016/85-2016-nd-cp#phu-luc-ii"
    assert _values(plan, "/7-kh-ubnd", "#citesPart") == {clause, appendix}
    assert _values(plan, "#T001", "#citesPart") == {clause}
    assert _values(plan, "#dieu-12-khoan-2", "#label") == {"khoản 2 Điều 12 Nghị định 85/2016/NĐ-CP"}
    assert _values(plan, "#dieu-12-khoan-2", "#is_part_of") == {clause.removesuffix("-khoan-2")}
    assert clause in {quad.subject.value for quad in document_quads(decree)}
    assert validate_document(plan) == validate_document(decree) == ()


def test_the_decree_shows_which_of_its_parts_name_which() -> None:
    decree = read(DECREE, "decree.txt")
    start = "https://w3id.org/cancu/id/cp/2016/85-2016-nd-cp#"
    assert _values(decree, "#dieu-12-khoan-2", "#citesPart") == {f"{start}dieu-12-khoan-1"}
    assert _values(decree, "#dieu-12-khoan-1", "#citesPart") == {f"{start}dieu-11-khoan-2-diem-dd"}
