"""Comparison: kept, changed, added and dropped tasks of two plans, each task at most once."""

from __future__ import annotations

import pytest
from trace_samples import plan, task

from documents.model import Deadline, Money
from graph.compare import compare

MONEY = Money("Kinh phí", 5_000_000, "triệu đồng", "5")
WARD = "Ủy ban nhân dân phường Hòa Bình"


def year(source, number, *tasks):
    lines = [one.text for one in tasks]
    return plan(source, lines, type="Kế hoạch", number=number, issuer=WARD, date=f"{source[:4]}-01-05", title="Việc", tasks=tasks)


def quarter(text, start, end):
    return Deadline(text, "quarter", start, end)


@pytest.fixture
def plans():
    before = year(
        "2025.txt", "7/KH-UBND",
        task("T001", "Mở lớp dạy người cao tuổi dùng điện thoại thông minh nộp hồ sơ trực tuyến, đạt 60%", 1, lead=("Phòng A",),
             deadline=quarter("Quý I/2025", "2025-01-01", "2025-03-31")),
        task("T002", "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng không nối mạng", 2, lead=("Văn phòng",)),
        task("T003", "Xây trạm bơm chống ngập ở cuối đường", 3),
    )  # fmt: skip
    after = year(
        "2026.txt", "9/KH-UBND",
        task("T001", "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng không nối mạng", 1, lead=("Văn phòng",)),
        task("T002", "Mở lớp dạy người cao tuổi dùng điện thoại thông minh nộp hồ sơ trực tuyến, đạt 80%", 2, lead=("Phòng B",),
             deadline=quarter("Quý II/2026", "2026-04-01", "2026-06-30"), budget=(MONEY,)),
        task("T003", "Thuê chuyên gia viết trợ lý ảo", 3),
    )  # fmt: skip
    return before, after


def test_every_task_of_both_plans_occurs_once(plans):
    found = compare(*plans)
    assert [(one.status, one.source, one.lines[0]) for one in found] == [
        ("changed", "2025.txt", 1),
        ("kept", "2025.txt", 2),
        ("dropped", "2025.txt", 3),
        ("added", "2026.txt", 3),
    ]
    assert found[0].other[:2] == ("2026.txt", (2, 2))


def test_what_changed_is_named(plans):
    changed = compare(*plans)[0]
    assert {(change.field, change.before, change.after) for change in changed.changes} == {
        ("lead", "Phòng A", "Phòng B"),
        ("deadline", "Quý I/2025", "Quý II/2026"),
        ("budget", None, "Kinh phí: 5"),
        ("numbers", "60%", "80%"),
    }
    assert changed.record()["changes"][0]["label"] == "đơn vị chủ trì"


def test_the_other_way_round_added_and_dropped_change_places(plans):
    there, back = compare(*plans), compare(*reversed(plans))
    count = [sorted(one.status for one in found) for found in (there, back)]
    assert count[0] == count[1]
    assert {one.text for one in back if one.status == "added"} == {one.text for one in there if one.status == "dropped"}


def test_a_plan_with_itself_is_all_kept(plans):
    import dataclasses

    copy = dataclasses.replace(
        plans[0], source="x.txt", header=dataclasses.replace(plans[0].header, number="8/KH-UBND"), sha256="0"
    )
    assert {one.status for one in compare(plans[0], copy)} == {"kept"}
