"""Issuers: their full names, whose province or commune they belong to, and at which level they stand."""

from __future__ import annotations

import re
from functools import cache

from documents.text import collapse, fold, fold_same_length
from ontology.knowledge import knowledge

_AREA = r"(?:thành phố|tỉnh|phường|xã|thị trấn|quận|huyện|thị xã|đặc khu)"
_AREA_NAME = re.compile(rf"(?P<kind>{_AREA})\s+(?P<name>[A-ZĐÀ-Ỹ][\wÀ-ỹ']*(?:\s+(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ']*|\d+(?!/)))*)")
_SHORT = (("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân"), ("TTg", "Thủ tướng Chính phủ"))


def expand(name: str) -> str:
    """The name with its usual abbreviations written out: "UBND TP Hải Phòng" → "Ủy ban nhân dân thành phố Hải Phòng"."""
    text = collapse(name)
    for short, full in _SHORT:
        text = re.sub(rf"\b{short}\b", full, text)
    text = re.sub(r"\bTP\.?\s*(?=[A-ZĐ])", "thành phố ", text)
    text = re.sub(r"Uỷ ban", "Ủy ban", text)
    return re.sub(r"(?i)^ủy ban nhân dân", "Ủy ban nhân dân", text)


def area_of(text: str) -> str | None:
    """The first place with its kind that the words name ("phường Hải Dương"), or ``None``."""
    match = _AREA_NAME.search(text)
    return f"{match['kind']} {match['name']}" if match else None


def complete_issuer(name: str | None, own: str | None) -> str | None:
    """The full name of a cited issuer as the citing document means it. ``own`` is the full name of the citing document's issuer.

    "UBND thành phố" in the plan of a body of Hải Phòng is "Ủy ban nhân dân thành phố Hải Phòng"; "UBND phường" in a ward's plan is
    that ward's. A name that the document does not complete stays as it is.
    """
    if not name:
        return None
    text = expand(name)
    if not own:
        return text
    area = area_of(own)
    tail = re.search(rf"(?:^|\s)(?P<kind>{_AREA})$", text)
    if tail and area and area.startswith(tail["kind"] + " "):
        return text[: tail.start("kind")] + area
    return text


@cache
def level_of(issuer: str | None) -> str | None:
    """The level at which a body stands ("phường/xã", "sở/ngành", "thành phố", "trung ương"), or ``None`` for an unknown one."""
    if not issuer:
        return None
    folded = fold(issuer)
    if re.match(
        r"(?:so|ban quan ly|thanh doan|tinh doan|chi cuc|thanh tra (?:tinh|thanh pho)|cong an (?:tinh|thanh pho))(?![a-z])",
        folded,
    ):
        return "sở/ngành"
    if re.search(r"(?:^|\s)(?:phuong|xa|thi tran|dac khu)(?![a-z])", folded) and not folded.startswith("bo "):
        return "phường/xã"
    if re.search(r"(?:^|\s)(?:quan|huyen|thi xa)\s+[a-z]", folded) and re.match(
        r"(?:uy ban|hoi dong|huyen uy|quan uy|ubnd)", folded
    ):
        return "phường/xã"
    if re.search(r"thanh uy|tinh uy|dang bo (?:tinh|thanh pho)", folded):
        return "thành phố"
    if re.match(r"(?:uy ban nhan dan|hoi dong nhan dan|van phong uy ban nhan dan)", folded):
        return "thành phố"
    if re.match(r"(?:phong|trung tam|van phong)(?![a-z])", folded):
        return None
    known = {fold(c.name): c.level for c in knowledge().issuer_codes.values() if c.level}
    if folded in known:
        return known[folded]
    if re.match(
        r"(?:quoc hoi|chinh phu|thu tuong|bo |chu tich nuoc|bo chinh tri|ban chap hanh trung uong|ban bi thu|uy ban thuong vu|toa an nhan dan toi cao|vien kiem sat|ngan hang nha nuoc|van phong chinh phu|ban chi dao trung uong|uy ban quoc gia|cuc |tong cuc |bao hiem xa hoi viet nam)",
        folded,
    ):
        return "trung ương"
    return "thành phố" if re.search(r"(?:thanh pho|tinh)\s+[a-z]", folded) else None


