"""Deadlines: the words as written, and what they mean in days.

Rules for what the words cover: "trước quý II/2026" ends with the day before the quarter, "trước ngày 30/11/2026" ends on that
day; months, quarters and years run from their first to their last day (civil calendar).
"""

from __future__ import annotations

import calendar
import re

from documents.cue import opens, pattern
from documents.model import Deadline
from documents.text import collapse, fold, fold_same_length

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y = r"(?:19|20)\d\d"
_Q = r"(?:iv|iii|ii|i|[1-4])(?![a-z])"
_YEAR = rf"(?P<y>{_Y})"
_OF_YEAR = rf"(?:\s*/\s*|\s+nam\s+){_Y}"
_FIGURES = rf"(?<!\d)(?P<d>\d{{1,2}})\s*[/.-]\s*(?P<m>\d{{1,2}})\s*[/.-]\s*{_YEAR}"
_IN_WORDS = rf"ngay\s+(?P<d2>\d{{1,2}})\s+thang\s+(?P<m2>\d{{1,2}})(?:\s+nam\s+(?P<y2>{_Y}))?"
_DATE = re.compile(rf"(?:ngay\s+)?{_FIGURES}|{_IN_WORDS}")
_QUARTER = re.compile(rf"quy\s+(?P<q>{_Q})(?:\s*(?:/|nam|-|,)?\s*(?:nam\s+)?{_YEAR})?")
_MONTH = re.compile(rf"thang\s+(?P<m>\d{{1,2}})(?:\s*(?:/|nam|-)\s*(?:nam\s+)?{_YEAR}(?!\d)|(?![\d/])(?!\s*(?:/|-)\s*\d))")
_SHORT_MONTH = re.compile(rf"(?<![\d/])(?P<m>\d{{1,2}})\s*/\s*{_YEAR}(?!\d)")
_YEARS = re.compile(rf"(?<!\d)(?P<a>{_Y})\s*[-–]\s*(?P<b>{_Y})(?!\d)")
_ONE_YEAR = re.compile(rf"(?:(?:het|trong|cuoi)\s+)?(?:nam\s+)?(?<!\d){_YEAR}(?!\d)")
_HALF = re.compile(rf"(?:6|06|sau) thang (?P<h>dau|cuoi) nam(?: {_YEAR})?")
_NEXT_QUARTER = re.compile(r"(quy (?:iv|iii|ii|i|[1-4]))\s*(?:,|va|-|–)\s*(?=(?:iv|iii|ii|i|[1-4](?=\s*(?:/|nam)))(?![a-z0-9]))")
_M = r"(?:0?[1-9]|1[0-2])"
_MONTHS = re.compile(rf"(?:thang\s+|(?<![\d/.-]))(?P<a>{_M})\s*[-–]\s*(?P<b>{_M})\s*(?:/|\s+nam)\s*{_YEAR}(?!\d)")
_MONTHS_NAMED = re.compile(rf"thang\s+(?P<a>{_M})\s*[-–]\s*(?:thang\s+)?(?P<b>{_M})(?![\d/])(?:\s*(?:/|nam)\s*{_YEAR})?")
_HOUR = r"(?:\d{1,2}\s*(?:gio|h)\s*(?:\d{2})?(?:\s*phut)?\s*,?\s*)?"
_AT_LATEST = rf"(?:cham nhat|khong muon hon)\s+(?:la\s+)?(?:vao\s+|den\s+)?{_HOUR}"
_LATEST = re.compile(rf"(?:hoan thanh\s+)?{_AT_LATEST}ngay\s")


def parse(text: str, year: int | None = None) -> Deadline | None:
    """What a cell or label value says of time. ``year`` is the year of the plan, for words without one ("Quý I").

    Returns ``None`` for an empty value; words that name no time are kind "other".
    """
    shown = collapse(text).strip(" ;,").rstrip(".")
    if not shown or shown in ("-", "–"):
        return None
    plain = fold(shown.replace("*", ""))
    if opens("ongoing", plain) and not re.search(r"\d", plain):
        return Deadline(shown, "ongoing")
    if pattern("periodic").search(plain):
        return Deadline(shown, "other")
    before = re.match(r"(?:hoan thanh\s+)?(?:xong\s+)?truoc\s+", plain) or _LATEST.match(plain)
    if (match := _YEARS.search(plain)) and match["a"] <= match["b"]:
        return Deadline(shown, "range", f"{match['a']}-01-01", f"{match['b']}-12-31")
    spans = _spans(plain, year)
    if not spans:
        return Deadline(shown, "other")
    if before:
        kind, start, end = spans[0]
        return Deadline(shown, "before", None, end if kind == "date" else _day_before(start))
    alike = len({kind for kind, _, _ in spans}) == 1  # "Quý I, II, III"
    if len(spans) > 1 and (alike or re.search(r"\d\s*[-–]\s*|\bden\b|[ivx]\s*[-–]", plain) or len(spans) == 2):
        first, last = spans[0], spans[-1]
        if first[0] == last[0] == "quarter" and first[1:] == last[1:]:
            return Deadline(shown, "quarter", first[1], first[2])
        return Deadline(shown, "range", first[1], last[2]) if first[1] <= last[2] else Deadline(shown, "other")
    kind, start, end = spans[0]
    return Deadline(shown, kind, start, end)


