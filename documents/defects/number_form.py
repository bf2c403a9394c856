"""Numbers that are not written as they have to be: of documents, of schemes, of shares, of units of measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from documents.model import Citation, Defect
from documents.structure.item import Item
from documents.text import fold, fold_same_length
from ontology.knowledge import normal_number

_KIND = "number-form"
_DECISION = "Quyết định"
_SCHEME = re.compile(r"(?<!\w)[Đđ]ề án (?P<serial>\d{1,3})(?P<code>/[A-ZĐ]+)?(?![\w/])")
_SHARE = re.compile(r"(?<![a-z])(?:dat|chiem|la)\s+(?P<n>\d{1,3},\d+)\s*(?=[;.)]|,\s|$)")
_DOUBLED_UNIT = re.compile(r"(?<!\w)[KMGT]bps\s*/\s*s(?!\w)")


def damaged_numbers(citation: Citation) -> list[Defect]:
    """Mentions of a document whose number has not the official form ("71-NQ/CP"), or lacks the letters of its type ("Quyết định
    số 2323/BTTTT-THH", which is the number of a letter)."""
    if citation.number and citation.type == _DECISION and not _of_decision(citation.number):
        said = next((m.text for m in citation.mentions if citation.number in m.text), citation.number)
        text = f"“{said}”: số, ký hiệu của quyết định thiếu “QĐ”."
        return [Defect(tuple(sorted({m.lines[0] for m in citation.mentions})), _KIND, text)]
    damaged = [m for m in citation.mentions if (n := _number_in(m.text)) and n != normal_number(n) and not _only_zero(n)]
    if not damaged:
        return []
    official = normal_number(_number_in(damaged[0].text) or "")
    text = f"“{damaged[0].text}” không đúng thể thức số, ký hiệu; dạng đúng là {official}."
    return [Defect(tuple(sorted({m.lines[0] for m in damaged})), _KIND, text)]


def number_forms(items: Sequence[Item]) -> list[Defect]:
    """Shares without a per cent sign among others that have one, doubled units of speed, one scheme with and without code."""
    return [*_shares(items), *_units(items), *_schemes(items)]


def _number_in(text: str) -> str | None:
    match = re.search(r"\d[\w/–&-]*[-/][A-ZĐ][\w/–&-]*", text.replace(" ", ""))
    return re.sub("[–—]", "-", match.group()) if match else None


def _of_decision(number: str) -> bool:
    """Whether the letters of a number say that it is a decision's; numbers of other offices' own making ("12/2019/CT") prove
    nothing and count as one."""
    letters = re.sub(r"^\d+(?:/(?:19|20)\d\d)?[-/]?", "", fold(number).upper())
    return not letters or "QD" in re.split(r"[^A-Z]+", letters) or "-" not in letters


def _only_zero(number: str) -> bool:
    """Whether the number differs from the official form only in a leading zero, which offices use as they like."""
    return number.lstrip("0") == normal_number(number).lstrip("0")


def _shares(items: Sequence[Item]) -> Iterator[Defect]:
    for item in items:
        if "%" not in item.text:
            continue
        for match in _SHARE.finditer(fold_same_length(item.text)):
            yield Defect((item.line_at(match.start()),), _KIND, f"“{match['n']}” thiếu dấu %, khác với các tỷ lệ cùng đoạn.")


def _units(items: Sequence[Item]) -> Iterator[Defect]:
    for item in items:
        for match in _DOUBLED_UNIT.finditer(item.text):
            yield Defect((item.line_at(match.start()),), _KIND, f"“{match.group()}”: bps đã là trên giây, thừa “/s”.")


def _schemes(items: Sequence[Item]) -> Iterator[Defect]:
    """One scheme that is called by its serial alone here and with a code there ("Đề án 06", "Đề án 06/CP")."""
    bare: dict[str, set[int]] = {}
    coded: dict[str, set[int]] = {}
    for item in items:
        for match in _SCHEME.finditer(item.text):
            found = coded if match["code"] else bare
            found.setdefault(match["serial"], set()).add(item.line_at(match.start()))
    for serial in sorted(bare.keys() & coded.keys()):
        lines = tuple(sorted(bare[serial] | coded[serial]))
        yield Defect(lines, _KIND, f"Đề án {serial} được ghi khi có, khi không có ký hiệu sau số.")
