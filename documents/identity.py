"""Which document is meant: one stable key for a document, whether it is read or only cited.

A document's identity is number + issuer + year. National bodies number the whole country's documents, so their code stands for
the issuer, and a number with a year inside (85/2016/NĐ-CP, 67/2006/QH11) needs nothing else. Everybody else's numbers begin
anew in every office: 35/KH-UBND of one ward is not that of another. A document without a number goes by type, issuer,
year and title. A key is a path of ASCII slugs, so it serves in IRIs and file names as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256

from documents.cue import opens
from documents.model import Citation, Document
from documents.text import collapse, fold, nfc, tone_marks, words
from ontology.knowledge import Directive, issuer_of_number, knowledge, number_key
from ontology.numbers import number_parts

UNKNOWN = "khong-ro"
NO_YEAR = "khong-nam"
CITED_IN = "dan-chieu"

APPENDIX = "phu-luc"
"""Stands in the key of a file of an appendix alone, between the key of its document and the name of the file."""

_NATIONAL = "trung ương"
_TITLE_LENGTH = 60
_PARENTHESIS = re.compile(r"\([^)]*\)")
_CITY = re.compile(r"(?<!\w)(?:TP|Tp|tp)(?:\.\s*|\s+)")
_KINDS = "phường|xã|đặc khu|thành phố|tỉnh|quận|huyện|thị xã|thị trấn|thành ủy|tỉnh ủy|quận ủy|huyện ủy|đảng ủy"
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_CAPITAL}][^\W\d_A-ZĐ]*(?:[ -][{_CAPITAL}][^\W\d_A-ZĐ]*)*"
# Accents and capitals matter here: "xã Tân An" is a place, "xã hội" and "quản lý" are not.
_PLACED = re.compile(rf"(?<!\w)(?:(?i:{_KINDS}))\s+(?!(?i:hội)\b)[{_CAPITAL}0-9]")
_PROVINCE = re.compile(rf"(?<!\w)([Tt]hành phố|[Tt]ỉnh|[Tt]hành ủy|[Tt]ỉnh ủy)\s+({_NAME})")
_ENDS_WITH_KIND = re.compile(r"(?:^|\s)(?:thanh pho|tinh|thanh uy|tinh uy|phuong|xa|dac khu|quan|huyen|thi xa) $")
_OF_THE_PLACE = re.compile(r"(?<!\w)(phường|xã|đặc khu|thành phố|tỉnh|thành ủy|tỉnh ủy)$", re.IGNORECASE)
_COMMUNE = re.compile(rf"(?<!\w)(?:(?i:phường|xã|đặc khu))\s+(?!(?i:hội)\b)[{_CAPITAL}0-9].*$")
# The standing committee, the committee and the conference act in the name of one Party organisation and share its numbers.
_PARTY_BODY = re.compile(
    r"^(?:ban thuong vu |ban chap hanh |thuong truc )?(?:dang bo )?(?:(thanh|tinh) uy|(?<=dang bo )(thanh pho|tinh))\b"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document's short names refer to: "UBND phường" is its own ward, "Thành ủy" that of its own city.

    All are folded names, empty when the document does not tell: ``issuer`` in canonical form, ``commune`` and ``province``
    with their kind ("phuong hai duong", "thanh pho hai phong"). ``key`` is the document's own key.
    """

    issuer: str = ""
    commune: str = ""
    province: str = ""
    key: str = ""


def slug(text: str) -> str:
    """``text`` as lower-case ASCII words joined with dashes: "Sở Xây dựng" → "so-xay-dung"; "" when nothing is left."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(text)))


def _bounded(text: str) -> str:
    """A slug of bounded length; what is cut off stays told apart by a short hash."""
    whole = slug(text)
    if len(whole) <= _TITLE_LENGTH:
        return whole
    return whole[:_TITLE_LENGTH].rpartition("-")[0] + "-" + sha256(whole.encode()).hexdigest()[:8]


@cache
def _provinces() -> dict[str, str]:
    """Folded name of each province or city → its folded kind."""
    found: dict[str, str] = {}
    for place in knowledge().places:
        for name in (place.label, *place.aliases):
            found[fold(name)] = fold(place.kind)
    return found


def _province(document: Document) -> str:
    """The province or city that the document speaks of: that of its issuer, else the one it names most often."""
    for text in (document.header.issuer or "", collapse(tone_marks(" ".join(document.lines)))):
        counted = Counter((fold(kind), fold(name)) for kind, name in _PROVINCE.findall(text))
        if counted:
            kind, name = min(counted, key=lambda found: (-counted[found], found))
            return f"{_provinces().get(name) or ('tinh' if kind.startswith('tinh') else 'thanh pho')} {name}"
    place = fold(document.header.place or "")
    return f"{_provinces()[place]} {place}" if place in _provinces() else ""


@cache
def _expansions() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The abbreviations of bodies as patterns, longest first."""
    known = sorted(knowledge().abbreviations.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return tuple((re.compile(rf"(?<!\w){re.escape(short)}(?!\w)"), long) for short, long in known)


@cache
def _any_abbreviation() -> re.Pattern[str]:
    """Any of the abbreviations: most names have none, and then nothing needs to be tried one by one."""
    shorts = sorted(knowledge().abbreviations, key=lambda short: (-len(short), short))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, shorts))})(?!\w)")


