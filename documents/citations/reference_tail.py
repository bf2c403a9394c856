"""What stands behind the number of a cited document: its date, its issuer and its title, and where they end."""

from __future__ import annotations

import re
from functools import cache

from documents.cue import alternatives, capitalised, listed, opens, pattern, spelled
from documents.head.document_type import type_names
from documents.letters import CAPITAL
from documents.tasks.deadline import iso_date
from documents.tasks.unit import starts_with_unit
from documents.text import collapse, fold, fold_same_length, tone_marks
from ontology.knowledge import knowledge

_FIGURES = r"(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)"
_IN_WORDS = r"(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>(?:19|20)\d\d)"
_DATED = re.compile(rf"\s*[,(]?\s*(?:ban hành\s+)?(?:ngày|Ngày)\s*(?:{_FIGURES}|{_IN_WORDS})\)?")
_FROM = re.compile(r"\s*,?\s*(?:của|do)\s+")
_LONGEST_ISSUER = 110
_LONGEST_TITLE = 900
"""Titles of real documents stay below this many letters."""
_LONGEST_SENTENCE = 150
_NUMBER_AHEAD = re.compile(r"\d{1,5}[a-zA-Z]?\s*(?:/\s*(?:19|20)\d\d\s*)?[-–/]\s*[A-ZĐ]{2}")


def tail(text: str, end: int, following: int) -> tuple[str | None, str | None, str | None, int]:
    """What stands behind the number that ends at ``end``: (date, issuer, title, where it stops). ``following`` is where the next
    number begins; a date that the calendar lacks is ``None``."""
    stop, date, issuer = end, None, None
    if dated := _DATED.match(text, stop):
        date, stop = _date(dated), dated.end()
    if came := _FROM.match(text, stop):
        named, after = _issuer(text, came.end())
        if named:
            issuer, stop = named, after
            if chaired := _chair().match(text, stop):
                body, after = _known_body(text, chaired.end()) or _issuer(text, chaired.end())
                issuer, stop = (body, after) if body else (issuer, stop)
            if date is None and (dated := _DATED.match(text, stop)):
                date, stop = _date(dated), dated.end()
    title, stop = _title(text, stop)
    return date, issuer, title, min(stop, max(following, end))


@cache
def _chair() -> re.Pattern[str]:
    """Behind whoever signed: that he did so at the head of a body ("... - Chủ tịch Ủy ban Quốc gia ..."), which is the issuer."""
    return re.compile(rf"\s*[-–,]\s*(?:{listed('chair')})\s+(?={capitalised('chaired-body')})")


def _known_body(text: str, start: int) -> tuple[str, int] | None:
    """The longest known name of an issuer that stands at ``start`` and where it ends, or ``None``; it can hold "về"."""
    folded = fold_same_length(text[start : start + _LONGEST_ISSUER])
    names = (code.name for code in knowledge().issuer_codes.values())
    name = max((n for n in names if re.match(rf"{re.escape(fold(n))}(?!\w)", folded)), key=lambda n: (len(n), n), default=None)
    return (name, start + len(name)) if name else None


def date_before(text: str, start: int) -> str | None:
    """The day that the sentence names before it says who issued the document that begins at ``start`` ("Ngày 07/3/2019, Chính phủ
    ban hành Nghị quyết ..."), or ``None``."""
    said = _issued_on().search(text, max(0, start - _LONGEST_SENTENCE), start)
    return _date(said) if said and said.end() == start else None


@cache
def _issued_on() -> re.Pattern[str]:
    issued = rf"(?:đã\s+)?(?:ký\s+)?{listed('title-issued')}\s+"
    return re.compile(rf"\b[Nn]gày\s+(?:{_FIGURES}|{_IN_WORDS})\s*,?\s+[^.;:,]{{2,80}}?\s{issued}")


def _date(dated: re.Match[str]) -> str | None:
    return iso_date(int(dated["d"] or dated["d2"]), int(dated["m"] or dated["m2"]), int(dated["y"] or dated["y2"]))


