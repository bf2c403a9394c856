"""Which body issued a document: by its letterhead, else by its annex, its own words, its number or its signature.

The name is completed with the place it belongs to ("Ủy ban nhân dân" on the letterhead of a ward is that ward's committee).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from documents.citations.reference import Reference
from documents.cue import alternatives, capitalised, listed, opens, spelled
from documents.head.closing import signed_for
from documents.head.issuer import area_of, expand, proper_case
from documents.head.letterhead import Letterhead
from documents.head.page_facts import PageFacts
from documents.model import Span
from documents.structure.item import Item
from documents.text import collapse, fold, tone_marks
from ontology.knowledge import issuer_of_number, knowledge

_OFFICE_WITHIN = 4
"""So many items below the title at most name the office that issues, and so many stand between it and the first basis."""
_LONGEST_OFFICE = 6
"""The words of an office before its body are fewer."""
_ACT = 200


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What completes a name: the ``title`` of the document, the ``place`` of its dateline, its whole ``text`` and the
    ``province`` or city, with its kind, that it belongs to; ``seat`` is the place where the dateline tells its kind."""

    title: str | None
    place: str | None
    text: str
    province: str | None
    kind: str | None = None
    issued_by: str | None = None
    seat: str | None = None


def surroundings(
    title: str | None, place: str | None, text: str, province: str | None, kind: str | None, issued_by: str | None
) -> Surroundings:
    """The surroundings of a document whose dateline says ``place``, with or without the kind of the place ("Quận 8")."""
    named = re.fullmatch(rf"(?P<kind>{spelled('area')})\s+(?P<name>.+)", _areas_in_full(place)) if place else None
    seat = f"{named['kind'].lower()} {named['name']}" if named else None
    return Surroundings(title, named["name"] if named else place, text, province, kind, issued_by, seat)


def _areas_in_full(place: str) -> str:
    return tone_marks(expand(place))


def from_letterhead(
    head: Letterhead, opening: Sequence[Item], signing: Sequence[Item], around: Surroundings
) -> tuple[str, Span] | None:
    """The issuer that the letterhead names, with its line; ``opening`` are the first items of the body, ``signing`` those of the
    closing part."""
    if not head.bodies:
        return None
    line = head.bodies[-1][1]
    joint = _joint([name for name, _ in head.bodies])
    last = _joint([head.bodies[-1][0]])
    if around.kind and re.search(rf"\s{spelled('joint')}$", around.kind):
        return _together(joint, around), (line, line)
    if len(last) > 1:
        return _together(last, around), (line, line)
    names = [_spelled(name, around) for name, _ in head.bodies]
    name = _centre(names[-1], opening, signing, around) or _proven(names, head) or _own_body(names, opening, signing)
    return full_name(name, around), (line, line)


def _spelled(name: str, around: Surroundings) -> str:
    """A name set in capitals in its usual spelling, the place of the dateline as that writes it."""
    shown = proper_case(name.strip(" -"), around.text)
    return re.sub(rf"(?i)(?<!\w){re.escape(around.place)}(?!\w)", around.place, shown) if around.place else shown


def _together(names: Sequence[str], around: Surroundings) -> str:
    """The names of a joint document as one; a place that completes them all stands once, at the end."""
    full = [full_name(_spelled(name, around), around) for name in names]
    area = area_of(full[-1])
    ending = f" {area}" if area else "\n"
    return " - ".join([*(name.removesuffix(ending) for name in full[:-1]), full[-1]])


def _joint(names: Sequence[str]) -> Sequence[str]:
    """The bodies of a joint document: one on each line, or joined by dashes ("BỘ TƯ PHÁP - BỘ CÔNG AN")."""
    joined = " - ".join(name.strip(" -") for name in names)
    return re.split(rf"\s*[-–]\s*(?={spelled('body', 'body-of-members')})", tone_marks(joined))


def _centre(name: str, opening: Sequence[Item], signing: Sequence[Item], around: Surroundings) -> str | None:
    """The Politburo or the Secretariat, which issue under the heading of the Central Committee: so the words below the type,
    the signature or the first paragraphs say."""
    if not re.match(r"ban chap hanh trung uong(?: dang)?$", fold(name)):
        return None
    said = [around.issued_by, *(signed_for(item) for item in signing)]
    said += [m.group() for item in opening if (m := re.search(rf"{listed('party-centre')}(?=\s+{listed('speaks')})", item.text))]
    centre = {fold(body): body for body in knowledge().cues["party-centre"]}
    return next((centre[key] for words in said if words and (key := opens("party-centre", fold(words)))), None)


