"""The letterhead, the title and the signature: who issued what, under which number, when, and who signed.

Form of administrative documents: Nghị định 30/2020/NĐ-CP, Article 8 and appendix I. Real files lose parts of it (letterhead cut
off, number blank, two columns run together), so each field is looked for where the form puts it and then where the text
itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cue import opens, pattern, phrases
from documents.deadline import iso_date, period
from documents.issuer import area_of, expand, level_of, proper_case, province_of
from documents.item import Item
from documents.model import Header, Period, Signer, Span
from documents.reference import numbered, type_label
from documents.text import collapse, fold, fold_same_length
from ontology.knowledge import issuer_of_number, knowledge
from ontology.numbers import number_parts


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the letterhead ends and the closing part begins: item indexes. ``start`` is the first item of the body; ``stop``
    the first item of recipients and signature (``None``: there is none)."""

    start: int
    stop: int | None


_LINE = 400
"""No line of a letterhead is longer, in letters."""

_PLACE_DATE = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][\wÀ-ỹ.]*(?:\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ.]*){0,4})\s*,\s*ngày\s*(?P<d>\d{0,2})[\s.…_/]*tháng\s*(?P<m>\d{0,2})[\s.…_/]*năm\s*(?P<y>(?:19|20)\d\d|\d{0,3})",
)
_BARE_DATE = re.compile(r"^ngày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>(?:19|20)\d\d)", re.I)
_NUMBER_LINE = re.compile(r"(?:^|\s)(?:Số|SỐ)\s*[:.]?\s*(?P<n>[\d\s._…]*[-–/]?\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ][\wĐđ&]*(?:\s?[-–/]\s?[A-ZĐ][\wĐđ&]*)*)")
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]*\.?\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")
_DIGITAL = re.compile(r"(?P<name>(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)\s*<[^<>\s]+@[^<>\s]+>\s*đã ký")
"""The line that a document management system leaves of a personal digital signature."""
_DEGREE = re.compile(r"^(?:PGS|GS|TS|ThS|BS|KS|CN)[.,\s]+", re.I)


def frame(items: Sequence[Item]) -> Frame:
    """Where the body of a document begins and ends."""
    stop = None
    for i, item in enumerate(items):
        folded = fold(item.raw[:_LINE])
        if i > 2 and (opens("recipients", folded) == "noi nhan" or _signing(item)):
            stop = i
            break
    return Frame(_body_start(items), stop)


def header(items: Sequence[Item], framed: Frame, text: str) -> Header:
    """The header of a document. ``items`` are all its items, ``text`` its words (for names that only the body writes out)."""
    head = items[: max(framed.start, 1)]
    lines: dict[str, Span] = {}
    kind, title, kind_at = _type_and_title(items, framed, lines)
    number, number_note = _number(head, lines)
    place, date, date_note, year = _date(head, lines)
    accompanying = _accompanying(items, kind)
    if number is None and accompanying:
        reference, item = accompanying
        if reference.number:
            number, number_note = reference.number, None
            lines["number"] = item.lines
        if date is None and reference.date:
            date, date_note = reference.date, None
            lines["date"] = item.lines
    if number is None and number_note is None:
        number_note = f"Văn bản không có dòng số, ký hiệu (mở đầu ở dòng {items[0].lines[0]})." if items else None
    issuer = _issuer(head[:kind_at] if kind_at is not None else head, items, framed, title, number or number_note, place, text, accompanying, lines)
    if kind is None and number and (parts := number_parts(number)):
        kind = next((t.label for t in knowledge().document_types if parts.type_code in t.codes), "Công văn")
    covers = period(title or "")
    year = int(date[:4]) if date else year or (int(covers[0][:4]) if covers else None)
    return Header(
        type=kind,
        number=number,
        number_note=number_note,
        title=title,
        issuer=issuer,
        level=level_of(issuer),
        date=date,
        date_note=date_note,
        year=year,
        place=place,
        signer=_signer(items, framed, lines),
        period=Period(*covers) if covers else None,
        lines=tuple(sorted(lines.items())),
    )


