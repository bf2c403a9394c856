"""The header of a document: type, title, issuer, number, date, signer, and the days a plan covers.

Form of administrative documents: Nghị định 30/2020/NĐ-CP, Article 8 and appendix I. Real files lose parts of it (letterhead cut
off, number blank), so each field is looked for where the form puts it and then where the text itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cue import opens, pattern
from documents.deadline import period
from documents.issuer import area_of, expand, level_of, proper_case, province_of
from documents.item import Item
from documents.letterhead import Letterhead, Segment, dated, letterhead, segments, subject
from documents.mark import mark_of
from documents.model import Header, Period, Signer, Span
from documents.reference import Reference, numbered, type_label
from documents.text import collapse, fold
from ontology.knowledge import issuer_of_number, knowledge
from ontology.numbers import number_parts

_HEAD_LINES = 90
_TITLE_PARTS = 6


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Type and title as they stand: ``above`` are the pieces of the letterhead, ``first`` the line of the type, ``last`` the last
    line of the title (0: there is none); the body begins behind it."""

    type: str | None
    title: str | None
    above: tuple[Segment, ...]
    first: int
    last: int


def title_block(lines: Sequence[str]) -> TitleBlock:
    """Find type and title among the first lines of a document."""
    found = segments(lines, _HEAD_LINES)
    for i, segment in enumerate(found):
        if len(segment.text) > 160 or (i > 12 and mark_of(segment.text)[0] is not None and len(segment.text) > 40):
            break
        if said := _type_at(segment.text):
            return _titled(found, i, *said)
    for i, segment in enumerate(found[:30]):
        if (words := subject(segment.text)) is not None:
            parts, last = [words], segment.line
            for after in found[i + 1 :]:
                if after.gap or after.text[:1].isupper() or dated(after.text):
                    break
                parts.append(after.text)
                last = after.line
            rest = [s for s in found[i + 1 :] if s.line <= last + 2 and dated(s.text)]
            last = max([last, *(s.line for s in rest)])
            return TitleBlock("Công văn", collapse(" ".join(parts)), tuple(found[:i]) + tuple(rest), segment.line, last)
    end = next(
        (i for i, s in enumerate(found) if _opens_body(s.text) or len(s.text) > 110 or _marked(s.text)), min(len(found), 6)
    )
    return TitleBlock(None, None, found[:end], 0, found[end - 1].line if end else 0)


def _titled(found: Sequence[Segment], i: int, kind: str, rest: str) -> TitleBlock:
    parts, last = ([rest] if rest else []), found[i].line
    for n, after in enumerate(found[i + 1 :], i + 1):
        if len(parts) >= _TITLE_PARTS or not _title_part(found, n, parts):
            if not parts and (dated(after.text) or _aside(after.text)):
                continue
            break
        parts.append(after.text)
        last = after.line
    title = collapse(" ".join(parts)).strip(" .*_-–") or None
    return TitleBlock(kind, title, tuple(found[:i]), found[i].line, last)


def _type_at(text: str) -> tuple[str, str] | None:
    """The type that a line opens with in capitals, and what stands behind it on the line."""
    words = text.split()
    for n in range(min(5, len(words)), 0, -1):
        name = " ".join(words[:n]).strip("*: ")
        rest = " ".join(words[n:])
        if name == name.upper() and (label := type_label(name)) and not re.match(r"(?:\d|[Ss]ố\b|SỐ\b|NÀY\b)", rest):
            return label, rest
    return None


def _aside(text: str) -> bool:
    """Marks of urgency and "Dự thảo" that stand between type and title."""
    folded = fold(text)
    return bool(opens("urgency", folded)) and len(folded) < 20


def _marked(text: str) -> bool:
    mark = mark_of(text)[0]
    return mark is not None and not mark.bullet


def _opens_body(text: str) -> bool:
    return bool(re.match(r"(?:can cu|xet|theo de nghi|kinh gui|can cu)(?![a-z])", fold(text))) and len(text) > 12


def _title_part(found: Sequence[Segment], n: int, parts: Sequence[str]) -> bool:
    text = found[n].text
    folded = fold(text)
    if _marked(text) or mark_of(text)[0] is not None or dated(text) or _aside(text) or _opens_body(text):
        return False
    if re.match(r"\W*(?:ban hanh )?kem theo |so\s*:", folded):
        return False
    if parts and found[n].gap and re.match(r"(?:thuc hien|trien khai|de|nham|sau khi|ngay)\s", folded):
        return False
    if parts and text == text.upper() and _organisation(folded) and not re.search(r"\d{4}", folded):
        return False
    end = next((k for k in range(n + 1, len(found)) if found[k].gap), len(found))
    paragraph = " ".join(s.text for s in found[n:end])
    if paragraph.endswith((";", ":")) or (paragraph.endswith(".") and (len(paragraph) > 150 or parts)):
        return not parts and not found[n].gap and len(text) < 120 and n + 1 < end and not text.endswith((";", ":", "."))
    return len(text) <= 220


