"""References to documents without a number: laws by name, "Nghị quyết Đại hội Đảng bộ phường", plans and strategies by title.

Only words that name one document that exists count. "Xây dựng kế hoạch tuyên truyền" makes a plan, "các kế hoạch" is many,
"Kế hoạch này" and the plan's own title are the document itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from documents.cue import alternatives
from documents.reference import Reference, tail, type_label
from documents.text import collapse, fold, fold_same_length
from ontology.knowledge import knowledge

_LAW = re.compile(
    r"(?<![\wÀ-ỹ])(?P<type>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?:\s+(?!năm\b|số\b|ngày\b|và\s+các\b)[\wÀ-ỹ]+){0,9}?))"
    r"(?=\s*(?:[,.;:()”\"]|$|năm\b|ngày\b|số\b|ngày\b|được|và\s+(?:các|Luật|Bộ luật|Nghị)|để|trong\b|theo\b|đã\b))"
)
_CONGRESS = re.compile(
    r"(?P<type>Nghị quyết)\s+(?P<issuer>Đại hội(?:\s+(?:đại biểu|lần thứ [IVXLCDM]+|toàn quốc))*\s+(?:Đảng bộ\s+)?"
    r"(?:(?:thành phố|tỉnh|phường|xã|quận|huyện)(?:\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ]*){0,3}|lần thứ [IVXLCDM]+(?:\s+của Đảng)?|[A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?:\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ]*){0,2}))"
)
_LONGEST = 500
"""How far a title without number is followed, in letters."""

_NAMED_TYPES = ("Kế hoạch", "Chiến lược", "Chương trình", "Đề án", "Kiến trúc", "Chương trình hành động", "Khung kiến trúc")
_END = re.compile(
    r"[.;,(“”\"|]|\s[-–]\s|\s(?:để|tới|đến\s+(?=cán|toàn|người|các)|nhằm|vào|trong\s+(?=toàn|quá)|gắn|đảm bảo|bảo đảm|phù hợp|và\s+(?=các|công tác|thực|Sở|Bộ|Phòng|bảo|đảm|báo))"
)


def unnumbered(text: str, own_title: str | None, taken: list[tuple[int, int]]) -> tuple[Reference, ...]:
    """References without number in ``text``; ``own_title`` is the title of the document itself, ``taken`` are the places that
    numbered references cover."""
    found: list[Reference] = []
    for match in _CONGRESS.finditer(text):
        found.append(_reference(match.start(), match.end(), "Nghị quyết", text, issuer=match["issuer"]))
    for match in _LAW.finditer(text):
        name = collapse(match["name"])
        if len(name.split()) >= 2:
            date, issuer, _, stop = tail(text, match.end(), len(text))
            law = _reference(match.start(), match.end(), type_label(match["type"]) or "Luật", text, issuer, name)
            found.append(replace(law, date=date, stop=stop))
    found.extend(_by_title(text, own_title))
    free = [r for r in found if not any(a <= r.start < b for a, b in taken)]
    return tuple(sorted(free, key=lambda r: r.start))


def basis_title(text: str) -> Reference | None:
    """The document that a bullet of the legal bases names by its title alone, or ``None``."""
    shown = collapse(text).strip(" ;.")
    opening = re.match(r"(?:can cu\s+)?(?:cac\s+)?", fold_same_length(shown))
    begin = opening.end() if opening else 0
    kind = next((t for t in _NAMED_TYPES if fold(shown[begin:]).startswith(fold(t) + " ")), None)
    if kind is None or "cac" in fold(shown[:begin]).split():
        return None
    return _reference(begin, len(shown), kind, shown, title=shown[begin:])


def _reference(start: int, end: int, kind: str, text: str, issuer: str | None = None, title: str | None = None) -> Reference:
    return Reference(start, end, end, collapse(text[start:end]), kind, None, None, issuer, title)


@cache
def _named() -> re.Pattern[str]:
    names = "|".join(sorted(_NAMED_TYPES, key=len, reverse=True))
    return re.compile(rf"(?<![\wÀ-ỹ])(?P<type>{names})\s+(?=[\wÀ-ỹ])")


def _by_title(text: str, own_title: str | None) -> list[Reference]:
    found = []
    folded = fold_same_length(text)
    for match in _named().finditer(text):
        rest = text[match.end() : match.end() + _LONGEST]
        folded_rest = folded[match.end() : match.end() + _LONGEST]
        if re.match(
            r"(?:này|số\s|(?:trong|tại|theo|để|và|với|trên|cho|từ|nêu|khi|thì|là|do|bằng|nhằm)\s|hành động số|đã|được|đề ra|phát|do\s|nêu|trên|của\s+(?:Sở|phường|xã|đơn vị|cơ quan)\s*[.,;])",
            rest,
        ) or re.match(r"\d", rest):
            continue
        before = folded[max(0, match.start() - 80) : match.start()].rstrip()
        if re.search(rf"{alternatives('making')}$", before) and not re.search(r"viec xay dung$", before):
            continue
        before = re.sub(r"(?:\s+(?:co\s+)?(?:hieu qua|day du|nghiem tuc|noi dung))+$", "", before)
        of_a_body = re.match(r"của\s+(?:UBND|Ủy ban|Bộ|Chính phủ|Thủ tướng|Ban|Thành ủy|Tỉnh ủy|HĐND|Hội đồng)", rest)
        if re.search(r"(?:cac|nhung|mot so|khung|va|,)$", before) or not (
            re.search(rf"(?:{alternatives('using')}|^)$", before) or (before.endswith(";") and of_a_body)
        ):
            continue
        stop = _END.search(rest)
        if re.match(r"[^.;,]{2,60}?\s+(?:đã\s+)?(?:được\s+)?(?:ban hành|phê duyệt)\s+(?:tại|theo|kèm theo)\s+[A-ZĐ]", rest):
            continue  # the decision that issued it is named right behind: that is the citation
        issued = re.match(r"[^.;,]{3,60}?\s+đã được\s+[^.;,]{2,40}?\s+ban hành", rest)
        end = issued.end() if issued else stop.start() if stop else len(rest)
        dated = re.match(r"[^.;(“”\"]{3,120}?\s+năm\s+(?:19|20)\d\d(?:\s+của\s+[\wÀ-ỹ]+(?:\s+[A-ZĐ][\wÀ-ỹ]*)*)?", rest)
        if dated and stop and stop.group().startswith(",") and dated.end() > end:
            end = dated.end()
        if of_a_body and (inner := re.match(r"của\s+[^;.]+?\s+(?:thực hiện|triển khai)\s+[^;.]*?\d[\w/-]*[A-ZĐ]+", rest)):
            end = inner.end()
        title = collapse(rest[:end])
        if (
            len(title.split()) < 2
            or _own(f"{match['type']} {title}", own_title)
            or not _names_one(folded_rest[:end], match["type"])
        ):
            continue
        issuer = re.match(r"của\s+(.+?)\s+về\s", title) or re.search(
            r"\scủa\s+((?:Ủy ban|UBND|thành phố|tỉnh|phường|Bộ|Chính phủ|Thủ tướng).*)$", title
        )
        name = re.sub(r"^của\s+.+?\s+(?=về\s)", "", title) if issuer and title.startswith("của") else title
        begin = match.start()
        found.append(
            Reference(
                begin,
                match.end() + end,
                match.end() + end,
                collapse(text[begin : match.end() + end]),
                type_label(match["type"]) or match["type"],
                None,
                None,
                issuer[1] if issuer else None,
                name,
            )
        )
    return found


def _names_one(folded: str, kind: str) -> bool:
    """Whether the words can be the name of one document: not a list of plans, not a plan still to be made."""
    if re.match(
        r"(?:trien khai|thuc hien|to chuc|phat trien kinh te - xa hoi cua don vi|cong tac|hang nam|hanh dong\s*$|chi tiet|cu the|rieng|cua\s)",
        folded,
    ):
        return bool(re.match(r"(?:cua\s+\S+.*\sve\s)", folded))
    return kind in ("Chiến lược", "Kiến trúc", "Khung kiến trúc") or bool(
        re.search(r"(?:19|20)\d\d|quoc gia|cai cach|chuyen doi so|ung dung cong nghe", folded)
    )


def _own(words: str, own_title: str | None) -> bool:
    """Whether the words only repeat the document's own title ("Kế hoạch Chuyển đổi số năm 2026 của Sở")."""
    if not own_title:
        return False
    own = set(re.findall(r"[a-z0-9]+", fold(own_title))) | {
        "ke",
        "hoach",
        "cua",
        "so",
        "phuong",
        "xa",
        "nam",
        "ve",
        "va",
        "viec",
        "uy",
        "ban",
        "nhan",
        "dan",
        "chuong",
        "trinh",
        "tren",
        "dia",
    }
    said = [w for w in re.findall(r"[a-z0-9]+", fold(words))]
    return bool(said) and all(w in own for w in said) and ("thanh pho" not in fold(words) or "thanh pho" in fold(own_title))


def known_law(title: str) -> str | None:
    """The number of the law with this name in the register, when exactly one has it."""
    wanted = fold(title)
    hits = {d.number for d in knowledge().directives.values() if d.title and fold(d.title) == wanted and "uat" in d.type}
    return hits.pop() if len(hits) == 1 else None
