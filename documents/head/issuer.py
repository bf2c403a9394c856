"""Issuers: their full names, whose province or commune they belong to, and at which level they stand."""

from __future__ import annotations

import re
from functools import cache

from documents.cue import alternatives, capitalised, opens, pattern, spelled
from documents.letters import CAPITAL
from documents.text import collapse, fold, fold_same_length, tone_marks
from ontology.knowledge import Level, knowledge

_AREA_WORD = rf"[{CAPITAL}][\w']*"
_VOWEL = re.compile(r"[aeiouy]")
_WRITTEN_OUT = ("UBND", "HĐND", "TTg", "MTTQ", "BCH", "BTV", "TNCS", "LĐLĐ")
"""The short names of issuers that are written out; the ontology's lists say as what."""


@cache
def _area_name() -> re.Pattern[str]:
    return re.compile(
        rf"(?!{spelled('not-area')})(?P<kind>{spelled('area')})\s+"
        rf"(?P<name>(?:{_AREA_WORD}|\d{{1,2}}(?![\w/]))(?:\s+(?:{_AREA_WORD}|\d+(?!/)))*)"
    )


@cache
def _short_names() -> tuple[tuple[str, str], ...]:
    known = knowledge()
    return tuple((short, known.abbreviations.get(short) or known.issuer_codes[short].name) for short in _WRITTEN_OUT)


def expand(name: str) -> str:
    """The name with its usual abbreviations written out: "UBND TP Hải Phòng" → "Ủy ban nhân dân thành phố Hải Phòng"."""
    text = collapse(name)
    for short, full in _short_names():
        text = re.sub(rf"\b{short}\b", full, text)
    text = _areas_written_out(text)
    text = re.sub(r"Uỷ ban", "Ủy ban", text)
    text = re.sub(
        rf"(?<=\s){capitalised('area')}(?=\s+(?!{spelled('body-of-members')})[{CAPITAL}\d])", lambda m: m.group().lower(), text
    )
    return re.sub(r"(?i)^ủy ban nhân dân", "Ủy ban nhân dân", text)


def _areas_written_out(text: str) -> str:
    """The text with its short kinds of places in full: "TP.Hồ Chí Minh", "UBND TX. Đồng Xoài", "Q. 3"."""
    known = knowledge()
    for short in known.cues["area-short"]:
        full = known.abbreviations[short]
        text = re.sub(
            rf"\b{short}(?:\.\s*|\s+)(?=[{CAPITAL}\d])", f"{full.upper() if text.isupper() else full} ", text, flags=re.I
        )
    return text


def area_of(text: str) -> str | None:
    """The first place with its kind that the words name ("phường Hải Dương"), or ``None``."""
    match = _area_name().search(text)
    return f"{match['kind']} {match['name']}" if match else None


def complete_issuer(name: str | None, own: str | None) -> str | None:
    """The full name of a cited issuer as the citing document means it. ``own`` is the full name of the citing document's issuer.

    "UBND thành phố" in the plan of a body of Hải Phòng is "Ủy ban nhân dân thành phố Hải Phòng"; "UBND phường" in a ward's plan
    is that ward's. A name that the document does not complete stays as it is.
    """
    if not name:
        return None
    text = expand(name)
    if not own:
        return text
    area = area_of(own)
    tail = re.search(rf"(?P<kind>{spelled('area')})$", text)
    if tail and area and area.startswith(tail["kind"] + " "):
        return text[: tail.start("kind")] + area
    return text


@cache
def level_of(issuer: str | None) -> str | None:
    """The label of the level at which a body stands ("phường/xã", "quận/huyện", "sở/ngành"), or ``None`` for an unknown one."""
    if not issuer:
        return None
    folded = fold(issuer)
    if opens("issuer-department", folded):
        return "sở/ngành"
    first = _first_place().search(tone_marks(issuer))
    own = knowledge().level_of_place(first["kind"]) if first else None
    if own is not None and own.id == "phuong-xa":
        return own.label
    if opens("issuer-district", folded) and _in_district().search(folded):
        return knowledge().level_with_id("huyen").label
    if pattern("issuer-province-party").search(folded) or opens("issuer-province", folded):
        return "thành phố"
    known = {fold(c.name): c.level for c in knowledge().issuer_codes.values() if c.level}
    if folded in known:
        return known[folded]
    if opens("issuer-any-level", folded):
        return None
    if opens("issuer-national", folded):
        return "trung ương"
    return "thành phố" if re.search(r"(?:thanh pho|tinh)\s+[a-z]", folded) else None


