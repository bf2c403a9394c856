"""Finding the places in running text where another document is named by its number.

A reference is what stands in the text; :mod:`documents.citations.citation` gathers them into the citations of a document.
Numbers follow Nghị định 30/2020/NĐ-CP (appendix I: "số/tên loại-cơ quan") and the Party's form ("số-loại/cơ quan"), in all the
damaged shapes that offices print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from documents.citations.reference_tail import date_before, tail
from documents.cue import alternatives, listed
from documents.head.document_type import agrees_with_type, type_codes, type_label, type_names, type_of_code
from documents.letters import SMALL
from documents.text import collapse, fold_same_length
from ontology.knowledge import issuer_of_number, knowledge
from ontology.numbers import number_parts


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a document is named. ``start``/``end`` are offsets of ``words`` (type and number) in the text;
    ``stop`` is where the date, issuer and title behind it end."""

    start: int
    end: int
    stop: int
    words: str
    type: str | None
    number: str | None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


_UPPER = "A-ZĐÐÀ-ÝĂĨŨƠƯČŠŽ"
_LONGEST_NAME = 260
"""How far the name of a law before its number goes back, in letters."""
_HEAD = 60
"""The type of a document stands at most so many letters before its number."""


@cache
def _number() -> re.Pattern[str]:
    """A number in running text; "lost" is one that lost its first sign ("12KH/TU"), "gap" one that has a
    blank instead of its second ("71/NQ CP")."""
    known = knowledge()
    mixed = {c for t in known.document_types for c in t.codes if not re.match(rf"[{_UPPER}]{{2}}", c)}
    odd = "|".join(rf"{re.escape(c)}(?=-CTN)" if len(c) == 1 else re.escape(c) for c in sorted(mixed))
    code = rf"(?:[{_UPPER}]{{2,}}[A-Za-z0-9{_UPPER}đ&]*|{odd})"
    bodies = "|".join(re.escape(c) for c in sorted(known.issuer_codes, key=lambda c: (-len(c), c)))
    return re.compile(
        rf"(?<![\d/.,])(?P<gap>\d{{1,4}}\s?[-–/]\s?(?:{type_codes()})\s(?:{bodies}))(?![A-Za-z{SMALL}/–-])"
        rf"|(?<![\d/.,])(?P<n>\d{{1,5}}[a-zA-Z]?\s*(?:/\s*(?:19|20)\d\d\s*)?[-–/]\s*{code}(?:(?:\s*[-–/]\s*|\.){code})*)(?![{SMALL}])"
        rf"|(?<![\d/.,])(?P<lost>\d{{1,4}}\s?(?:{type_codes()})\s?[-–/]\s?(?:{bodies}))(?![A-Za-z{SMALL}])"
    )


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:cac\s+)?(?P<type>{type_names()})\s*(?:so\s*[:.]?\s*)?$")


@cache
def _short_head() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{type_codes()})\s*)?số\s*[:.]?\s*$|(?:{type_codes()})\s+$")


def numbered(text: str) -> tuple[Reference, ...]:
    """All references with a number in ``text``, in order."""
    found: list[Reference] = []
    matches = list(_number().finditer(text))
    for i, match in enumerate(matches):
        following = matches[i + 1].start() if i + 1 < len(matches) else len(text)
        reference = _numbered_at(text, match, found[-1] if found else None, following)
        if reference is not None:
            found.append(reference)
    # "Kế hoạch số 1/KH-UBND và Kế hoạch số 2/KH-UBND của UBND thành phố": one issuer for both
    for n in range(len(found) - 2, -1, -1):
        here, after = found[n], found[n + 1]
        between = text[here.stop : after.start]
        if here.issuer is None and after.issuer and here.type == after.type and between.strip() in (",", "và"):
            found[n] = replace(here, issuer=after.issuer)
        # "Công văn số 4021/..., 4077/... ngày 22/9/2025": one day for both
        next_of_list = re.fullmatch(r"\s*(?:,|;|và|,\s*và)\s*", text[here.end : after.start]) and re.match(
            r"\d|số\b", after.words
        )
        if here.date is None and after.date and next_of_list:
            found[n] = replace(found[n], date=after.date)
    return tuple(found)