def _signing(item: Item) -> bool:
    return bool(re.match(r"(?:\*\*)?(?:T/?M|KT|TL|TUQ|Q)\.\s*[A-ZĐÀ-Ỹ]", item.raw)) or (item.capitals and not item.mark and fold(item.text) in phrases("position"))


def _body_start(items: Sequence[Item]) -> int:
    for i, item in enumerate(items[:60]):
        if item.row or (item.mark and not item.mark.bullet and i > 0):
            return i
        folded = fold(item.text)
        if re.match(r"(?:can cu|thuc hien|trien khai|xet|theo de nghi|kinh gui|de (?:trien khai|thuc hien)|ngay\s+\d.*(?:da|ban hanh))\b", folded) and len(item.text) > 25:
            return i
        if len(item.text) > 200:
            return i
    return min(len(items), 8)


def _type_and_title(items: Sequence[Item], framed: Frame, lines: dict[str, Span]) -> tuple[str | None, str | None, int | None]:
    for i, item in enumerate(items[: framed.start + 1]):
        if item.row:
            break
        found = _type_at(item)
        if found is None:
            continue
        kind, rest = found
        parts = [rest] if rest else []
        last = item.lines[1]
        for after in items[i + 1 : framed.start]:
            if not _title_part(after, bool(parts)):
                if parts:
                    break
                continue
            parts.append(after.text)
            last = after.lines[1]
        title = collapse(" ".join(parts)).strip(" .*_-–") or None
        lines["type"] = item.lines
        if title:
            lines["title"] = (item.lines[0] if rest else items[i + 1].lines[0], last)
        return kind, title, i
    for i, item in enumerate(items[: framed.start + 1]):
        if re.match(r"(?:v/v|ve viec)\s", fold(item.text)):
            lines["title"] = item.lines
            return "Công văn", collapse(re.sub(r"^V/v:?\s*", "", item.text)), i
    return None, None, None


def _type_at(item: Item) -> tuple[str, str] | None:
    """The type that a line opens with in capitals, and what stands behind it on the line."""
    words = item.text.split()
    for n in range(min(5, len(words)), 0, -1):
        name = " ".join(words[:n]).strip("*: ")
        if name == name.upper() and (label := type_label(name)):
            rest = " ".join(words[n:])
            if not rest or not rest[:1].isdigit():
                return label, rest
    return None


def _title_part(item: Item, begun: bool) -> bool:
    folded = fold(item.text)
    if item.mark is not None or item.row or opens("urgency", folded) and len(folded) < 15:
        return False
    if re.fullmatch(r"[-_*=–\s]+", item.text) or _PLACE_DATE.search(item.text[:_LINE]) or folded.startswith(("so:", "kinh gui")):
        return False
    if begun and item.capitals and _organisation(folded) and not re.search(r"\d{4}", folded):
        return False
    return not re.match(r"(?:\(?ban hanh kem theo|\(?kem theo)", folded)


def _organisation(folded: str) -> bool:
    return bool(re.match(r"(?:uy ban nhan dan|hoi dong nhan dan|chinh phu|thu tuong|bo truong|quoc hoi|giam doc|chu tich|so|bo|ban chap hanh|ban thuong vu|thanh uy|tinh uy)(?![a-z])", folded))


def _number(head: Sequence[Item], lines: dict[str, Span]) -> tuple[str | None, str | None]:
    for item in head:
        match = _NUMBER_LINE.search(item.raw[:_LINE])
        if not match or re.search(r"(?:ban hành|kèm theo|căn cứ)", item.raw[: match.start()], re.I):
            continue
        written = "".join(re.sub(r"[._…]", "", match["n"]).split()).replace("–", "-")
        lines["number"] = item.lines
        if re.match(r"\d+[-/]", written):
            return written, None
        return None, f"Số để trống: “{collapse(match.group())}” (dòng {item.lines[0]})."
    return None, None