@cache
def _first_place() -> re.Pattern[str]:
    return re.compile(rf"(?P<kind>{spelled('area')})(?:$|\s+[{CAPITAL}])")


@cache
def places_of(level: Level) -> str:
    """A pattern for the kinds of places of ``level`` in folded words ("xa" but not "xa hoi"); "" where it has none."""
    others = [fold(words).split(" ", 1) for words in knowledge().cues["not-place"]]
    kinds = []
    for kind in (fold(words) for words in level.places):
        not_this = "|".join(after for word, after in others if word == kind)
        kinds.append(rf"{kind}(?!\s+(?:{not_this})(?!\w))" if not_this else kind)
    return "|".join(kinds)


@cache
def _in_district() -> re.Pattern[str]:
    """A place of a district: one by its kind, or a city that its name places in a province."""
    return re.compile(rf"{alternatives('area-district')}\s+[a-z]|thanh pho\s+[a-z].*(?:,|\sthuoc)\s*(?:tinh|thanh pho)\s+[a-z]")


def province_of(text: str, place: str | None) -> str | None:
    """The province or city with its kind that a text belongs to ("thành phố Hải Phòng"): the place of the dateline where that
    is a province, else the one that the text names most often. ``None`` when it names none."""
    known = _provinces()
    bare = re.sub(rf"^(?:{spelled('area', 'area-short')})\.?\s*", "", place) if place else ""
    if fold(bare) in known:
        return known[fold(bare)]
    counts: dict[str, int] = {}
    for match in re.finditer(rf"(?:thành phố|tỉnh|TP\.?)\s+((?:[{CAPITAL}]\w*\s?){{1,3}})", text):
        words = match[1].split()
        for n in range(len(words), 0, -1):
            name = known.get(fold(" ".join(words[:n])))
            if name:
                counts[name] = counts.get(name, 0) + 1
                break
    return min(counts, key=lambda n: (-counts[n], n)) if counts else None


def ends_in_place(words: str) -> str:
    """The end of the words that is a province's or city's name, with its kind where that stands before it; the words themselves
    where they end in none: "Đắk Nông Hà Nội" → "Hà Nội"."""
    parts = words.split()
    for n in range(len(parts) - 1, 0, -1):
        name = " ".join(parts[n:])
        if fold(name) in _provinces() and not re.search(rf"{spelled('area', 'area-short')}\.?$", " ".join(parts[:n])):
            return name
    return words


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
    """A name set in capitals as the rest of the document writes it, else in the usual way ("SỞ XÂY DỰNG" → "Sở Xây dựng")."""
    if not any(c.isalpha() for c in name) or name != name.upper():
        return name
    for short, full in _short_names():
        name = re.sub(rf"\b{short.upper()}\b", full.upper(), name)
    name = _areas_written_out(name)
    folded, words = fold(name), name.split()
    if written := _written(name, text):
        return written
    known = max((n for n in _known_names() if folded == fold(n) or folded.startswith(fold(n) + " ")), key=len, default="")
    for n in range(len(words) - 1, max(2, len(known.split())), -1):
        if written := _written(" ".join(words[:n]), text):
            known = written
            break
    if named := _hospital(name):
        return named
    if not known:
        return _cased(name, first=True)
    behind_area = re.search(rf"{spelled('area', 'area-beside', 'party-committee')}$", tone_marks(known)) is not None
    return f"{known} {_cased(name[len(known) :].strip(), first=False, area=behind_area)}".strip()