def _numbered_at(text: str, match: re.Match[str], before: Reference | None, following: int) -> Reference | None:
    number = _tidy(_dash_put_back(match["gap"]) if match["gap"] else match["n"] or match["lost"])
    parts = number_parts(number)
    if parts is None or not parts.codes:
        return None
    offset = max(0, match.start() - _HEAD)
    head = _head().search(fold_same_length(text[offset : match.start()]))
    if head and not agrees_with_type(text[offset + head.start("type") : offset + head.end("type")]):
        head = None  # "Phường An" is no "Phương án"
    law = _named_law(text, match.start()) if not head or text[offset + head.start("type")].islower() else None
    if head and not law:
        start, kind = offset + head.start("type"), type_label(head["type"])
    elif law:
        start, kind = law.start(), type_label(law["type"])
    elif before and re.fullmatch(r"\s*(?:,|;|và|hoặc)?\s*(?:và\s+)?(?:số\s*)?", text[before.stop : match.start()]):
        start, kind = match.start(), before.type
    else:
        start, kind = _bare_start(text, match.start()), None
    own = type_of_code(parts.type_code) if parts.type_code else None
    if kind is None and own and len(parts.codes) == 1:
        return None  # "30/KH" alone is a figure with a unit
    kind = own or kind if not head or kind in (None, "Văn bản") else kind
    if kind is None and not head and (issuer_of_number(number) is None):
        return None
    date, issuer, title, stop = tail(text, match.end(), following)
    title = collapse(law["name"]) if law else title
    date = date or date_before(text, start)
    return Reference(
        start, match.end(), stop, collapse(text[start : match.end()]), kind or "Văn bản", number, date, issuer, title
    )


def _named_law(text: str, at: int) -> re.Match[str] | None:
    """The law whose name stands before the number at ``at`` ("Luật An ninh mạng số 24/2018/QH14"), or ``None``."""
    begin = max(0, at - _LONGEST_NAME)
    found = [m for m in _law_before().finditer(text, begin, at) if m.end() == at]
    return found[0] if found else None


@cache
def _law_before() -> re.Pattern[str]:
    """A law's name up to its number; where one law amends others, their names belong to its own."""
    kind = listed("law-type")
    plain = rf"(?:(?!{kind})[^;:.()\d])+?"
    amending = r"[Ss]ửa đổi[^;:.()\d]+?"
    return re.compile(rf"(?P<type>{kind})\s+(?P<name>{amending}|{plain}),?\s+số\s*[:.]?\s*")


def _bare_start(text: str, at: int) -> int:
    """Where a reference begins whose type is not written out: at "số" or an abbreviation before it ("KH số 12/KH-UBND")."""
    begin = max(0, at - 12)
    so = _short_head().search(text[begin:at])
    return begin + so.start() if so else at


def _dash_put_back(written: str) -> str:
    """A number whose blank stands for the sign between type and issuer ("71/NQ CP")."""
    begin, _, body = written.rpartition(" ")
    return f"{begin}{'-' if '/' in begin else '/'}{body}"


def _tidy(written: str) -> str:
    """The number as printed, without blanks and with plain dashes; a lost first dash or slash is put back."""
    number = re.sub(r"[–—]", "-", "".join(written.split())).replace("Ð", "Đ")
    if lost := re.fullmatch(r"(\d+)([A-ZĐ].*)", number):
        sign = "/" if "-" in lost[2] else "-"
        return f"{lost[1]}{sign}{lost[2]}"
    return number


@cache
def _short() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z0-9])(?P<type>{type_names()})\s+(?:so\s+)?(?P<n>\d{{1,4}})(?![\d/%.,-]|\s*(?:%|{alternatives('counted')}))"
    )


def short(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Later mentions by type and serial alone ("Nghị quyết 57"): (start, end, type, serial). Only capital letters open one."""
    for match in _short().finditer(fold_same_length(text)):
        if text[match.start()].isupper() and agrees_with_type(text[match.start("type") : match.end("type")]):
            yield match.start(), match.end(), type_label(match["type"]) or "", match["n"]