def _date(head: Sequence[Item], lines: dict[str, Span]) -> tuple[str | None, str | None, str | None, int | None]:
    for item in head:
        match = _PLACE_DATE.search(item.raw[:_LINE]) or _BARE_DATE.search(item.raw[:_LINE])
        if not match:
            continue
        place = collapse(match["place"]) if "place" in match.groupdict() else None
        lines["date"] = item.lines
        if place:
            place = re.sub(r"^(?:.*(?:Phúc|PHÚC|NAM|UBND|[A-ZĐ]{2,})\s+)", "", place) or place
            lines["place"] = item.lines
        day, month, year = match["d"], match["m"], match["y"]
        if day and month and len(year) == 4:
            date = iso_date(int(day), int(month), int(year))
            if date:
                return place, date, None, int(year)
        note = f"Ngày ban hành không đầy đủ: “{collapse(match.group())}” (dòng {item.lines[0]})."
        return place, None, note, int(year) if len(year) == 4 else None
    return None, None, None, None


def _accompanying(items: Sequence[Item], kind: str | None):  # type: ignore[no-untyped-def]
    """The reference in an annex's "(Ban hành kèm theo Kế hoạch số ... của ...)", with its item; it names the document itself."""
    for item in items:
        folded = fold(item.raw[:260])
        if len(item.raw) < 260 and re.match(r"\W*(?:ban hanh )?kem theo ", folded):
            for reference in numbered(item.text):
                if kind is None or reference.type == kind:
                    return reference, item
    return None


def _issuer(
    letterhead: Sequence[Item],
    items: Sequence[Item],
    framed: Frame,
    title: str | None,
    number: str | None,
    place: str | None,
    text: str,
    accompanying,  # type: ignore[no-untyped-def]
    lines: dict[str, Span],
) -> str | None:
    province = province_of(text, place)
    names = _letterhead_names(letterhead)
    if names:
        name, span = names[-1]
        lines["issuer"] = span
        return _full(proper_case(name, text), title, place, province, text)
    if accompanying and accompanying[0].issuer:
        reference, item = accompanying
        lines["issuer"] = item.lines
        return _full(expand(reference.issuer), title, place, province, text)
    for item in items[framed.start : framed.start + 12]:
        match = re.search(
            r"(?:^|[,;.]\s+|\d{4}\s*[,;]?\s+)(?P<who>(?:Ủy ban nhân dân|UBND|Sở|Bộ|Ban Thường vụ|Thành ủy|Tỉnh ủy|Ban|Cục|Phòng|Văn phòng|Hội đồng nhân dân)[^,;.]{0,80}?(?:,\s+[^,;.]{2,30}?){0,2})\s+(?:xây dựng|ban hành|đề ra)\b",
            item.text,
        )
        if match:
            line = item.line_at(match.start("who"))
            lines["issuer"] = (line, line)
            return _full(expand(match["who"]), title, place, province, text)
    suffix = issuer_of_number(number) if number and number_parts(number) else None
    if suffix is None and number and (blank := re.search(r"/([A-ZĐ][\wĐđ]*(?:-[A-ZĐ][\wĐđ]*)+)", number)):
        suffix = issuer_of_number(f"1/{blank[1]}")
    if suffix is not None:
        if "number" in lines:
            lines["issuer"] = lines["number"]
        return _full(suffix.name, title, place, province, text)
    signing = items[framed.stop :] if framed.stop is not None else ()
    for item in signing:
        if match := re.match(r"(?:T/?M|TM)\.\s*(.+)", item.raw):
            lines["issuer"] = item.lines
            return _full(proper_case(match[1].strip("* "), text), title, place, province, text)
    return None


def _letterhead_names(letterhead: Sequence[Item]) -> list[tuple[str, Span]]:
    """The bodies that the letterhead names in capitals, the superior one first."""
    names: list[tuple[str, Span]] = []
    for item in letterhead:
        if len(item.raw) > _LINE:
            continue
        text = _without_motto(item.raw)
        text = _PLACE_DATE.sub("", text)
        text = _NUMBER_LINE.sub("", text).strip(" *_-–.")
        letters = [c for c in text if c.isalpha()]
        if not letters or sum(c.isupper() for c in letters) < 0.9 * len(letters) or len(letters) < 3:
            continue
        if re.match(r"(?:so:?|dang cong san|urgent|hoa toc|khan|mat)\b", fold(text)):
            continue
        if names and _continues_name(names[-1][0], text):
            names[-1] = (f"{names[-1][0]} {text}", (names[-1][1][0], item.lines[1]))
        else:
            names.append((collapse(text), item.lines))
    return names


