"""Document numbers: one official form, one key for comparing, and the body that a number proves.

A number is a serial, sometimes a year, then codes for the type and the issuer. State bodies write ``35/KH-UBND`` and
``85/2016/NĐ-CP`` (Nghị định 30/2020/NĐ-CP, appendix I), Party bodies ``12-KH/TU``; an official dispatch has no type code but the
drafting unit (``5511/BKHCN-CĐSQG``). Sources damage numbers: blanks, lost accents, swapped separators, split codes. What can
be repaired with certainty is repaired here; the form as printed stays with the citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ontology.entries import IssuerCode
from ontology.lists import document_types, issuer_codes

_DASHES = re.compile(r"[‐‑‒–—―−]")
_NUMBER = re.compile(r"^(\d+)([A-Za-zĐđ]?)([-/])(?:((?:19|20)\d\d)[-/])?(.+)$")
_SEPARATORS = {"state": ("/", "-"), "party": ("-", "/")}
"""Before and after the type code, by the style of the issuer."""
_TERM = re.compile(r"^(QH|UBTVQH)(\d{1,2}|[IVX]+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberParts:
    """A number taken apart: ``codes`` in official spelling where known; ``separators`` as written before each code."""

    serial: str
    year: str | None
    codes: tuple[str, ...]
    separators: tuple[str, ...]

    @property
    def type_code(self) -> str | None:
        """The code of the document type, if the number has one."""
        return self.codes[0] if self.codes and self.codes[0] in _type_codes() else None

    @property
    def issuer(self) -> IssuerCode | None:
        """The known issuer among the codes, the first where a joint document names several."""
        known = issuer_codes()
        rest = self.codes[1:] if self.type_code and len(self.codes) > 1 else self.codes
        for code in rest[:1] if not self.type_code else rest:
            term = _TERM.match(code)
            found = known.get(term.group(1).upper() if term else code)
            if found:
                return found
        return None


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=1)
def _type_codes() -> frozenset[str]:
    return frozenset(code for entry in document_types() for code in entry.codes)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """Folded code → official spelling, for the codes whose folded form is unambiguous."""
    found: dict[str, set[str]] = {}
    for code in (*_type_codes(), *issuer_codes()):
        found.setdefault(_fold(code), set()).add(code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}


def _official(code: str) -> str:
    """The official spelling of one code: as written where it is known so, else by its folded form, else as written."""
    code = code.replace("&", "")
    if code in _type_codes() or code in issuer_codes():
        return code
    term = _TERM.match(code)
    if term:
        return term.group(1).upper() + term.group(2).upper()
    return _spellings().get(_fold(code), code)


def _joined(codes: Iterable[str], separators: Iterable[str]) -> tuple[list[str], list[str]]:
    """Put together what a source split: "BKH-CN" is BKHCN where only the whole is a known issuer."""
    left, signs = list(codes), list(separators)
    at = 0
    while at + 1 < len(left):
        whole = _official(left[at] + left[at + 1])
        if whole in issuer_codes() and left[at] not in issuer_codes() and left[at] not in _type_codes():
            left[at : at + 2] = [whole]
            del signs[at + 1]
        else:
            at += 1
    return left, signs


@lru_cache(maxsize=4096)
def number_parts(text: str) -> NumberParts | None:
    """Take the number ``text`` apart; ``None`` where it does not begin like a document number."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFC", text))
    plain = "".join(plain.split()).strip(".,;:()\"'“”")
    plain = re.sub(r"^(?:số|so)[:.]?", "", plain, flags=re.IGNORECASE)
    found = _NUMBER.match(plain)
    if not found:
        return None
    serial, letter, sign, year, rest = found.groups()
    pieces = re.split(r"([-/])", rest)
    codes, separators = [], []
    for code, separator in zip(pieces[::2], [sign, *pieces[1::2]], strict=True):
        if code:
            codes.append(_official(code))
            separators.append(separator)
    codes, separators = _joined(codes, separators)
    return NumberParts(f"{int(serial):02d}{letter}", year, tuple(codes), tuple(separators))


def normal_number(text: str) -> str:
    """The official form of the number ``text``, for comparing: "71-NQ/CP" → "71/NQ-CP", "35 /KH-UBND" → "35/KH-UBND".

    NFC, no blanks, plain dashes, a serial of at least two digits, codes in official spelling, and the separators of the issuer's
    style where the issuer is known. Text that is no number comes back without blanks.
    """
    parts = number_parts(text)
    if parts is None:
        return "".join(unicodedata.normalize("NFC", text).split())
    issuer = parts.issuer
    signs = list(parts.separators)
    ruling = _SEPARATORS.get(issuer.style) if issuer else None
    if ruling and parts.type_code and len(parts.codes) > 1:
        signs = [ruling[0]] + [ruling[1] if at == 0 else "-" for at in range(len(parts.codes) - 1)]
    head = parts.serial + (f"/{parts.year}" if parts.year else "")
    if parts.year:
        signs[0] = "/"
    return head + "".join(sign + code for sign, code in zip(signs, parts.codes, strict=True))


@lru_cache(maxsize=65_536)
def number_key(text: str) -> str:
    """A key that is equal for two spellings of one number, whatever their accents, case, separators and leading zeros."""
    parts = number_parts(text)
    if parts is None:
        return _fold("".join(text.split()))
    serial = parts.serial.lstrip("0") or "0"
    return "/".join(_fold(part) for part in (serial, parts.year or "", *parts.codes) if part)


def issuer_of_number(number: str) -> IssuerCode | None:
    """The issuer that the codes of ``number`` name, or ``None``; ``proves`` says whether that is exactly one body."""
    parts = number_parts(number)
    return parts.issuer if parts else None