def province_of(text: str, place: str | None) -> str | None:
    """The province or city with its kind that a text belongs to ("thành phố Hải Phòng"): the place of the dateline where that is a
    province, else the one that the text names most often. ``None`` when it names none."""
    known = _provinces()
    if place and fold(place) in known:
        return known[fold(place)]
    counts: dict[str, int] = {}
    for match in re.finditer(r"(?:thành phố|tỉnh|TP\.?)\s+((?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\s?){1,3})", text):
        words = match[1].split()
        for n in range(len(words), 0, -1):
            name = known.get(fold(" ".join(words[:n])))
            if name:
                counts[name] = counts.get(name, 0) + 1
                break
    return min(counts, key=lambda n: (-counts[n], n)) if counts else None


@cache
def _provinces() -> dict[str, str]:
    """Folded bare name → name with its kind, for provinces of today and those merged into them."""
    names: dict[str, str] = {}
    for place in knowledge().places:
        names[fold(place.label)] = place.full_name
        for alias in place.aliases:
            names.setdefault(fold(alias), place.full_name)
    return names


def proper_case(name: str, text: str) -> str:
    """A name set in capitals in the way the rest of the document writes it, else in the usual way: "SỞ XÂY DỰNG" → "Sở Xây dựng"."""
    if not any(c.isalpha() for c in name) or name != name.upper():
        return name
    for short, full in _SHORT:
        name = re.sub(rf"\b{short.upper()}\b", full.upper(), name)
    name = re.sub(r"\bTP\.?\s*(?=[A-ZĐÀ-Ỹ])", "THÀNH PHỐ ", name)
    folded = fold_same_length(name)
    variants: dict[str, int] = {}
    for match in re.finditer(re.escape(folded).replace(r"\ ", r"\s+"), fold_same_length(text)):
        found = collapse(text[match.start() : match.end()])
        if found != found.upper() and found[:1].isupper():
            variants[found] = variants.get(found, 0) + 1
    if variants:
        return min(variants, key=lambda v: (-variants[v], v))
    known = max((n for n in _known_names() if folded == fold(n) or folded.startswith(fold(n) + " ")), key=len, default="")
    rest = name[len(known) :].strip()
    return f"{known} {_cased(rest, first=False, area=fold(known).endswith(tuple(fold(k) for k in _AREAS)))}".strip() if known else _cased(name, first=True)


@cache
def _known_names() -> tuple[str, ...]:
    return tuple(sorted({*(c.name for c in knowledge().issuer_codes.values()), *(u.label for u in knowledge().units)}))


_AREAS = ("xã đảo", "thành phố", "thị trấn", "thị xã", "đặc khu", "tỉnh", "phường", "xã", "quận", "huyện", "đảo")
_PARTY = ("tỉnh ủy", "thành ủy", "đảng ủy", "huyện ủy", "quận ủy")
_BODIES = ("sở", "bộ", "ban", "cục", "vụ", "phòng", "viện", "chi", "tổng")


def _cased(name: str, first: bool, area: bool = False) -> str:
    """Small letters but for the first word (where ``first``), the second of a body's name, what stands behind "và" and "," in it, and
    the names of places. ``area``: the words before ended in a kind of place ("Công an phường")."""
    words = name.lower().split()
    body = bool(words) and words[0] in _BODIES
    out: list[str] = []
    n = 0
    while n < len(words):
        kind = next((k for k in (*_PARTY, *_AREAS) if words[n : n + len(k.split())] == k.split()), None)
        if kind:
            out.append(kind[:1].upper() + kind[1:] if first and not out else kind)
            area = True
            n += len(kind.split())
            continue
        before = words[n - 1] if n else ""
        capital = area or (first and not out) or (body and (n == 1 or before == "và" or before.endswith(",")))
        out.append(words[n][:1].upper() + words[n][1:] if capital else words[n])
        n += 1
    return _place_names().sub(lambda m: m.group().title(), " ".join(out))


@cache
def _place_names() -> re.Pattern[str]:
    names = {"Việt Nam", *(p.label for p in knowledge().places), *(a for p in knowledge().places for a in p.predecessors)}
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n.lower()) for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)")