def _continues_name(before: str, text: str) -> bool:
    folded = fold(text)
    whole = fold(before)
    if re.match(r"(?:phuong|xa|thi tran|quan|huyen|tinh|thanh pho|thi xa|dac khu)(?![a-z])", folded):
        return True
    return bool(re.search(r"(?:^|\s)(?:nhan dan|va|cua|ban|thong|cong|khoa hoc|chap hanh)$", whole)) and not _organisation(folded)


def _without_motto(text: str) -> str:
    folded = fold_same_length(text)
    for motto in phrases("motto"):
        at = re.search(motto.replace(" - ", r"\s*[-–—]\s*").replace(" ", r"\s+"), folded)
        if at:
            text = text[: at.start()] + text[at.end() :]
            folded = fold_same_length(text)
    return collapse(text)


def _full(name: str, title: str | None, place: str | None, province: str | None, text: str) -> str:
    """The name with the place it belongs to: the ward of a ward's committee, the province of a department."""
    name = collapse(re.sub(r"\s*\([^)]*\)", "", expand(name))).strip(" ,.;:")
    folded = fold(name)
    if re.match(r"(?:uy ban nhan dan|hoi dong nhan dan)", folded):
        if area_of(name):
            return name
        tail = re.search(r"(thành phố|tỉnh|phường|xã|thị trấn|quận|huyện|thị xã|đặc khu)$", name)
        base = name[: tail.start()].strip() if tail else name
        area = _area(tail[1] if tail else None, title, place, province, text)
        return f"{base} {area}" if area else name
    if re.match(r"so\s", folded) and province:
        bare = province.split(" ", 2)[-1] if province.startswith("thành phố") else province.split(" ", 1)[-1]
        if fold(province) in folded:
            return name
        if folded.endswith(" " + fold(bare)):
            return f"{name[: -len(bare)].strip()} {province}"
        return f"{name} {province}"
    return name


def _area(kind: str | None, title: str | None, place: str | None, province: str | None, text: str) -> str | None:
    named = area_of(title or "")
    if named and (kind is None or named.startswith(kind)):
        return named
    if kind in (None, "thành phố", "tỉnh") and province and (kind is None or province.startswith(kind)):
        if kind or not place or fold(province).endswith(fold(place)):
            return province
    if kind and place and f"{kind} {place}" in text:
        return f"{kind} {place}"
    if place:
        found = re.search(rf"(?:phường|xã|thị trấn|đặc khu|quận|huyện)\s+{re.escape(place)}", text)
        if found:
            return found.group()
    return named or province


def _signer(items: Sequence[Item], framed: Frame, lines: dict[str, Span]) -> Signer | None:
    if framed.stop is None:
        return None
    position: str | None = None
    for item in items[framed.stop :]:
        if signed := _DIGITAL.search(item.raw):
            lines["signer"] = item.lines
            return Signer(collapse(signed["name"]), position)
    for item in items[framed.stop :]:
        if item.row or (item.mark and item.mark.kind == "appendix"):
            break
        text = re.sub(r"^(?:T/?M|KT|TL|TUQ|Q)\.\s*", "", item.raw.strip("* "))
        folded = fold(text)
        hits = [m for m in pattern("position").finditer(folded)]
        if hits and item.capitals:
            position = re.sub(r"^Phó \w", lambda m: m.group().title(), text[hits[-1].start() :].strip("* ").capitalize())
            continue
        name = _DEGREE.sub("", item.text.strip("* "))
        if _NAME.fullmatch(name) and item.mark is None and not _organisation(fold(name)):
            lines["signer"] = item.lines
            return Signer(name, position)
    return None