def _organisation(folded: str) -> bool:
    return bool(
        re.match(
            r"(?:uy ban|hoi dong|chinh phu|thu tuong|bo truong|quoc hoi|giam doc|chu tich|so|bo|ban|thanh uy|tinh uy|chanh)(?![a-z])",
            folded,
        )
    )


def header(block: TitleBlock, items: Sequence[Item], start: int, stop: int | None, text: str) -> Header:
    """The header. ``items`` are all items of the document, ``start`` the first of the body, ``stop`` the first of its closing part
    (or ``None``), ``text`` the words of the whole document."""
    lines: dict[str, Span] = {}
    head = letterhead(block.above)
    if block.first:
        lines["type"] = (block.first, block.first)
    if block.title:
        lines["title"] = (block.first, block.last)
    number, date, year = head.number, head.date, head.year
    for name, line in (("number", head.number_line), ("date", head.date_line), ("place", head.date_line if head.place else None)):
        if line:
            lines[name] = (line, line)
    accompanying = _accompanying(items, block.type)
    if accompanying and number is None and accompanying[0].number:
        number, lines["number"] = accompanying[0].number, accompanying[1].lines
    if accompanying and date is None and accompanying[0].date:
        date, lines["date"] = accompanying[0].date, accompanying[1].lines
    issuer = _issuer(block, head, items, start, stop, text, accompanying, lines)
    covers = period(block.title or "")
    return Header(
        type=block.type or _type_by_number(number),
        number=number,
        number_note=None if number else _number_note(head, items),
        title=block.title,
        issuer=issuer,
        level=level_of(issuer),
        date=date,
        date_note=f"Ngày ban hành không đầy đủ: “{head.date_blank}” (dòng {head.date_line})."
        if head.date_blank and not date
        else None,
        year=int(date[:4]) if date else year or (int(covers[0][:4]) if covers else None),
        place=head.place,
        signer=_signer(items, stop, lines),
        period=Period(*covers) if covers else None,
        lines=tuple(sorted(lines.items())),
    )


def _type_by_number(number: str | None) -> str | None:
    parts = number_parts(number) if number else None
    if parts is None:
        return None
    return next((t.label for t in knowledge().document_types if parts.type_code in t.codes), "Công văn")


def _number_note(head: Letterhead, items: Sequence[Item]) -> str | None:
    if head.number_blank:
        return f"Số để trống: “{head.number_blank}” (dòng {head.number_line})."
    return f"Văn bản không có dòng số, ký hiệu (mở đầu ở dòng {items[0].lines[0]})." if items else None


def _accompanying(items: Sequence[Item], kind: str | None) -> tuple[Reference, Item] | None:
    """The reference in an annex's "(Ban hành kèm theo Kế hoạch số ... của ...)", with its item; it names the document itself."""
    for item in items:
        if len(item.raw) < 260 and re.match(r"\W*(?:ban hanh )?kem theo ", fold(item.raw)):
            for reference in numbered(item.text):
                if kind is None or reference.type == kind:
                    return reference, item
    return None


_ISSUES = re.compile(
    r"(?:^|[,;.]\s+|\d{4}\s*[,;]?\s+)(?P<who>(?:Ủy ban nhân dân|UBND|Sở|Bộ|Ban|Thành ủy|Tỉnh ủy|Đảng ủy|Cục|Phòng|Văn phòng|Hội đồng nhân dân)[^,;.]{0,80}?"
    r"(?:,\s+[^,;.]{2,30}?){0,2})\s+(?:xây dựng|ban hành|đề ra)\b"
)


def _issuer(
    block: TitleBlock,
    head: Letterhead,
    items: Sequence[Item],
    start: int,
    stop: int | None,
    text: str,
    accompanying: tuple[Reference, Item] | None,
    lines: dict[str, Span],
) -> str | None:
    province = province_of(text, head.place)
    signing = items[stop:] if stop is not None else ()
    if head.bodies:
        line = head.bodies[-1][1]
        lines["issuer"] = (line, line)
        return _full(
            _own_body([proper_case(name, text) for name, _ in head.bodies], signing), block.title, head.place, province, text
        )
    if accompanying and accompanying[0].issuer:
        lines["issuer"] = accompanying[1].lines
        return _full(expand(accompanying[0].issuer), block.title, head.place, province, text)
    for item in items[start : start + 12]:
        if match := _ISSUES.search(item.text[:1500]):
            line = item.line_at(match.start("who"))
            lines["issuer"] = (line, line)
            return _full(expand(match["who"]), block.title, head.place, province, text)
    suffix = issuer_of_number(head.number) if head.number else None
    if (
        suffix is None
        and head.number_blank
        and (code := re.search(r"/\s*([A-ZĐ][\wĐđ]*(?:\s?-\s?[A-ZĐ][\wĐđ]*)+)", head.number_blank))
    ):
        suffix = issuer_of_number(f"1/{code[1]}")
    if suffix is not None:
        if "number" in lines:
            lines["issuer"] = lines["number"]
        return _full(suffix.name, block.title, head.place, province, text)
    for item in signing:
        if match := re.match(r"(?:T/?M)\.?\s*(.+)", item.raw.strip("* ")):
            lines["issuer"] = item.lines
            return _full(proper_case(match[1].strip("* "), text), block.title, head.place, province, text)
    return None


