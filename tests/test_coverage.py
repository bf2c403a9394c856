"""Coverage: the duties of a directive or plan with their local tasks, and the gaps."""

from __future__ import annotations

import pytest
from trace_samples import cite, plan, task

from api.commands.planning import print_matrix
from documents.model import Deadline, Section
from graph.coverage import coverage
from graph.coverage_matrix import matrix
from graph.document_graph import document_graph
from graph.link import Link
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


def test_what_a_local_task_rests_on(graph):
    backed, alone = coverage(graph, "7/KH-UBND")
    assert backed.covered is False, "nobody is below a ward"
    assert [(one.source, one.lines, one.method) for one in backed.basis] == [
        ("tp.txt", (1, 1), "aligned"),
        ("qd.txt", (1, 2), "aligned"),
    ]
    assert alone.basis == ()
    assert alone.record()["has_basis"] is False


def test_the_provisions_of_an_article_are_named(graph):
    first, _ = coverage(graph, "9/2024/QĐ-TTg")
    assert [place for place, _, _ in first.provisions] == ["Điều 1"]
    assert first.record()["provisions"][0]["lines"] == [1, 2]
    assert "has_basis" not in first.record(), "the question does not arise for a directive"


def test_kept_links_take_the_place_of_inferring(graph):
    key = next(key for key, one in graph.documents.items() if one.source == "qd.txt")
    ward = next(key for key, one in graph.documents.items() if one.source == "phuong.txt")
    kept = [Link(f"{ward}#T002", f"{key}#dieu-2", "article", 0.9, "vì thế")]
    first, second = coverage(graph, "9/2024/QĐ-TTg", lambda _: kept)
    assert not first.covered
    assert [(one.lines, one.score, one.why) for one in second.tasks] == [((2, 2), 0.9, "vì thế")]


def test_duties_by_units():
    def task_of(lead, line, issuer="UBND phường A"):
        return {
            "source": "a.txt",
            "lines": [line, line],
            "issuer": issuer,
            "lead": lead,
            "deadline": "Quý I",
            "grade": 2,
            "score": 0.9,
        }

    duties = [
        {
            "source": "q.txt",
            "lines": [1, 2],
            "text": "Điều 1",
            "tasks": [task_of(["Văn phòng", "Công an"], 4), task_of(["Văn phòng"], 9)],
        },
        {"source": "q.txt", "lines": [3, 4], "text": "Điều 2", "tasks": [task_of(["Văn phòng"], 6), task_of([], 8, None)]},
        {"source": "q.txt", "lines": [5, 5], "text": "Điều 3", "tasks": []},
    ]
    found = matrix(duties)
    assert found["units"] == ["Văn phòng (UBND phường A)", "Công an (UBND phường A)", "a.txt"]
    assert [len(row["cells"].get(found["units"][0], ())) for row in found["rows"]] == [2, 1, 0]
    assert found["rows"][1]["cells"]["a.txt"][0]["lines"] == [8, 8], "without a lead and an issuer the file stands for them"


def test_duties_by_units_as_csv(capsys):
    task_of = {
        "source": "a.txt",
        "lines": [4, 5],
        "issuer": "UBND",
        "lead": ["Văn phòng"],
        "deadline": None,
        "grade": 2,
        "score": 0.9,
    }
    print_matrix([{"source": "q.txt", "lines": [1, 2], "text": "Điều 1, khoản 2", "tasks": [task_of]}], as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "Ở đâu,Nhiệm vụ,Văn phòng (UBND)",
        'q.txt:1-2,"Điều 1, khoản 2",a.txt:4-5 (không nêu hạn)',
    ]