def _proven(names: Sequence[str], head: Letterhead) -> str | None:
    """The full name of a body that the code of the number proves, where the letterhead prints a part of it ("BAN TỔ CHỨC")."""
    suffix = issuer_of_number(head.number) if head.number else None
    if suffix and len(names) == 1 and opens("elected-body", fold(names[0])) and opens("issuer-department", fold(suffix.name)):
        return suffix.name  # the page lost the second line, which names the department
    if suffix is None or not suffix.proves:
        return None
    proven = fold(suffix.name)
    for shown in (names[-1], " ".join(names[-2:])):
        if proven.startswith(f"{fold(shown)} ") or proven == fold(shown):
            return suffix.name
    return None


def from_words(items: Sequence[Item], around: Surroundings) -> tuple[str, Span] | None:
    """The issuer that the first paragraphs name as such ("Ủy ban nhân dân phường ban hành Kế hoạch ...")."""
    for item in items:
        if match := _enacts().match(item.text[:_ACT]) or _issues().search(item.text[:1500]):
            line = item.line_at(match.start("who"))
            return full_name(without_office(expand(match["who"])), around), (line, line)
    return None


def from_office(items: Sequence[Item], around: Surroundings) -> tuple[str, Span] | None:
    """The issuer by the line in capitals that stands below the title and above the bases ("BỘ TRƯỞNG BỘ Y TẾ" / "Căn cứ ...")."""
    for n, item in enumerate(items[:_OFFICE_WITHIN]):
        if item.mark is not None or not item.capitals:
            return None
        name = re.split(rf"\s*[,-]?\s*{spelled('session-of-body')}", tone_marks(item.raw.strip(" *_")), maxsplit=1)[0]
        folded = fold(name)
        below = items[n + 1 : n + 1 + _OFFICE_WITHIN]
        if (opens("office", folded) or opens("body", folded)) and any(_opens_bases(i.raw) for i in below):
            return full_name(_spelled(without_office(name), around), around), item.lines
    return None


def _opens_bases(text: str) -> bool:
    return opens("opens-body", fold(text[:20]).lstrip(" _*-–+")) is not None


def without_office(name: str) -> str:
    """The body of which the name tells the office ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH" → "ỦY BAN NHÂN DÂN TỈNH"); the name itself
    where it is a body that is known by its office ("THỦ TƯỚNG CHÍNH PHỦ") or tells none."""
    words, known = name.split(), _known_bodies()
    if fold(name) in known or opens("office", fold(name)) is None:
        return name
    for n in range(1, min(_LONGEST_OFFICE, len(words))):
        rest = " ".join(words[n:])
        if fold(rest) in known or (re.match(spelled("body"), tone_marks(rest)) and opens("office", fold(rest)) is None):
            national = f"{fold(rest)} viet nam"  # the Governor leaves out the last words of "Ngân hàng Nhà nước Việt Nam"
            return known.get(fold(rest)) or known.get(national) or rest
    return name


@cache
def _known_bodies() -> dict[str, str]:
    """Folded → full name of the bodies that a code of a number proves."""
    return {fold(c.name): c.name for c in sorted(knowledge().issuer_codes.values(), key=lambda c: c.name) if c.proves}


def from_annex(reference: Reference, around: Surroundings) -> str | None:
    """The issuer that an annex names ("Ban hành kèm theo Kế hoạch số ... của Ủy ban nhân dân phường")."""
    return full_name(expand(reference.issuer), around) if reference.issuer else None


def from_page(facts: PageFacts, around: Surroundings) -> str | None:
    """The issuer that the page of a collection names; where it tells the place alone ("Tỉnh Cà Mau"), the number tells the
    body."""
    named = facts.issuer
    suffix = issuer_of_number(facts.number) if facts.number else None
    if named and suffix and re.match(rf"{spelled('area')}\s", named):
        return full_name(f"{suffix.name} {named}", around)
    return full_name(named, around) if named else None


def from_number(head: Letterhead, line: Span | None, around: Surroundings) -> tuple[str, Span | None] | None:
    """The issuer that the number proves, a blank one too ("Số: /KH-UBND")."""
    suffix = issuer_of_number(head.number) if head.number else None
    if suffix is None and head.number_blank:
        code = re.search(r"/\s*([A-ZĐ][\wĐđ]*(?:\s?-\s?[A-ZĐ][\wĐđ]*)+)", head.number_blank)
        suffix = issuer_of_number(f"1/{code[1]}") if code else None
    return (full_name(suffix.name, around), line) if suffix else None


def from_signature(signing: Sequence[Item], around: Surroundings) -> tuple[str, Span] | None:
    """The issuer for which the document is signed."""
    for item in signing:
        if name := signed_for(item):
            return full_name(proper_case(name, around.text), around), item.lines
    return None


@cache
def _enacts() -> re.Pattern[str]:
    """A paragraph that begins with the body and what it does: "Bộ Tài chính hướng dẫn thực hiện ..."."""
    return re.compile(rf"(?P<who>{capitalised('body', 'office')}[^,;.:]{{3,80}}?)\s+{listed('issuing-act', 'issuing')}")


