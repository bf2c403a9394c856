"""Comparison: kept, changed, added and dropped tasks of two plans, each task at most once."""

from __future__ import annotations

import pytest
from trace_samples import plan, task

from documents.model import Deadline, Money, Period
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


def in_year(source, number, year, quarter_of, money):
    return year_plan(source, number, year, task(
        "T001", "Mở lớp dạy người cao tuổi dùng điện thoại thông minh nộp hồ sơ trực tuyến", 1, lead=("Phòng A",),
        deadline=quarter(f"Quý {quarter_of[0]}/{year}", f"{year}-{quarter_of[1]}", f"{year}-{quarter_of[2]}"), budget=(money,),
    ))  # fmt: skip


def year_plan(source, number, year, *tasks, issuer=WARD):
    return plan(source, [one.text for one in tasks], type="Kế hoạch", number=number, issuer=issuer, date=f"{year}-01-05",
                title="Việc", period=Period(f"{year}-01-01", f"{year}-12-31"), tasks=tasks)  # fmt: skip


FIRST, SECOND = ("I", "01-01", "03-31"), ("II", "04-01", "06-30")

BETWEEN_YEARS = [
    (FIRST, FIRST, MONEY, MONEY, "kept", "the same quarter of either year"),
    (FIRST, SECOND, MONEY, MONEY, "changed", "a quarter later in its year"),
    (FIRST, FIRST, MONEY, Money("Kinh phí", 5_000_000, "triệu đồng", "5,0"), "kept", "the same money written otherwise"),
    (FIRST, FIRST, MONEY, Money("Kinh phí", 6_000_000, "triệu đồng", "6"), "changed", "more money"),
]


@pytest.mark.parametrize(
    ("one", "other", "before", "after", "status", "reason"), BETWEEN_YEARS, ids=[r[5] for r in BETWEEN_YEARS]
)
def test_what_changed_between_the_years(one, other, before, after, status, reason):
    (found,) = compare(in_year("2025.txt", "7/KH-UBND", 2025, one, before), in_year("2026.txt", "9/KH-UBND", 2026, other, after))
    assert found.status == status, reason


def test_between_two_bodies_nothing_is_said_to_be_given_up():
    tasks = [task("T001", text, 1) for text in ("Xây trạm bơm chống ngập ở cuối đường", "Thuê chuyên gia viết trợ lý ảo")]
    mine, theirs = year_plan("a.txt", "7/KH-UBND", 2026, tasks[0]), year_plan(
        "b.txt", "8/KH-UBND", 2026, tasks[1], issuer="Ủy ban nhân dân phường Sao Mai"
    )  # fmt: skip
    assert [one.record()["label"] for one in compare(mine, theirs)] == ["chỉ có ở kế hoạch thứ nhất", "chỉ có ở kế hoạch thứ hai"]