def _issuer(text: str, start: int) -> tuple[str | None, int]:
    """The issuer named from ``start`` on and where it ends; "và" and commas of its name ("Bộ Thông tin và Truyền thông") stay."""
    limit = min(len(text), start + _LONGEST_ISSUER)
    opening = _title_opening().search(fold_same_length(text[start:limit]), 2)
    ends = [start + opening.start()] if opening else []
    for match in _issuer_end().finditer(text, start, limit):
        after = text[match.end() : match.end() + 80].lstrip()
        goes_on = match.group().strip() in ("và", ",") and after[:1].isupper()
        if goes_on and not _type_ahead(after) and not _body_ahead(after) and not starts_with_unit(after):
            continue
        ends.append(match.start())
        break
    for verb in pattern("duty-verb").finditer(fold_same_length(text[start:limit])):
        if text[start + verb.start()].islower() and verb.start() > 4:
            ends.append(start + verb.start())
            break
    end = min(ends) if ends else limit
    name = collapse(text[start:end]).strip(" ,.;")
    if not name or not (name[0].isupper() or opens("area", fold(name)) or opens("elected-body", fold(name))):
        return None, start
    return name, start + len(text[start:end].rstrip())


def _title(text: str, start: int) -> tuple[str | None, int]:
    """The title that follows ("về ...", "phê duyệt ...") and where it ends: at ";" or the sentence's end, at "(gửi kèm", before a
    comma behind which another document or the subject of the sentence stands."""
    opening = _title_start().match(fold_same_length(text[start : start + 60]))
    if not opening or (opening.end() == 0 and text[start : start + 1].isalnum()):
        return None, start
    begin = start + opening.end()
    if text[start:begin].strip()[:1] in (",", ":") and not re.match(
        listed("title-opening-after-comma"), text[begin : begin + 20]
    ):
        return None, start
    end = min(len(text), begin + _LONGEST_TITLE)
    for match in _title_end().finditer(text[begin : begin + _LONGEST_TITLE]):
        sign = match.group().strip()
        after = text[begin + match.end() : begin + match.end() + 130]
        if sign == "," and not (
            _NUMBER_AHEAD.match(after) or _numbered_ahead(after) or _subject_ahead(after) or _clause_ahead(after)
        ):
            continue
        if sign == "và" and not _numbered_ahead(after):
            continue
        if sign.startswith("đã"):
            end = begin + match.start()
            break
        if sign in ("trong", "để") and not re.match(listed("behind-title"), after):
            continue
        end = begin + match.start()
        break
    title = collapse(text[begin:end]).strip(" ,.;:")
    return (title or None), begin + len(text[begin:end].rstrip(" ,.;:"))


@cache
def _issuer_end() -> re.Pattern[str]:
    return re.compile(rf"[;,.()“”\"|]|\s[-–]\s|\s{listed('issuer-end')}")


@cache
def _title_opening() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternatives('title-opening')})")


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile(rf"\s*[,:]?\s*(?={alternatives('title-opening')}|[“\"])")


@cache
def _title_end() -> re.Pattern[str]:
    stop = rf"\.(?=\s+[{CAPITAL}]|\s*$|/)"
    return re.compile(
        rf"[;|]|{stop}|\s*\((?={listed('title-note')})|\.\.\.|,\s+|\s+(?:và|trong|để)\s+"
        rf"|\s+đã\s+được\s+(?:[^\s,;]+\s+){{0,6}}?{listed('title-issued')}"
    )


def _type_ahead(text: str) -> bool:
    return re.match(rf"(?:{type_names()})(?![a-z])", fold_same_length(text[:60])) is not None


def _numbered_ahead(text: str) -> bool:
    return re.match(rf"(?:{type_names()})\s*(?:so\s*)?\d", fold_same_length(text[:60])) is not None


def _body_ahead(text: str) -> bool:
    return re.match(spelled("body", "office"), tone_marks(text[:30])) is not None


def _clause_ahead(text: str) -> bool:
    """Whether the sentence goes on with a clause that tells what has happened ("..., các cấp ủy đã quán triệt")."""
    return re.match(rf"[^,;.:()]{{3,80}}?\s{listed('has-happened')}\s", text) is not None or (
        re.match(listed("time-so-far"), text) is not None
    )


def _subject_ahead(text: str) -> bool:
    """Whether the main clause of the sentence begins here: "..., Sở Xây dựng ban hành kế hoạch"."""
    return text[:1].isupper() and _body_ahead(text) and pattern("declares").search(fold(text[:120])) is not None
