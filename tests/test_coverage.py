"""Coverage: the duties of a directive or plan with their local tasks, and the gaps."""

from __future__ import annotations

import pytest
from trace_samples import cite, plan, task

from documents.model import Deadline, Section
from graph.coverage import coverage
from graph.document_graph import document_graph
from graph.trace import StartNotFound

WARD = "Ủy ban nhân dân phường Hòa Bình"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"


@pytest.fixture
def graph():
    said = (
        "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng không nối mạng",
        "Trồng cây xanh trên tuyến đường mới",
        "Căn cứ Kế hoạch số 401/KH-UBND của thành phố",
    )
    ward = plan(
        "phuong.txt", said, type="Kế hoạch", number="7/KH-UBND", issuer=WARD, level="phường/xã", date="2026-01-05",
        tasks=(
            task("T001", said[0], 1, lead=("Văn phòng",), deadline=Deadline("Quý I/2026", "quarter", "2026-01-01", "2026-03-31")),
            task("T002", said[1], 2),
        ),
        citations=(cite("401/KH-UBND", "Kế hoạch", CITY, "2025-12-31", None, "basis", at=3),),
    )  # fmt: skip
    city_tasks = ("Sao lưu dữ liệu hộ tịch định kỳ hằng tuần ra thiết bị để riêng, không nối mạng", "Xây trạm bơm chống ngập")
    city = plan(
        "tp.txt", city_tasks, type="Kế hoạch", number="401/KH-UBND", issuer=CITY, level="thành phố", date="2025-12-31",
        tasks=tuple(task(f"T00{n}", text, n) for n, text in enumerate(city_tasks, 1)),
    )  # fmt: skip
    lines = ("Điều 1. Sao lưu", "Cơ quan sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng không nối mạng.", "Điều 2. Tiền",
             "Ngân sách bảo đảm tiền thuê chuyên gia nước ngoài.")  # fmt: skip
    law = plan(
        "qd.txt", lines, type="Quyết định", number="9/2024/QĐ-TTg", issuer="Thủ tướng Chính phủ", date="2024-02-01",
        sections=(Section("article", "1", "Sao lưu", "1", (1, 2)), Section("article", "2", "Kinh phí", "2", (3, 4))),
    )  # fmt: skip
    return document_graph([ward, city, law], {})


def test_an_upper_plan(graph):
    covered, gap = coverage(graph, "401/KH-UBND")
    assert [(one.source, one.lines, one.lead, one.deadline) for one in covered.tasks] == [
        ("phuong.txt", (1, 1), ("Văn phòng",), "Quý I/2026")
    ]
    assert (gap.text, gap.covered) == ("Xây trạm bơm chống ngập", False)
    assert covered.record()["tasks"][0]["method"] == "aligned"


def test_a_directive_by_articles(graph):
    first, second = coverage(graph, "9/2024/QĐ-TTg")
    assert (first.text, first.lines) == ("Điều 1. Sao lưu", (1, 2))
    assert {one.source for one in first.tasks} == {"phuong.txt", "tp.txt"}
    assert not second.covered


def test_a_document_without_text_shows_who_rests_on_it():
    ward = plan(
        "p.txt", ("Căn cứ Nghị định số 85/2016/NĐ-CP", "1. Lập hồ sơ theo Nghị định số 85/2016/NĐ-CP"), type="Kế hoạch",
        number="7/KH-UBND", issuer=WARD, date="2026-01-05",
        citations=(cite("85/2016/NĐ-CP", "Nghị định", "Chính phủ", None, None, "basis", at=1),),
        tasks=(task("T001", "Lập hồ sơ theo Nghị định số 85/2016/NĐ-CP", 2, cites=("85/2016/NĐ-CP",)),),
    )  # fmt: skip
    (duty,) = coverage(document_graph([ward], {}), "85/2016/NĐ-CP")
    assert (duty.source, duty.lines) == ("p.txt", (1, 1))
    assert [one.lines for one in duty.tasks] == [(2, 2)]


def test_an_unknown_document(graph):
    with pytest.raises(StartNotFound):
        coverage(graph, "999/KH-UBND")
