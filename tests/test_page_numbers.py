"""Roman numerals by the strokes on the picture, and the numbers of a recognised table's rows."""

from __future__ import annotations

import numpy
import pytest

from documents.reading.roman_numerals import numeral, numeral_alone, strokes
from documents.reading.row_numbers import mended


def drawn(*stems: int, height: int = 40, slash: bool = False) -> numpy.ndarray:
    """A picture of upright strokes with serifs, and of a slash behind them."""
    width = max(stems) + 60
    picture = numpy.full((height + 12, width), 255, dtype=numpy.uint8)
    for x in stems:
        picture[6 : 6 + height, x : x + 6] = 20
        for y in (6, 6 + height - 3):
            picture[y : y + 3, x - 4 : x + 10] = 20
    if slash:
        for n in range(height):
            at = max(stems) + 30 - n // 2
            picture[6 + n, at : at + 4] = 20
    return picture


@pytest.mark.parametrize(
    ("stems", "slash", "count"), [((8,), False, 1), ((8, 30), False, 2), ((8, 30, 52), False, 3), ((8, 30, 52), True, 3)]
)
def test_upright_strokes_are_counted(stems: tuple[int, ...], slash: bool, count: int) -> None:
    assert strokes(drawn(*stems, slash=slash)) == count


@pytest.mark.parametrize(
    ("word", "before", "after", "stems", "expected"),
    [
        ("II/2026", ["quý"], None, (8, 30, 52), "III/2026"),
        ("1/2026", ["Quý"], None, (8, 30), "II/2026"),
        ("1/2026", ["tháng"], None, (8,), "1/2026"),  # a month is written in figures
        ("HI.", [], "NHIỆM", (8, 30, 52), "III."),
        ("II", [], "NHIỆM", (8, 30), "II."),
        ("1.", [], "Mục", (8,), "1."),  # a figure in front of a heading is one
        ("L", [], "MỤC", (8,), "I."),
        ("I", ["mạng"], "ngang", (8, 30), "I"),  # within a line nothing says that it is a numeral
        ("VII.", [], "KINH", (60, 82), "VII."),  # the letter in front of the strokes stays as read
    ],
)
def test_roman_numerals(word: str, before: list[str], after: str | None, stems: tuple[int, ...], expected: str) -> None:
    assert numeral(word, before, after, drawn(*stems, slash="/" in word)) == expected


def test_a_numeral_alone_is_told_from_other_signs() -> None:
    assert numeral_alone(drawn(8, 30, 52)[:, :66]) == "III"
    assert numeral_alone(drawn(8)[:, :24]) == ""  # "I" and "1" look alike
    assert numeral_alone(drawn(8, 30, 52, slash=True)) == ""


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["TT", "1", "đụ", "3", "4"], ["TT", "1", "2", "3", "4"]),
        (["TT", "1", "2", "…"], ["TT", "1", "2", "3"]),
        (["ý tử k", "1", "2", "3"], ["TT", "1", "2", "3"]),
        (["TT", "1", "đụ", "4", "5"], ["TT", "1", "đụ", "4", "5"]),  # one is missing: nothing tells which
        (["TT", "I", "1", "II", "2"], ["TT", "I", "1", "II", "2"]),
        (["TT", "1", "a", "b", "2"], ["TT", "1", "a", "b", "2"]),
        (["TT", "1", "", "3"], ["TT", "1", "", "3"]),  # no ink: no number
        (["TT", "6", "7", "II"], ["TT", "6", "7", "8"]),  # no "I" stands above
        (["TT", "I", "1", "2", "II"], ["TT", "I", "1", "2", "II"]),  # the second part
        (["TT", "I. Thể chế", "II. Hạ tầng", "1", "2", "II"], ["TT", "I. Thể chế", "II. Hạ tầng", "1", "2", "3"]),
    ],
)
def test_numbers_of_rows_follow_each_other(column: list[str], expected: list[str]) -> None:
    found = mended(
        [(number, "Nhiệm vụ" if n == 0 else f"Việc {n}", "Chủ trì" if n == 0 else "Sở") for n, number in enumerate(column)]
    )
    assert [row[0] for row in found] == expected
