"""References to documents without a number: laws by name, "Nghị quyết Đại hội Đảng bộ phường", plans and strategies by title.

Only words that name one document that exists count. "Xây dựng kế hoạch tuyên truyền" makes a plan, "các kế hoạch" is many,
"Kế hoạch này" and the plan's own title are the document itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from documents.citations.reference import Reference
from documents.citations.reference_tail import tail
from documents.citations.relation import relation_before
from documents.cue import alternatives, capitalised, listed, opens, pattern, spelled
from documents.head.document_type import type_label, type_names_written
from documents.letters import CAPITAL
from documents.text import collapse, fold, fold_same_length
from ontology.knowledge import knowledge

_LONGEST = 500
"""How far a title without number is followed, in letters."""
_CAPITALISED = rf"[{CAPITAL}]\w*"
_NUMBERED = re.compile(r"\d[\w/-]*[A-ZĐ]+")


@cache
def _law() -> re.Pattern[str]:
    """A law by its name: "Luật Giao dịch điện tử"."""
    number = r"số\s*[:.]?\s*\d"
    comma, verb = rf",\s+{listed('law-name-comma')}", rf"và\s+{listed('title-end-and', 'law-name-left')}"
    name = rf"\w+(?:\s+(?!(?:năm|ngày)\b|{number}|{verb})\w+|{comma}){{0,24}}?"
    end = rf"\s*(?:(?!{comma})[,.;:()”\"]|$|{listed('law-name-end')}|{number}|{verb}|và\s+(?:Luật|Bộ luật|Nghị))"
    amending = r"[Ss]ửa đổi(?:[^;:.()\d](?!ngày\s+\d|số\s+\d|năm\s+\d))+"
    amended = rf"{amending}(?=\s*(?:[;:.()]|$|ngày\s|năm\s|số\s))"
    return re.compile(rf"(?P<type>{listed('law-type')})\s+(?P<name>{amended}|{name}(?={end}))")


@cache
def _congress() -> re.Pattern[str]:
    """The resolution of a Party congress: "Nghị quyết Đại hội Đảng bộ phường lần thứ I"."""
    kind = r"(?:\s+(?:đại biểu|lần thứ [IVXLCDM]+|toàn quốc))*\s+(?:Đảng bộ\s+)?"
    place = rf"{spelled('area')}(?:\s+{_CAPITALISED}){{0,3}}"
    whose = rf"(?:{place}|lần thứ [IVXLCDM]+(?:\s+của Đảng)?|{_CAPITALISED}(?:\s+{_CAPITALISED}){{0,2}})"
    session = r"(?:\s+lần thứ (?:[IVXLCDM]+|\d+|nhất|hai|ba|tư|năm)(?!\w))?"
    return re.compile(rf"(?P<type>Nghị quyết)\s+(?P<issuer>Đại hội{kind}{whose}{session})")


@cache
def _constitution() -> re.Pattern[str]:
    """The constitution as a document; "Hiến pháp và pháp luật" are the country's laws."""
    return re.compile(r"(?:(?<=Căn cứ )|(?=Hiến pháp (?:nước|năm)))Hiến pháp(?: nước [^;,.()]{2,60}?Việt Nam)?(?: năm \d{4})?")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{listed('named-by-title')})\s+(?=\w)")


@cache
def _title_end() -> re.Pattern[str]:
    goes_on = rf"đến\s+(?={listed('title-end-to')})|trong\s+(?={listed('title-end-in')})|và\s+(?={listed('title-end-and')})"
    return re.compile(rf"[.;,(“”\"|]|\s[-–]\s|\s(?:{listed('title-end')}|{goes_on})")


