"""Numbers and codes put right by rule, each rule with its reason; nothing here guesses.

A number is never changed into another number. A letter between digits becomes the digit it looks like only where nothing but
digits can stand and what comes out can be told from nonsense: before the code of a document's number, in a date that the
calendar has, before a percent sign. Amounts and Roman numbers stay as they are read. A code becomes the listed code that it
equals but for Đ read as D, or for I and O read as 1, l and 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from documents.letters import CAPITAL
from documents.restoration.repair import Repair
from documents.text import fold
from ontology.knowledge import knowledge

_DIGIT = r"[0-9lIOo]"
_AS_DIGITS = str.maketrans("lIOo", "1100")
_LETTERS = re.compile(r"[lIOo]")

_NUMBERS = re.compile(
    rf"(?<![\w/.,-])(?P<serial>{_DIGIT}{{1,5}})(?=\s?/\s?(?:{_DIGIT}{{4}}\s?/\s?)?[{CAPITAL}]{{2,}})"
    rf"|(?<=/)(?P<year>[12l]{_DIGIT}{{3}})(?=\s?/\s?[{CAPITAL}]{{2,}})"
    rf"|(?<![\w/.,-])(?P<party>{_DIGIT}{{1,4}})(?=\s?-\s?[{CAPITAL}]{{2,}}/[{CAPITAL}]{{2,}})"
    rf"|(?<![\w/.,-])(?P<date>{_DIGIT}{{1,2}}(?P<sign>[/.-]){_DIGIT}{{1,2}}(?P=sign){_DIGIT}{{4}})(?![\w/-])"
    rf"|(?<![\w/.,-])(?P<share>{_DIGIT}{{1,3}}(?:,{_DIGIT}{{1,2}})?)(?=\s?%)"
)
"""Places where only digits stand: the serial number and the year of a document's number (215/KH-UBND, 85/2016/NĐ-CP, 57-NQ/TW), a
date, a percentage."""

_SURE = 0.95
"""Confidence of a repair by rule."""


def misread_digits(line: str) -> Iterator[Repair]:
    """Letters among digits that are digits: "2l5/KH-UBND", "28/8/2O25", "1OO%"."""
    for found in _NUMBERS.finditer(line):
        read = found.group()
        if not _LETTERS.search(read) or not any(c.isdigit() for c in read):
            continue
        right = read.translate(_AS_DIGITS)
        if found["date"] and not _is_date(read, right):
            continue
        yield Repair(found.start(), found.end(), read, right, _SURE)


def _is_date(read: str, right: str) -> bool:
    """Whether ``right`` is a day of the calendar; in "I-II/2026", "II-III-2026" stand Roman quarters, no day and no month."""
    if any(set(part) == {"I"} for part in re.split(r"[/.-]", read)):
        return False
    day, month, year = map(int, re.split(r"[/.-]", right))
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year <= 2100


@cache
def _codes() -> Mapping[str, str]:
    """Accentless form → the one code of a document's number that has it and bears Đ."""
    known = knowledge()
    codes = {code for kind in known.document_types for code in (kind.code, *kind.codes) if code} | set(known.issuer_codes)
    return _with_d(codes)


@cache
def _abbreviations() -> Mapping[str, str]:
    """The same for abbreviations of at least four letters: shorter ones mean other things as well ("PGD", "DTC")."""
    known = knowledge()
    listed = set(known.abbreviations) | set(known.issuer_codes)
    return {bare: code for bare, code in _with_d(listed).items() if len(code) >= 4 and code.isalpha()}


def _with_d(codes: set[str]) -> Mapping[str, str]:
    forms: dict[str, set[str]] = {}
    for code in codes:
        forms.setdefault(fold(code), set()).add(code)
    return {bare: min(same) for bare, same in forms.items() if len(same) == 1 and "Đ" in min(same)}


_IN_NUMBER = re.compile(rf"(?<=[\w{CAPITAL}])\s?([/-])\s?([{CAPITAL}]{{2,}})")
_ALONE = re.compile(rf"(?<![\w/-])[{CAPITAL}]{{4,}}(?!\w)")


def codes_with_d(line: str) -> Iterator[Repair]:
    """Codes that exist only with Đ: "85/2016/ND-CP", "HDND" (a text without accents has no Đ)."""
    for found in _IN_NUMBER.finditer(line):
        before = line[: found.start()]
        code = found[2]
        right = _codes().get(fold(code))
        if right and right != code and re.search(rf"\d\s?(?:/\d{{4}})?(?:[/-][{CAPITAL}]+)*$", before):
            yield Repair(found.start(2), found.end(2), code, right, _SURE)
    for found in _ALONE.finditer(line):
        right = _abbreviations().get(fold(found.group()))
        if right and right != found.group():
            yield Repair(found.start(), found.end(), found.group(), right, _SURE)


_MIXED = re.compile(r"(?<![\w/.-])[A-Z][A-Za-z0-9]{1,6}(?![\w/.-])")
_AS_LETTERS = str.maketrans("01l", "OII")


@cache
def _latin_abbreviations() -> Mapping[str, str]:
    return {form.upper(): form for form in knowledge().abbreviations if form.isascii() and form.isalpha()}


def misread_abbreviations(line: str) -> Iterator[Repair]:
    """Listed abbreviations with 0 for O, or 1 or l for I: "I0C", "Al"."""
    for found in _MIXED.finditer(line):
        read = found.group()
        if not re.search("[01l]" if len(read) > 2 else "l", read) or (len(read) > 2 and read[1:].islower()):
            continue  # "A1" is a building
        right = _latin_abbreviations().get(read.translate(_AS_LETTERS))
        if right and right != read:
            yield Repair(found.start(), found.end(), read, right, 0.9)


_ROMAN = re.compile(r"^(\s*)([IVXl1L]{1,5})(?=\.\s?[^\W\d_])")
_NUMBER_LABEL = re.compile(r"^(\s*)[$S][6O6éố]\s?[:.]\s?(?=\d)")


def labels(line: str) -> Iterator[Repair]:
    """I in the Roman number of a section ("IL.", "I11."): no other sign stands before the point; and the label of the document's
    number ("$6: 12/KH-UBND"): nothing else stands there. "l." and "l1." may as well be 1 and 11, but before capitals."""
    if roman := _ROMAN.match(line):
        right = roman[2].replace("l", "I").replace("1", "I").replace("L", "I")
        certain = re.search("[IVX]", roman[2]) is not None or line[roman.end() :].isupper()
        if right != roman[2] and not roman[2].isdigit() and roman[2] != "L" and certain:
            yield Repair(roman.start(2), roman.end(2), roman[2], right, 0.9)
    if label := _NUMBER_LABEL.match(line):
        yield Repair(label.end(1), label.end(), label.group()[len(label[1]) :], "Số: ", 0.9)
