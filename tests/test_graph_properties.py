"""What holds for the graph of any text at all: it keeps to the shapes, and neither order nor repetition changes it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_understanding_properties import PIECES

from documents.model import Document
from documents.understand import understand
from graph.build import document_quads, nquads
from graph.resolve import resolve
from graph.validate import validate_document

LEGAL = st.sampled_from(
    [
        "NGHỊ ĐỊNH",
        "Số: 17/2024/NĐ-CP",
        "Chương II",
        "QUY ĐỊNH CỤ THỂ",
        "Điều 7. Trách nhiệm của Bộ Nội vụ",
        "1. Thực hiện theo điểm a, đ khoản 2 Điều này và Chương II Nghị định này.",
        "a) Báo cáo theo khoản 3 Điều 12 Nghị định số 85/2016/NĐ-CP;",
        "đ) Sửa đổi Phụ lục I ban hành kèm theo Quyết định số 45/2025/QĐ-UBND;",
        "Điều 5 đến Điều 9 Luật Giao dịch điện tử",
        "Số: 12/KH-UBND",
        "Các phòng, đơn vị, Sở Thông tin và Truyền thông, Phòng Kinh tế chủ trì",
        "Thời gian: 31/02/2026; kinh phí: 1.200 triệu đồng",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, LEGAL, st.text(max_size=40)), max_size=20).map("\n".join)


def read(text: str, source: str = "any.txt") -> Document:
    return understand(text.split("\n"), source, "0" * 64)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_graph_of_any_document_keeps_to_the_shapes(text: str) -> None:
    assert validate_document(read(text)) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_same_text_gives_the_same_graph(text: str) -> None:
    assert nquads(document_quads(read(text))) == nquads(document_quads(read(text)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_the_order_of_two_documents_never_matters(one: str, other: str) -> None:
    first, second = read(one, "one.txt"), read(other, "other.txt")
    here, there = resolve((first, second)), resolve((second, first))
    assert here.instruments == there.instruments
    assert here.citations == there.citations
    assert here.aliases == there.aliases