def unnumbered(text: str, own_title: str | None, taken: Sequence[Reference]) -> tuple[Reference, ...]:
    """References without number in ``text``; ``own_title`` is the title of the document itself, ``taken`` are the numbered
    references. In the title of one of these only a law counts ("Nghị định số ... hướng dẫn thi hành Luật Đất đai"), unless that
    title is the name of a law itself."""
    found: list[Reference] = []
    for match in _congress().finditer(text):
        found.append(_reference(match.start(), match.end(), "Nghị quyết", text, issuer=match["issuer"]))
    for match in _law().finditer(text):
        name = collapse(match["name"])
        # a name in small letters ("Luật đầu tư công") counts only behind words that use a document
        behind = relation_before(text, match.start()) and not re.match(listed("no-title"), name)
        written = name[0].isupper() or behind or re.search(listed("law-type"), name)
        if re.search(rf"{listed('draft-of-law')}\s*$", text[: match.start()]):
            continue
        if written and len(name.split()) >= 2 and fold(f"{match['type']} {name}") != fold(own_title or ""):
            date, issuer, _, stop = tail(text, match.end(), len(text))
            law = _reference(match.start(), match.end(), type_label(match["type"]) or "Luật", text, issuer, name)
            found.append(replace(law, date=date, stop=stop))
    laws = len(found)
    for match in _constitution().finditer(text):
        found.append(_reference(match.start(), match.end(), "Hiến pháp", text))
    found.extend(_by_title(text, own_title))
    free = [r for n, r in enumerate(found) if not any(_covers(t, r, n < laws) for t in taken)]
    return tuple(sorted(free, key=lambda r: r.start))


def _covers(numbered: Reference, other: Reference, law: bool) -> bool:
    """Whether a numbered reference already stands for the words of ``other`` (of a law, where ``law`` says so)."""
    if not numbered.start <= other.start < max(numbered.end, numbered.stop):
        return False
    own = numbered.type in knowledge().cues["law-type"]
    return not law or other.start < numbered.end or own


@cache
def _charter() -> re.Pattern[str]:
    """The charter or working rules with which a basis begins: "Căn cứ Điều lệ Đảng và Quy định số ..."."""
    end = rf"\s*(?:[;,.(]|$)|\s+và\s+(?={type_names_written()})|\s+{listed('law-name-end')}|\s+{listed('title-issued')}"
    return re.compile(
        rf"{capitalised('relation-basis')}\s+(?P<type>{listed('charter-type')})\s+(?P<name>[^;.(]{{2,160}}?)(?={end})"
    )


def charter(text: str) -> Reference | None:
    """The charter or working rules that a basis names by title and without number, or ``None``; those that were issued with a
    decision named behind them are cited by it."""
    match = _charter().match(text.lstrip())
    if match is None:
        return None
    begin = len(text) - len(text.lstrip()) + match.start("type")
    end = begin + match.end() - match.start("type")
    issued = re.match(rf"[^;.]{{0,60}}{listed('title-issued')}\s+(?:tại|theo|kèm theo|kèm)\b", text[end : end + 120])
    if issued is not None:
        return None
    kind = type_label(match["type"]) or match["type"]
    return _reference(begin, end, kind, text, title=collapse(match["name"]))


def basis_title(text: str, named: str = "named-by-title") -> Reference | None:
    """The document that a bullet of the legal bases names by its title alone, or ``None``; ``named`` is the list of the types
    that are named so."""
    shown = collapse(text).strip(" ;.")
    opening = re.match(r"(?:can cu\s+)?(?:cac\s+)?", fold_same_length(shown))
    begin = opening.end() if opening else 0
    kind = next((t for t in knowledge().cues[named] if fold(shown[begin:]).startswith(fold(t) + " ")), None)
    if kind is None or "cac" in fold(shown[:begin]).split():
        return None
    kind = type_label(kind) or kind
    return _reference(begin, len(shown), kind, shown, title=shown[begin:])


def _reference(start: int, end: int, kind: str, text: str, issuer: str | None = None, title: str | None = None) -> Reference:
    return Reference(start, end, end, collapse(text[start:end]), kind, None, None, issuer, title)


