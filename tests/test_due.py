"""What is due depends on the day asked and on nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from trace_samples import plan, task

from documents.model import Deadline, Period
from graph.due import due

MARCH = Deadline("Quý I/2026", "quarter", "2026-01-01", "2026-03-31")
MAY = Deadline("Tháng 5/2026", "month", "2026-05-01", "2026-05-31")
BEFORE = Deadline("trước ngày 30/11/2026", "before", None, "2026-11-30")
ALWAYS = Deadline("Thường xuyên", "ongoing", None, None)


def documents(issued="2026-01-05"):
    tasks = [task(f"T{n:03d}", f"Việc {n}", n, deadline=deadline, lead=("Văn phòng",))
             for n, deadline in enumerate((MARCH, MAY, BEFORE, ALWAYS, None), 1)]  # fmt: skip
    return [plan("a.txt", ["x"] * 5, type="Kế hoạch", number="7/KH-UBND", date=issued, tasks=tuple(tasks))]


TABLE = [
    ("2026-01-05", {1: "running"}, "the day of issue, inside the quarter"),
    ("2026-03-01", {1: "due"}, "thirty days before the end"),
    ("2026-02-28", {1: "running"}, "thirty-one days before the end"),
    ("2026-03-31", {1: "due"}, "the last day is still in time"),
    ("2026-04-01", {1: "overdue", 2: "soon"}, "one day late; May begins within thirty days"),
    ("2026-05-31", {1: "overdue", 2: "due"}, "the last day of the month"),
    ("2026-10-31", {1: "overdue", 2: "overdue", 3: "due"}, "thirty days before a day"),
    ("2026-10-30", {1: "overdue", 2: "overdue"}, "thirty-one days before a day"),
    ("2026-11-30", {1: "overdue", 2: "overdue", 3: "due"}, "due on the day itself"),
    ("2026-01-04", {}, "the plan was not yet issued"),
]


@pytest.mark.parametrize(("day", "expected", "reason"), TABLE, ids=[row[2] for row in TABLE])
def test_status_by_day(day, expected, reason):
    found = due(documents(), date.fromisoformat(day))
    assert {one.lines[0]: one.status for one in found} == expected, reason


def test_the_longest_overdue_comes_first_and_days_are_counted():
    found = due(documents(), date(2026, 6, 1))
    assert [(one.end, one.days) for one in found] == [("2026-03-31", -62), ("2026-05-31", -1)]
    assert found[0].record()["label"] == "quá hạn"


def test_looking_further_ahead():
    assert {one.lines[0] for one in due(documents(), date(2026, 6, 1), ahead=200)} == {1, 2, 3}


def test_a_plan_without_a_date_counts():
    assert due(documents(issued=None), date(2020, 1, 1), ahead=10_000)


def of_year(source, year, issuer="Ủy ban nhân dân phường Hòa Bình"):
    late = Deadline(f"Quý I/{year}", "quarter", f"{year}-01-01", f"{year}-03-31")
    tasks = (task("T001", "Việc chậm", 1, deadline=late), task("T002", "Việc thường xuyên", 2, deadline=ALWAYS))
    return plan(source, ["x"] * 2, type="Kế hoạch", number=f"{year % 100}/KH-UBND", issuer=issuer, date=f"{year}-01-02",
                period=Period(f"{year}-01-01", f"{year}-12-31"), tasks=tasks)  # fmt: skip


YEARS = [
    ([of_year("a.txt", 2025)], "2025-06-01", {("a.txt", 1): "overdue", ("a.txt", 2): "ongoing"}, "in its own year"),
    ([of_year("a.txt", 2025)], "2026-06-01", {("a.txt", 1): "overdue"}, "half a year after its end, and no other plan"),
    ([of_year("a.txt", 2025)], "2027-06-01", {("a.txt", 1): "lapsed"}, "a year after its end"),
    (
        [of_year("a.txt", 2025), of_year("b.txt", 2026)],
        "2026-06-01",
        {("a.txt", 1): "lapsed", ("b.txt", 1): "overdue", ("b.txt", 2): "ongoing"},
        "its body has the next plan",
    ),
    (
        [of_year("a.txt", 2025), of_year("b.txt", 2026, "Ủy ban nhân dân phường Sao Mai")],
        "2026-06-01",
        {("a.txt", 1): "overdue", ("b.txt", 1): "overdue", ("b.txt", 2): "ongoing"},
        "the next plan is another body's",
    ),
]


@pytest.mark.parametrize(("plans", "day", "expected", "reason"), YEARS, ids=[row[3] for row in YEARS])
def test_duties_without_an_end_and_plans_of_bygone_years_stand_apart(plans, day, expected, reason):
    everything = due(plans, date.fromisoformat(day), everything=True)
    assert {(one.source, one.lines[0]): one.status for one in everything} == expected, reason
    shown = {(one.source, one.lines[0]) for one in due(plans, date.fromisoformat(day))}
    assert shown == {place for place, status in expected.items() if status == "overdue"}, reason


def test_whose_task_it_is_is_said():
    (one,) = due([of_year("a.txt", 2025)], date(2025, 6, 1))
    assert (one.plan, one.issuer) == ("25/KH-UBND", "Ủy ban nhân dân phường Hòa Bình")
