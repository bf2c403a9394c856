"""Which body issued a document: by its letterhead, else by its annex, its own words, its number or its signature.

The name is completed with the place it belongs to ("Ủy ban nhân dân" on the letterhead of a ward is that ward's committee).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from documents.closing import signed_for
from documents.cue import alternatives, capitalised, listed, opens, spelled
from documents.issuer import area_of, expand, proper_case
from documents.item import Item
from documents.letterhead import Letterhead
from documents.model import Span
from documents.reference import Reference
from documents.text import collapse, fold
from ontology.knowledge import issuer_of_number


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What completes a name: the ``title`` of the document, the ``place`` of its dateline, its whole ``text`` and the
    ``province`` or city, with its kind, that it belongs to."""

    title: str | None
    place: str | None
    text: str
    province: str | None


def from_letterhead(head: Letterhead, signing: Sequence[Item], around: Surroundings) -> tuple[str, Span] | None:
    """The issuer that the letterhead names, with its line; ``signing`` are the items of the closing part."""
    if not head.bodies:
        return None
    line = head.bodies[-1][1]
    name = _own_body([proper_case(name, around.text) for name, _ in head.bodies], signing)
    return full_name(name, around), (line, line)


def from_words(items: Sequence[Item], around: Surroundings) -> tuple[str, Span] | None:
    """The issuer that the first paragraphs name as such ("Ủy ban nhân dân phường ban hành Kế hoạch ...")."""
    for item in items:
        if match := _issues().search(item.text[:1500]):
            line = item.line_at(match.start("who"))
            return full_name(expand(match["who"]), around), (line, line)
    return None


def from_annex(reference: Reference, around: Surroundings) -> str | None:
    """The issuer that an annex names ("Ban hành kèm theo Kế hoạch số ... của Ủy ban nhân dân phường")."""
    return full_name(expand(reference.issuer), around) if reference.issuer else None


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
def _issues() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[,;.]\s+|\d{{4}}\s*[,;]?\s+)(?P<who>{capitalised('body')}[^,;.]{{0,80}}?(?:,\s+[^,;.]{{2,30}}?){{0,2}})"
        rf"\s+{listed('issuing')}"
    )


def _own_body(names: Sequence[str], signing: Sequence[Item]) -> str:
    """The issuer among the bodies of a letterhead (the superior one first), with what the one above or the signature adds to
    its name."""
    name = names[-1]
    above = names[-2] if len(names) > 1 else ""
    folded, over = fold(name), fold(above)
    party = alternatives("party-committee")
    if re.match(r"(?:ban chap hanh|ban thuong vu)$", folded) and re.match(rf"(?:dang bo|{party})", over):
        return f"{name} {above}"
    if re.match(r"(?:van phong|thanh tra|ban tiep cong dan)$", folded) and above:
        return f"{name} {above}"
    if re.match(r"so\s", folded) and (area := area_of(above)) and not area_of(name):
        return f"{name} {area}"
    if opens("party-committee", folded) and any(fold(signed_for(i) or "").startswith("ban thuong vu") for i in signing):
        return f"Ban Thường vụ {name}"
    return name


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


def _area(kind: str | None, around: Surroundings) -> str | None:
    """The place that completes a name which ends in ``kind`` ("phường") or in no kind of place at all."""
    place, province = around.place, around.province
    named = area_of(around.title or "")
    if named and (kind is None or named.startswith(kind)):
        return named
    if province and (kind is None or province.startswith(kind)) and (kind or not place or fold(province).endswith(fold(place))):
        return province
    if kind and place and f"{kind} {place}" in around.text:
        return f"{kind} {place}"
    if place:
        local = re.compile(rf"{spelled('area-commune', 'area-district')}\s+{re.escape(place)}")
        if found := local.search(around.text):
            return found.group()
    return named or province