def _by_title(text: str, own_title: str | None) -> list[Reference]:
    found = []
    folded = fold_same_length(text)
    for match in _named().finditer(text):
        rest = text[match.end() : match.end() + _LONGEST]
        before = folded[max(0, match.start() - 80) : match.start()].rstrip()
        of_a_body = re.match(rf"của\s+{listed('higher-body')}", rest)
        if _no_title(rest) or not _used(before, of_a_body is not None):
            continue
        end = _end(rest, of_a_body is not None)
        title = collapse(rest[:end])
        if (
            len(title.split()) < 2
            or _own(f"{match['type']} {title}", own_title)
            or not _names_one(folded[match.end() : match.end() + end], match["type"])
        ):
            continue
        issuer = re.match(r"của\s+(.+?)\s+về\s", title) or re.search(
            rf"\scủa\s+((?:{listed('higher-body')}|{spelled('area')}).*)$", title
        )
        name = re.sub(r"^của\s+.+?\s+(?=về\s)", "", title) if issuer and title.startswith("của") else title
        name = re.sub(rf"\s+đã\s+(?:được\s+)?(?:\S+\s+){{0,6}}?{listed('title-issued')}.*$", "", name)
        kind = type_label(match["type"]) or match["type"]
        found.append(_reference(match.start(), match.end() + end, kind, text, issuer[1] if issuer else None, name))
    return found


def _no_title(rest: str) -> bool:
    """Whether what stands behind a type of document is no title: "Kế hoạch này", "Đề án được duyệt", a number; or the decision
    that issued it is named right behind, which is then the citation."""
    if re.match(rf"\d|{listed('no-title')}\s|của\s+{listed('own-body')}\s*[.,;]", f"{rest} "):
        return True
    issued = rf"[^.;,]{{2,60}}?\s+(?:đã\s+)?(?:được\s+)?{listed('title-issued')}\s+(?:tại|theo|kèm theo)\s+[A-ZĐ]"
    return re.match(issued, rest) is not None


def _used(before: str, of_a_body: bool) -> bool:
    """Whether the folded words before a title use a document that exists: one that is being made does not, nor do several."""
    if re.search(rf"{alternatives('making')}$", before) and not re.search(r"viec xay dung$", before):
        return False
    before = re.sub(rf"(?:\s+{alternatives('using-well')})+$", "", before)
    if re.search(rf"(?:{alternatives('several')}|,)$", before):
        return False
    return not before or re.search(rf"{alternatives('using')}$", before) is not None or (before.endswith(";") and of_a_body)


def _end(rest: str, of_a_body: bool) -> int:
    """Where a title ends that begins ``rest``."""
    stop = _title_end().search(rest)
    issued = re.match(r"[^.;,]{3,60}?\s+đã được\s+[^.;,]{2,40}?\s+ban hành", rest)
    end = issued.end() if issued else stop.start() if stop else len(rest)
    dated = re.match(rf"[^.;(“”\"]{{3,120}}?\s+năm\s+(?:19|20)\d\d(?:\s+của\s+\w+(?:\s+{_CAPITALISED})*)?", rest)
    if dated and stop and stop.group().startswith(",") and dated.end() > end:
        end = dated.end()
    if of_a_body and (inner := re.match(rf"của\s+[^;.]+?\s+(?:thực hiện|triển khai)\s+[^;.]*?{_NUMBERED.pattern}", rest)):
        end = inner.end()
    return end


def _names_one(folded: str, kind: str) -> bool:
    """Whether the words can be the name of one document: not a list of plans, not a plan still to be made."""
    if opens("no-name", folded) or re.match(r"hanh dong\s*$", folded):
        return re.match(r"cua\s+\S+.*\sve\s", folded) is not None
    if kind in knowledge().cues["known-alone"]:
        return True
    return re.search(r"(?:19|20)\d\d", folded) is not None or pattern("plan-subject").search(folded) is not None


def _own(words: str, own_title: str | None) -> bool:
    """Whether the words only repeat the document's own title ("Kế hoạch Chuyển đổi số năm 2026 của Sở")."""
    if not own_title:
        return False
    own = set(re.findall(r"[a-z0-9]+", fold(" ".join((own_title, *knowledge().cues["title-filler"])))))
    said = [w for w in re.findall(r"[a-z0-9]+", fold(words))]
    return bool(said) and all(w in own for w in said) and ("thanh pho" not in fold(words) or "thanh pho" in fold(own_title))