@cache
def _issues() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;.]\s+|\d{{4}}\s*[,;]?\s+)(?P<who>{capitalised('body', 'office')}[^,;.]{{0,80}}?(?:,\s+[^,;.]{{2,30}}?){{0,2}})"
        rf"\s+(?:{listed('issuing')}|{listed('issuing-act')}(?=[^.]*:\s*$|[^.]*như sau))"
    )


def _own_body(names: Sequence[str], opening: Sequence[Item], signing: Sequence[Item]) -> str:
    """The issuer among the bodies of a letterhead (the superior one first), with what the one above, the first paragraphs or the
    signature add to its name."""
    name = names[-1]
    above = names[-2] if len(names) > 1 else ""
    folded, over = fold(name), fold(above)
    of_party = (opens("party-organ", folded) == folded or opens("committee", folded)) and opens("party-committee", over)
    if above and (opens("board", folded) == folded or of_party):
        return f"{name} {above}"
    if (board := opens("committee", folded)) and over.endswith("trung uong") and "trung uong" not in folded:
        return f"{name[: len(board)]} Trung ương{name[len(board) :]}"
    if opens("body-of-members", over) and (branch := re.fullmatch(rf"({spelled('board')})\s+({spelled('area')}\s.+)", name)):
        return f"{branch[1]} {above} {branch[2]}"
    if opens("council-committee", folded) and over.startswith("hoi dong nhan dan"):
        return f"{name} {above}"
    tail = re.search(rf"\s{spelled('area')}$", tone_marks(name))
    if tail and (area := area_of(above)) and area.startswith(tail.group().strip() + " "):
        return f"{name[: tail.start()]} {area}"
    of_area = re.match(spelled("organ-of-area"), tone_marks(name)) and (
        opens("elected-body", over) or opens("issuer-department", over)
    )
    if of_area and (area := area_of(above)) and not area_of(name):
        return f"{name} {area}"
    if opens("party-committee", folded) and (
        any(fold(signed_for(i) or "").startswith("ban thuong vu") for i in signing)
        or any(_standing_board().search(fold(item.text[:1500])) for item in opening)
    ):
        return f"Ban Thường vụ {name}"
    return name


@cache
def _standing_board() -> re.Pattern[str]:
    """The standing board of a committee of the Party as the one that speaks, not as the issuer of a cited document."""
    return re.compile(
        rf"(?<!cua )ban thuong vu (?:{alternatives('party-committee')}[^,;.]{{0,30}}? )?(?:da )?{alternatives('speaks')}"
    )


def full_name(name: str, around: Surroundings) -> str:
    """The name with the place it belongs to: the ward of a ward's committee, the province of a department."""
    name = collapse(re.sub(r"\s*\([^)]*\)", "", expand(name))).strip(" ,.;:")
    folded = fold(name)
    if re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)", folded):
        if area := area_of(name):
            if around.place and fold(area).endswith(" " + fold(around.place)):
                # the dateline spells the place in small letters; capitals of a bad scan may have lost its accents
                return name.replace(area, area[: -len(around.place)] + around.place)
            return name
        tail = re.search(rf"{spelled('area')}$", name)
        base = name[: tail.start()].strip() if tail else name
        area = _area(tail.group() if tail else None, around)
        return f"{base} {area}" if area else name
    if re.match(r"so\s", folded) and around.province and not area_of(name):
        bare = re.sub(rf"^{spelled('area')}\s+", "", around.province)
        if folded.endswith(" " + fold(bare)):
            return f"{name[: -len(bare)].strip()} {around.province}"
        return f"{name} {around.province}"
    return name


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _area(kind: str | None, around: Surroundings) -> str | None:
    """The place that completes a name which ends in ``kind`` ("phường") or in no kind of place at all."""
    place, province = around.place, around.province
    if around.seat and (kind is None or around.seat.startswith(kind)):
        return around.seat
    named = _area_of_title(around)
    if named and (kind is None or named.startswith(kind)):
        return named
    if province and (kind is None or province.startswith(kind)) and (kind or not place or fold(province).endswith(fold(place))):
        return province
    if kind and place and f"{kind} {place}" in around.text:
        return f"{kind} {place}"
    if place:
        local = re.compile(rf"{spelled('area')}\s+{re.escape(place)}")
        if found := local.search(around.text):
            return found.group()
    return None if kind else named or province


def _area_of_title(around: Surroundings) -> str | None:
    """The place that the title names, unless kinds of places are only told over there ("XÃ, PHƯỜNG, THỊ TRẤN PHÙ HỢP ...")."""
    title = around.title or ""
    named = area_of(title)
    if named is None or re.search(rf"{spelled('area')}\s*,\s*$", tone_marks(title[: title.find(named)])):
        return None
    return _lower_first(proper_case(named, around.text))
