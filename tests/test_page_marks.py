"""Marks in the margin, moved close to their lines before recognition."""

from __future__ import annotations

import numpy
import pytest

from documents.reading.page_marks import closed_up


@pytest.mark.parametrize(
    ("mark", "line", "moved", "reason"),
    [
        ((20, 30), (80, 400), (60, 70), "a narrow mark in front of a gap"),
        ((20, 30), (38, 400), (20, 30), "a blank is no gap"),
        ((20, 120), (160, 400), (20, 120), "words are no mark"),
        ((20, 30), (200, 400), (20, 30), "a column that stands far off"),
        ((20, 30), (80, 100), (20, 30), "no line behind it"),
    ],
)
def test_hanging_marks_are_moved_close_to_their_lines(
    mark: tuple[int, int], line: tuple[int, int], moved: tuple[int, int], reason: str
) -> None:
    picture = numpy.full((60, 420), 255, dtype=numpy.uint8)
    picture[20:36, mark[0] : mark[1]] = 0
    picture[20:36, line[0] : line[1]] = 0
    shown = numpy.flatnonzero((closed_up(picture, 144) < 100).any(axis=0))
    assert (shown < line[0]).sum() == mark[1] - mark[0]
    assert (shown[0], shown[mark[1] - mark[0] - 1] + 1) == moved, reason
