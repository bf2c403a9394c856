"""The day from which "quý này" or "quá hạn" are reckoned is an argument; sums of money that a question sets as limits."""

from __future__ import annotations

from datetime import date

import pytest

from questions.amounts import limits
from questions.linking import time

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("viec trong quy nay", ("2026-10-01", "2026-12-31"), id="the quarter of the day"),
        pytest.param("viec trong thang sau", ("2026-12-01", "2026-12-31"), id="the next month"),
        pytest.param("viec trong quy sau", ("2027-01-01", "2027-03-31"), id="the next quarter is in the next year"),
        pytest.param("viec trong quy truoc", ("2026-07-01", "2026-09-30"), id="the quarter before"),
        pytest.param("viec nao qua han", ("", "2026-11-22"), id="overdue is what ended before the day"),
        pytest.param("viec nao lam hang ngay", None, id="no time is asked for"),
    ],
)
def test_times_reckoned_from_a_day(text: str, span: tuple[str, str] | None) -> None:
    assert time(text, DAY) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("dự toán trên 20 tỷ đồng", (20_000_000_000, None), id="more than"),
        pytest.param("kinh phí từ 1,5 tỷ trở lên", (1_500_000_000, None), id="from, with a comma"),
        pytest.param("kinh phi duoi 500 trieu", (0, 500_000_000), id="less than, without accents"),
        pytest.param("không quá 10.000 triệu đồng", (0, 10_000_000_000), id="at most, with thousands"),
        pytest.param("ít hơn 3 tỷ", (0, 3_000_000_000), id="less than, not more than"),
        pytest.param("trên 20 phường", None, id="no money"),
    ],
)
def test_limits_of_money(text: str, span: tuple[int, int | None] | None) -> None:
    assert limits(text) == span
