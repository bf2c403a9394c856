"""Names that do not agree within one document: one body in two near forms, a body of another kind of place, half a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from documents.cue import alternatives, pattern, spelled
from documents.head.issuer import area_of
from documents.model import Defect, Header, Unit
from documents.structure.item import Item
from documents.tasks.unit_names import Headless, key
from documents.text import fold, fold_same_length, tone_marks

_OFFICE = "phòng/ban"
_COMMUNE = "phường/xã"
_LEAST_SHARED = 3
"""Two lists of fields with so many in common belong to one committee."""
_LEAST_USES = 3
"""A quoted name used so often is the right one beside a shorter form used once."""
_QUOTED = re.compile(r"[“\"]([^”\"]{6,80})[”\"]")


def name_conflicts(
    items: Sequence[Item], header: Header, province: str | None, units: Sequence[Unit], headless: Sequence[Headless]
) -> list[Defect]:
    """All findings about names. ``province`` is the province or city of the document, with its kind; ``units`` are the units that
    it names; ``headless`` the names that lost their head word."""
    return [
        *_near_offices(header, units),
        *_other_kinds_of_place(items, header, province),
        *_committees(items),
        *_shortened(items),
        *(Defect(h.lines, "typo-in-name", f"“{h.written}” thiếu từ đầu của tên “{h.whole}”.") for h in headless if h.lines),
    ]


def _near_offices(header: Header, units: Sequence[Unit]) -> Iterator[Defect]:
    """A commune has one office for a field: two names that begin with the same field mean one office."""
    if header.level != _COMMUNE:
        return
    offices = [u for u in units if u.kind == _OFFICE]
    for n, one in enumerate(offices):
        for other in offices[n + 1 :]:
            a, b = key(one.name), key(other.name)
            if _field(one.name) and _field(one.name) == _field(other.name) and not a.startswith(b) and not b.startswith(a):
                lines = tuple(sorted({*one.lines, *other.lines}))
                yield Defect(lines, "unit-conflict", f"Một phòng được ghi hai tên: “{one.name}” và “{other.name}”.")


def _field(name: str) -> str | None:
    """The first field of an office ("Phòng Văn hóa - Xã hội" → "van hoa")."""
    match = re.match(r"phong\s+([^,]+?)(?:\s*[,–-]\s*|\s+va\s|$)", fold(name))
    return match[1] if match else None


def _other_kinds_of_place(items: Sequence[Item], header: Header, province: str | None) -> Iterator[Defect]:
    """ "của tỉnh" in a document of a city, "trên địa bàn xã" and "thôn" in that of an urban ward."""
    own = (area_of(header.issuer or "") or "").split(" ")[0]
    wrong = []
    if province and province.startswith("thành phố"):
        wrong.append(("thành phố", "tỉnh", _area_without_name("tỉnh")))
    if own == "phường":
        wrong.append(("phường", "xã", _area_without_name("xã")))
    texts = [tone_marks(item.text) for item in items] if wrong else []
    for right, said, found in wrong:
        pairs = zip(items, texts, strict=True)
        lines = tuple(sorted({item.line_at(match.start()) for item, text in pairs for match in found.finditer(text)}))
        if lines:
            yield Defect(lines, "unit-conflict", f"Văn bản thuộc {right} nhưng có chỗ ghi “{said}”.")


@cache
def _area_without_name(kind: str) -> re.Pattern[str]:
    """A kind of place that stands for one certain place: no name, no list of kinds, no longer word ("xã hội") behind it."""
    rest = r"(?!\s*[,/]|\s+(?i:hội|đảo|thành|phường|và)(?!\w)|\s+[A-ZĐ])"
    hamlet = rf"|(?<!\w)(?:của|tại)\s+(?:các\s+)?{spelled('hamlet')}(?!\s+[A-ZĐ\d])" if kind == "xã" else ""
    given = rf"|(?<!\w){kind}\s+giao(?!\w)"
    return re.compile(rf"{spelled('whose-area')}\s+(?i:{kind})(?!\w){rest}{given}{hamlet}")


def _committees(items: Sequence[Item]) -> Iterator[Defect]:
    """One steering committee whose name lists different fields in different places."""
    places: dict[frozenset[str], set[int]] = {}
    written: dict[str, str] = {}
    for item in items:
        for at, fields in _committee_fields(item.text):
            if len(fields) >= _LEAST_SHARED:
                places.setdefault(frozenset(fields), set()).add(item.line_at(at))
                written = {**fields, **written}
    if len(places) < 2 or any(len(a & b) < _LEAST_SHARED for a in places for b in places):
        return
    lines = tuple(sorted({n for found in places.values() for n in found}))
    listed = [written[field] for field in sorted(frozenset.union(*places) - frozenset.intersection(*places))]
    yield Defect(lines, "unit-conflict", f"Tên ban chỉ đạo không thống nhất: nơi có, nơi không có “{', '.join(listed)}”.")


def _committee_fields(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Where a committee is named, and the fields behind its "về": in accentless words, and as they are written."""
    folded = fold_same_length(text)
    field = rf"(?:{alternatives('committee-field')})"
    listed = re.compile(rf"ban chi dao[^.;:()]{{0,40}}? ve ({field}(?:(?:\s*,\s*|\s+va\s+){field})*)")
    for match in listed.finditer(folded):
        start = match.start(1)
        found = pattern("committee-field").finditer(match[1])
        yield match.start(), {m.group(): text[start + m.start() : start + m.end()] for m in found}


def _shortened(items: Sequence[Item]) -> Iterator[Defect]:
    """A quoted name that is the beginning of one which the document quotes again and again ("Bình dân học vụ" for "Bình dân học
    vụ số")."""
    places: dict[str, list[int]] = {}
    written: dict[str, str] = {}
    for item in items:
        for match in _QUOTED.finditer(item.text):
            name = fold(match[1])
            places.setdefault(name, []).append(item.line_at(match.start()))
            written.setdefault(name, match[1])
    for short, lines in places.items():
        longer = [n for n, found in places.items() if n.startswith(short + " ") and len(found) >= _LEAST_USES]
        if len(longer) == 1 and len(lines) == 1 and len(short.split()) >= _LEAST_SHARED:
            text = f"“{written[short]}” ghi thiếu so với tên “{written[longer[0]]}”."
            yield Defect((lines[0],), "typo-in-name", text)