def between(start: str, end: str, year: int | None) -> Deadline | None:
    """The deadline of a row with a column for the beginning and one for the end ("Quý I" / "Quý IV")."""
    a, b = parse(start, year), parse(end, year)
    if a is None or b is None:
        return a or b
    text = f"{a.text} - {b.text}"
    if a.kind == b.kind and (a.start, a.end) == (b.start, b.end):
        return Deadline(a.text, a.kind, a.start, a.end)
    if a.start and b.end:
        return Deadline(text, "range", a.start, b.end)
    return Deadline(text, "other")


_QUARTER_OR_MONTH = rf"(?:quy\s+{_Q}|thang\s+\d{{1,2}}){_OF_YEAR}"
_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
_DAY_IN_WORDS = r"ngay\s+\d{1,2}\s+thang\s+\d{1,2}(?:\s+nam\s+\d{4})?"
_WHOLE_YEAR = r"nam\s+\d{4}(?=[.;,]|$)"
_PART = rf"(?:tuan\s+(?:thu\s+)?\w+\s+)?(?:quy\s+{_Q}|thang\s+\d{{1,2}})"
_PARTS = rf"{_PART}(?:\s*(?:,|va|den|[-–])\s*(?:{_PART}|{_Q}|\d{{1,2}}(?!\d))){{0,11}}{_OF_YEAR}"
_HALF_YEAR = rf"(?:6|06|sau) thang (?:dau|cuoi) nam(?:\s+{_Y})?"
_BEFORE = (
    rf"(?:truoc\s+{_HOUR}|{_AT_LATEST}(?=ngay\s))"
    rf"(?:(?:ngay\s+)?(?:\*\*)?{_DAY}(?:\*\*)?|{_DAY_IN_WORDS}|{_QUARTER_OR_MONTH})"
)
_WITHIN = rf"(?:trong|vao)\s+(?:{_PARTS}|{_HALF_YEAR}|{_WHOLE_YEAR})"
_DONE = rf"hoan thanh\s+(?:{_PARTS}|{_HALF_YEAR}|(?:ngay\s+)?{_DAY}|{_WHOLE_YEAR})"
_IN_TEXT = re.compile(rf"{_BEFORE}|{_WITHIN}|{_DONE}")
_ON_DAYS = r"(?:(?:vao\s+)?ngay\s+\d{1,2}(?:\s+(?:va|,)\s+(?:ngay\s+)?\d{1,2})?\s+)?"
_RECURRING = re.compile(rf"(?:dinh ky\s+)?{_ON_DAYS}hang\s+(?:nam|quy|thang|tuan|ngay)\b(?:\s*\([^)]*\))?")
_ONGOING = re.compile(r"\((thuong xuyen)\)\s*[.;]?$")
_OFTEN = r"(?:hang|moi)\s+(?:nam|quy|thang|tuan|ngay)"
_REGULAR = re.compile(
    rf"(?:vao\s+|truoc\s+)?(?:ngay\s+\d{{1,2}}|thu\s+(?:hai|ba|tu|nam|sau|bay|\d))\s+{_OFTEN}(?![a-z])"
    rf"|{_OFTEN}\s+(?:toi thieu\s+|it nhat\s+)?(?:\d{{1,2}}(?![\d%/.])\s+[a-z]+|mot\s+(?:lan|bai|tin))"
    r"|dinh ky\s+(?:\d{1,2}|mot|hai|ba|sau)\s+(?:ngay|tuan|thang|nam)(?:\s*/\s*lan|\s+(?:mot|1|01)\s+lan)?(?![a-z])"
)
_RECURRING_CLAUSE = re.compile(rf"(?:[;.]\s+(?P<a>(?:dinh ky\s+)?{_OFTEN})|,\s+(?P<b>dinh ky\s+{_OFTEN}))\b")
_TIMES = re.compile(
    r"(?:dinh ky [^.;,]{0,60}?)?(?:toi thieu |it nhat )?\d+ lan\s*/\s*(?:\d+ )?(?:tuan|thang|quy|nam|ngay)(?![a-z])"
    r"|truoc\s+(?:ngay\s+)?\d{1,2}(?:\s*(?:gio|h)\s*\d{0,2})?(?:[/ ](?:thang )?\d{1,2})?"
    r"\s+(?:hang|cua)\s+(?:ngay|tuan|thang|quy|nam)(?![a-z])(?!\s*\d)"
)