def _own_body(names: Sequence[str], signing: Sequence[Item]) -> str:
    """The issuer among the bodies of a letterhead (the superior one first), with what the one above or the signature adds to its name."""
    name = names[-1]
    above = names[-2] if len(names) > 1 else ""
    folded, over = fold(name), fold(above)
    if re.match(r"(?:ban chap hanh|ban thuong vu)$", folded) and re.match(r"(?:dang bo|thanh uy|tinh uy|dang uy)", over):
        return f"{name} {above}"
    if re.match(r"(?:van phong|thanh tra|ban tiep cong dan)$", folded) and above:
        return f"{name} {above}"
    if re.match(r"so\s", folded) and (area := area_of(above)) and not area_of(name):
        return f"{name} {area}"
    if re.match(r"(?:thanh uy|tinh uy|dang uy|huyen uy|quan uy)", folded):
        for item in signing:
            if signed := re.match(r"t/?m\.?\s*(ban thuong vu)", fold(item.raw.strip("* "))):
                return f"Ban Thường vụ {name}"
    return name


def _full(name: str, title: str | None, place: str | None, province: str | None, text: str) -> str:
    """The name with the place it belongs to: the ward of a ward's committee, the province of a department."""
    name = collapse(re.sub(r"\s*\([^)]*\)", "", expand(name))).strip(" ,.;:")
    folded = fold(name)
    if re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)", folded):
        if area := area_of(name):
            if place and fold(area).endswith(" " + fold(place)):
                # the dateline spells the place in small letters; capitals of a bad scan may have lost its accents
                return name.replace(area, area[: -len(place)] + place)
            return name
        tail = re.search(r"(thành phố|tỉnh|phường|xã|thị trấn|quận|huyện|thị xã|đặc khu)$", name)
        base = name[: tail.start()].strip() if tail else name
        area = _area(tail[1] if tail else None, title, place, province, text)
        return f"{base} {area}" if area else name
    if re.match(r"so\s", folded) and province and not area_of(name):
        bare = province.split(" ", 2)[-1] if province.startswith("thành phố") else province.split(" ", 1)[-1]
        if folded.endswith(" " + fold(bare)):
            return f"{name[: -len(bare)].strip()} {province}"
        return f"{name} {province}"
    return name


def _area(kind: str | None, title: str | None, place: str | None, province: str | None, text: str) -> str | None:
    named = area_of(title or "")
    if named and (kind is None or named.startswith(kind)):
        return named
    if province and (kind is None or province.startswith(kind)) and (kind or not place or fold(province).endswith(fold(place))):
        return province
    if kind and place and f"{kind} {place}" in text:
        return f"{kind} {place}"
    if place and (found := re.search(rf"(?:phường|xã|thị trấn|đặc khu|quận|huyện)\s+{re.escape(place)}", text)):
        return found.group()
    return named or province


_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]*\.?\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")
_DEGREE = re.compile(r"^(?:PGS|GS|TS|ThS|BS|KS|CN|Thượng tá|Đại tá|Trung tá|Thiếu tá)[.,\s]+", re.I)
_DIGITAL = re.compile(r"(?P<name>(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)\s*<[^<>\s]+@[^<>\s]+>\s*đã ký")
"""The line that a document management system leaves of a personal digital signature."""


def _signer(items: Sequence[Item], stop: int | None, lines: dict[str, Span]) -> Signer | None:
    if stop is None:
        return None
    position: str | None = None
    by_hand: Signer | None = None
    for item in items[stop:]:
        if item.mark and item.mark.kind == "appendix":
            break
        if signed := _DIGITAL.search(item.raw[:400]):
            lines["signer"] = item.lines
            return Signer(collapse(signed["name"]), position)
        if item.row or by_hand:
            continue
        said = re.sub(r"^(?:T/?M|KT|TL|TUQ|Q)\.?\s*", "", item.raw.strip("* "))
        hits = list(pattern("position").finditer(fold(said)))
        if hits and item.capitals:
            position = re.sub(r"^Phó \w", lambda m: m.group().title(), said[hits[-1].start() :].strip("* ").capitalize())
            continue
        name = _DEGREE.sub("", item.text.strip("* "))
        if _NAME.fullmatch(name) and item.mark is None and not _organisation(fold(name)):
            lines["signer"] = item.lines
            by_hand = Signer(name, position)
    return by_hand