def _hospital(name: str) -> str | None:
    """The name of a hospital, or ``None``: its fields as the ontology writes them, every other word a name ("BỆNH VIỆN ĐA
    KHOA ĐỨC GIANG" → "Bệnh viện Đa khoa Đức Giang")."""
    text = tone_marks(name)
    if (head := re.match(spelled("hospital"), text)) is None:
        return None
    fields = {tone_marks(field).lower(): field for field in knowledge().cues["hospital-field"]}
    rest = re.sub(r"\w+", lambda m: m.group().capitalize(), text[head.end() :])
    rest = re.sub(spelled("hospital-field"), lambda m: fields[" ".join(m.group().lower().split())], rest)
    return head.group().capitalize() + rest


def _written(name: str, text: str) -> str | None:
    """A name as the text writes it most often outside capitals, or ``None``."""
    variants: dict[str, int] = {}
    words = re.escape(fold_same_length(name)).replace(r"\ ", r"\s+")
    for match in re.finditer(rf"(?<!\w){words}(?!\w)", fold_same_length(text)):
        found = collapse(text[match.start() : match.end()])
        if found != found.upper() and found[:1].isupper():
            variants[found] = variants.get(found, 0) + 1
    return min(variants, key=lambda v: (-variants[v], v)) if variants else None


@cache
def _known_names() -> tuple[str, ...]:
    return tuple(sorted({*(c.name for c in knowledge().issuer_codes.values()), *(u.label for u in knowledge().units)}))


def _cased(name: str, first: bool, area: bool = False) -> str:
    """Small letters but for the first word (where ``first``), the second of a body's name, what stands behind "và" and "," in it,
    and the names of places. ``area``: the words before ended in a kind of place ("Công an phường")."""
    written, words = name.split(), tone_marks(name.lower()).split()
    cues = knowledge().cues
    heads = (head.split() for head in cues["body-with-field"])
    body = max((len(head) for head in heads if words[: len(head)] == head), default=0)
    kinds = (*cues["party-committee"], *sorted((*cues["area-beside"], *cues["area"]), key=len, reverse=True))
    out: list[str] = []
    n = 0
    while n < len(words):
        if not _VOWEL.search(fold(words[n])) and words[n].strip(",;").isalpha():
            out.append(written[n])  # letters that no word is made of: an abbreviation
            n += 1
            continue
        kind = next((k for k in kinds if words[n : n + len(k.split())] == k.split()), None)
        if kind and " ".join(words[n : n + 2]) not in cues["not-area"]:
            out.append(kind[:1].upper() + kind[1:] if first and not out else kind)
            area = True
            n += len(kind.split())
            continue
        before = words[n - 1] if n else ""
        field = (body and (n == body or before == "và" or before.endswith(","))) or before == "-"
        capital = area or (first and not out) or field or " ".join(words[max(0, n - 2) : n]) in cues["school"]
        out.append(words[n][:1].upper() + words[n][1:] if capital else words[n])
        n += 1
    joined = re.sub(r"(?<=\w)-(\w)", lambda m: "-" + m[1].upper(), " ".join(out))
    placed = _place_names().sub(lambda m: m.group().title(), joined)
    return _long_names().sub(lambda m: _written_names()[m.group().lower()], placed)


@cache
def _written_names() -> dict[str, str]:
    """Small letters → the known names of several words that stand inside longer ones ("Hội Liên hiệp Phụ nữ Việt Nam")."""
    known = knowledge()
    names = {*known.cues["superior"], *(code.name for code in known.issuer_codes.values())}
    return {tone_marks(name).lower(): tone_marks(name) for name in sorted(names) if len(name.split()) > 3}


@cache
def _long_names() -> re.Pattern[str]:
    names = sorted(_written_names(), key=lambda n: (-len(n), n))
    return re.compile(r"(?<!\w)(?i:" + "|".join(re.escape(n) for n in names) + r")(?!\w)")


@cache
def _place_names() -> re.Pattern[str]:
    places = knowledge().places
    names = {"việt nam", *(p.label.lower() for p in places), *(a.lower() for p in places for a in p.predecessors)}
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)")