@lru_cache(maxsize=32_768)
def expand(name: str) -> str:
    """``name`` with the known abbreviations written out, "&" as "và", tone marks in their one place: "VP HĐND & UBND" → "...".

    Abbreviations are matched in capitals as officers write them, so ordinary words are never touched.
    """
    name = tone_marks(nfc(name)).replace("&", " và ")
    if _any_abbreviation().search(name):
        for pattern, long in _expansions():
            name = pattern.sub(long, name)
    return collapse(name)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its folded full name, and whether that says of which place it is ("so xay dung thanh pho hai phong")."""

    name: str
    placed: bool


def body(issuer: str, within: Surroundings | None = None) -> Body:
    """The body called ``issuer`` in a document with the given surroundings.

    Written variants of one body come out equal: "UBND phường" in a plan of phường Hải Dương and "Ủy ban nhân dân phường Hải
    Dương"; "Sở Xây dựng Hải Phòng" and "Sở Xây dựng thành phố Hải Phòng"; the committees of one Party organisation.
    """
    within = within or Surroundings()
    written = _CITY.sub("thành phố ", collapse(_PARENTHESIS.sub(" ", expand(issuer))))
    name = collapse(fold(written).replace("-", " "))
    name = _PARTY_BODY.sub(lambda m: f"{(m.group(1) or m.group(2)).split()[0]} uy", name)
    short = _OF_THE_PLACE.search(written)
    kind = fold(short.group(1)) if short else ""
    if kind and within.commune.startswith(kind + " "):
        return Body(name.removesuffix(kind) + within.commune, True)
    if kind in ("thanh pho", "tinh") and within.province.startswith(kind + " "):
        whole = name.endswith(kind)  # "Đảng bộ thành phố" has become "thanh uy" by now
        return Body(name.removesuffix(kind) + within.province if whole else f"{name} {_bare(within.province)}", True)
    if kind in ("thanh uy", "tinh uy") and _party(within.province) == kind:
        return Body(f"{name} {_bare(within.province)}", True)
    if _PLACED.search(written):
        return Body(name, True)
    own_kind = "thanh pho" if within.province.startswith("thanh pho ") else "tinh"
    for province, its_kind in {**_provinces(), _bare(within.province): own_kind}.items():
        if province and name.endswith(" " + province):
            named = name.removesuffix(province)
            return Body(name if _ENDS_WITH_KIND.search(named) else f"{named}{its_kind} {province}", True)
    return Body(name, False)


def _bare(province: str) -> str:
    """The province without its kind."""
    return province.removeprefix("thanh pho ").removeprefix("tinh ")


def _party(province: str) -> str:
    """What the Party organisation of the province is called."""
    return "thanh uy" if province.startswith("thanh pho ") else "tinh uy"


def surroundings(document: Document) -> Surroundings:
    """What the short names in ``document`` refer to."""
    province = _province(document)
    issuer = body(document.header.issuer or "", Surroundings(province=province)).name
    commune = _COMMUNE.search(expand(document.header.issuer or ""))
    found = Surroundings(issuer, fold(commune.group()) if commune else "", province)
    return replace(found, key=_read_key(document, found))


def _year(number: str | None, date: str | None, year: int | None = None) -> str:
    parts = number_parts(number) if number else None
    return (parts and parts.year) or (date or "")[:4] or (str(year) if year else NO_YEAR)


def _number_slug(number: str) -> str:
    return number_key(number).replace("/", "-").replace(" ", "-")


def _owner(number: str, issuer: str | None, within: Surroundings) -> str:
    """The part of a key that says whose number it is; "" when neither the number nor the text tells."""
    code = issuer_of_number(number)
    if code and code.level == _NATIONAL:
        return slug(code.code)
    named = body(issuer or "", within)
    if code and code.code == "TU" and within.province and not named.placed:
        return slug(f"{_party(within.province)} {_bare(within.province)}")
    if issuer:
        inner = within.issuer and not named.placed and named.name != within.issuer
        return f"{slug(within.issuer)}.{slug(named.name)}" if inner else slug(named.name)
    if code and within.province and code.level == "sở/ngành":
        return slug(f"{code.name} {within.province}")
    return ""


def document_key(document: Document) -> str:
    """The key of a document that was read.

    "uy-ban-nhan-dan-phuong-hai-duong/2026/4-kh-ubnd", "cp/2016/85-2016-nd-cp"; without a number
    "ke-hoach/so-xay-dung-thanh-pho-hai-phong/2026/<title>", the source standing in for what the document does not say.
    """
    return surroundings(document).key


def is_appendix(document: Document) -> bool:
    """Whether a file holds only an appendix of a document ("Kèm theo Kế hoạch số 47/KH-UBND"), not that document itself.

    It has neither type nor title of its own, its number stands where it says what it is issued with, and nothing but the
    appendix's heading stands above that.
    """
    header = document.header
    span = header.where("number")
    if not header.number or span is None or header.title or header.where("type"):
        return False
    if opens("accompanying", fold(document.text(span)).lstrip(" (*_-")) is None:
        return False
    return all(section.kind == "appendix" for section in document.sections if section.lines[0] < span[0])


def appendix_of(document: Document) -> str | None:
    """The key of the document that a file of nothing but an appendix belongs to; ``None`` for any other file."""
    return document_key(document).partition(f"/{APPENDIX}/")[0] if is_appendix(document) else None


def _read_key(document: Document, within: Surroundings) -> str:
    header = document.header
    year = _year(header.number, header.date, header.year)
    stem = _bounded(document.source.rsplit(".", 1)[0]) or sha256(document.source.encode()).hexdigest()[:8]
    if header.number:
        owner = _owner(header.number, header.issuer, within)
        number = _number_slug(header.number)
        if owner and is_appendix(document):
            return f"{owner}/{year}/{number}/{APPENDIX}/{stem}"
        return f"{owner}/{year}/{number}" if owner else f"{UNKNOWN}/{year}/{number}/{stem}"
    title = _bounded(header.title) if header.title and header.issuer else ""
    return "/".join((slug(header.type or "") or UNKNOWN, slug(within.issuer) or UNKNOWN, year, title or stem))


def cited_key(citation: Citation, register: Mapping[str, Directive] | None = None, *, within: Surroundings | None = None) -> str:
    """The key of a cited document: the same as that of the read one when number, issuer and year agree.

    ``register`` (by default the known directives) supplies the year and the issuer that a citation leaves out. ``within`` are the
    surroundings of the citing document; what cannot be told from a citation (no number and no title, or a local number without
    issuer) stays its own document of the citing one, because two such citations need not mean the same.
    """
    within = within or Surroundings()
    if citation.number:
        return _numbered_key(citation, knowledge().directives if register is None else register, within)
    issuer = body(citation.issuer, within) if citation.issuer else Body("", False)
    kind = slug(citation.type or "") or UNKNOWN
    year = _year(None, citation.date)
    if citation.title and (issuer.placed or is_national(citation.issuer or "")):
        return f"{kind}/{slug(issuer.name)}/{year}/{_bounded(_subject(citation.title))}"
    said = _subject(citation.title) if citation.title else " ".join(words(citation.as_written[0] if citation.mentions else ""))
    return "/".join((within.key or UNKNOWN, CITED_IN, kind, _bounded(f"{issuer.name} {said}") or UNKNOWN))


def _numbered_key(citation: Citation, register: Mapping[str, Directive], within: Surroundings) -> str:
    assert citation.number
    owner = _owner(citation.number, citation.issuer, within)
    year = _year(citation.number, citation.date)
    known = register.get(number_key(citation.number))
    if known and known.date and (not owner or owner == _owner(known.number, known.issuer, within)):
        owner = owner or _owner(known.number, known.issuer, within)
        year = _year(citation.number, known.date) if year == NO_YEAR else year
    number = _number_slug(citation.number)
    if owner:
        return f"{owner}/{year}/{number}"
    return "/".join((within.key or UNKNOWN, CITED_IN, year, number))


@cache
def _national_bodies() -> frozenset[str]:
    known = knowledge()
    by_code = {code.name for code in known.issuer_codes.values() if code.level == _NATIONAL}
    listed = {unit.label for unit in known.units if unit.level == _NATIONAL}
    registered = {entry.issuer for entry in known.directives.values() if entry.issuer and _has_national_code(entry.number)}
    return frozenset(fold(name) for name in by_code | listed | registered)


def _has_national_code(number: str) -> bool:
    code = issuer_of_number(number)
    return code is not None and code.level == _NATIONAL


def is_national(body: str) -> bool:
    """Whether ``body`` names one of the national bodies (Chính phủ, Bộ Chính trị, a ministry), which exist once."""
    name = fold(expand(body))
    return name in _national_bodies() or name.endswith(" trung uong")


def _subject(title: str) -> str:
    """A title without its opening "về việc", which sources write or leave out."""
    return re.sub(r"^(?:về việc|về|v/v)\s+", "", title.strip(), flags=re.IGNORECASE)