def in_text(text: str, year: int | None = None) -> Deadline | None:
    """The deadline that a duty's own words state, or ``None``: "hoàn thành trong tháng 02/2026", "trước ngày 30/11/2026",
    a duty that comes back ("Định kỳ hằng quý ...") or one that never ends ("Thường xuyên ...")."""
    folded = fold_same_length(text)
    if recurring := _RECURRING.match(folded):
        return Deadline(text[: recurring.end()], "other")
    if clause := _RECURRING_CLAUSE.search(folded):
        return Deadline(text[clause.start(clause.lastgroup or 0) : clause.end(clause.lastgroup or 0)], "other")
    if times := _TIMES.search(folded) or _REGULAR.search(folded):
        return Deadline(text[times.start() : times.end()], "other")
    if match := next((m for m in _IN_TEXT.finditer(folded) if not folded[: m.start()].endswith("ban hanh ")), None):
        return parse(text[match.start() : match.end()].strip(), year)
    if bracket := _ONGOING.search(folded):
        return Deadline(text[bracket.start(1) : bracket.end(1)], "ongoing")
    if re.match(r"thuong xuyen(?! ra soat)(?!,)", folded):
        return Deadline(text[: len("Thường xuyên")], "ongoing")
    return None


def period(title: str) -> tuple[str, str] | None:
    """The days that a plan's title says it covers ("6 tháng cuối năm 2025", "giai đoạn 2026-2030", "năm 2026"), or ``None``."""
    plain = _DATE.sub(" ", fold(title))  # the date of a document that the title cites is no period
    if (match := _HALF.search(plain)) and (y := match["y"]):
        return (f"{y}-01-01", f"{y}-06-30") if match["h"] == "dau" else (f"{y}-07-01", f"{y}-12-31")
    if match := _YEARS.search(plain):
        return f"{match['a']}-01-01", f"{match['b']}-12-31"
    if match := _QUARTER.search(plain):
        return _quarter(int(_QUARTERS[match["q"]]), int(match["y"])) if match["y"] else None
    if match := _MONTH.search(plain):
        return _month(int(match["m"]), int(match["y"])) if match["y"] and 1 <= int(match["m"]) <= 12 else None
    years = re.findall(r"nam ((?:19|20)\d\d)", plain)
    return (f"{years[-1]}-01-01", f"{years[-1]}-12-31") if years else None


def iso_date(day: int, month: int, year: int) -> str | None:
    """The ISO date, or ``None`` where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1] and 1900 <= year <= 2100):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _spans(plain: str, year: int | None) -> list[tuple[str, str, str]]:
    """Every time named in folded text, in order: (kind, start, end)."""
    found: list[tuple[int, int, tuple[str, str, str]]] = []
    taken: list[tuple[int, int]] = []
    while (named := _NEXT_QUARTER.sub(r"\1 - quy ", plain)) != plain:  # "quý I, II, III" names one with each turn
        plain = named

    def add(match: re.Match[str], value: tuple[str, tuple[str, str] | None]) -> None:
        if any(a < match.end() and match.start() < b for a, b in taken):
            return
        taken.append((match.start(), match.end()))  # a day that the calendar lacks is not read as its year either
        if value[1]:
            found.append((match.start(), match.end(), (value[0], *value[1])))

    for pattern_ in (_MONTHS, _MONTHS_NAMED):
        for match in pattern_.finditer(plain):
            y, first, last = match["y"] or year, int(match["a"]), int(match["b"])
            # "04-02/2026" may be a day as well as months in the wrong order, so it is neither
            add(match, ("range", (_month(first, int(y))[0], _month(last, int(y))[1]) if y and first < last else None))
    for match in _DATE.finditer(plain):
        y = match["y"] or match["y2"] or year
        day = iso_date(int(match["d"] or match["d2"]), int(match["m"] or match["m2"]), int(y)) if y else None
        add(match, ("date", (day, day) if day else None))
    for match in _HALF.finditer(plain):
        y = match["y"] or year
        add(match, ("range", period(f"6 thang {match['h']} nam {y}") if y else None))
    trailing = re.search(rf"{_YEAR}\s*$", plain)
    shared = int(trailing["y"]) if trailing else year
    for match in _QUARTER.finditer(plain):
        y = match["y"] or shared
        add(match, ("quarter", _quarter(_QUARTERS[match["q"]], int(y)) if y else None))
    for pattern_ in (_MONTH, _SHORT_MONTH):
        for match in pattern_.finditer(plain):
            y, m = match["y"] or shared, int(match["m"])
            add(match, ("month", _month(m, int(y)) if y and 1 <= m <= 12 else None))
    for match in _ONE_YEAR.finditer(plain):
        add(match, ("year", (f"{match['y']}-01-01", f"{match['y']}-12-31")))
    return [value for _, _, value in sorted(found)]


def _quarter(quarter: int, year: int) -> tuple[str, str]:
    last = quarter * 3
    return f"{year}-{last - 2:02d}-01", f"{year}-{last:02d}-{calendar.monthrange(year, last)[1]:02d}"


def _month(month: int, year: int) -> tuple[str, str]:
    return f"{year}-{month:02d}-01", f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"


def _day_before(day: str) -> str:
    year, month, number = (int(x) for x in day.split("-"))
    if number > 1:
        return f"{year}-{month:02d}-{number - 1:02d}"
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
