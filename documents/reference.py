"""Finding the places in running text where another document is named: its type, number, date, issuer and title.

A reference is what stands in the text; :mod:`documents.citation` gathers the references of a document into its citations.
Numbers follow Nghị định 30/2020/NĐ-CP (appendix I: "số/tên loại-cơ quan") and the Party's form ("số-loại/cơ quan"), in all the damaged
shapes that offices print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from documents.cue import alternatives, pattern
from documents.deadline import iso_date
from documents.text import collapse, fold, fold_same_length
from documents.unit import starts_with_unit
from ontology.knowledge import issuer_of_number, knowledge
from ontology.numbers import number_parts


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a document is named. ``start``/``end`` are offsets of ``words`` (type and number) in the text;
    ``stop`` is where the date, issuer and title behind it end."""

    start: int
    end: int
    stop: int
    words: str
    type: str | None
    number: str | None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


_UPPER = "A-ZĐÐÀ-ÝĂĨŨƠƯČŠŽ"
_CODE = rf"(?:[{_UPPER}]{{2,}}[A-Za-z0-9{_UPPER}đ&]*|C[TV]r?|QyĐ|L(?=-CTN)|ThB)"
_NUMBER = re.compile(
    rf"(?<![\d/.,])(?P<n>\d{{1,5}}[a-zA-Z]?\s*(?:/\s*(?:19|20)\d\d\s*)?[-–/]\s*{_CODE}(?:\s*[-–/]\s*{_CODE})*)(?![a-zà-ỹ])"
    rf"|(?<![\d/.,])(?P<lost>\d{{1,4}}\s?(?:NQ|KH|CT|QĐ|KL|HD|TB|CTr)\s?[-–/]\s?(?:TW|TU|CP|TTg|UBND))(?![A-Za-zà-ỹ])"
)
_DATE = r"(?:(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>(?:19|20)\d\d))"
_DATED = re.compile(rf"\s*[,(]?\s*(?:ban hành\s+)?(?:ngày|Ngày)\s*{_DATE}\)?")
_FROM = re.compile(r"\s*,?\s*(?:của|do)\s+")
_ISSUER_END = re.compile(
    r"[;,.()“”\"|]|\s[-–]\s|\s(?:và|tại|được|đã|gửi|để|trong|với|cho|theo|tới|đến|trên|số|ngày|phiên bản)(?=\s|$)"
)


@cache
def _types() -> dict[str, str]:
    """Folded name → label, of every type of document and its other names."""
    names: dict[str, str] = {}
    for entry in knowledge().document_types:
        for name in (entry.label, *entry.aliases):
            names.setdefault(fold(name), entry.label)
    return names


@cache
def _type_names() -> str:
    return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(_types(), key=lambda n: (-len(n), n)))


@cache
def _head() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?:cac\s+)?(?P<type>{_type_names()})\s*(?:so\s*[:.]?\s*)?$")


def type_label(name: str) -> str | None:
    """The label of the document type that ``name`` (a type or one of its other names, any case) stands for, or ``None``."""
    return _types().get(" ".join(fold(name).split()))


def numbered(text: str) -> tuple[Reference, ...]:
    """All references with a number in ``text``, in order."""
    found: list[Reference] = []
    matches = list(_NUMBER.finditer(text))
    for i, match in enumerate(matches):
        following = matches[i + 1].start() if i + 1 < len(matches) else len(text)
        reference = _numbered_at(text, match, found[-1] if found else None, following)
        if reference is not None:
            found.append(reference)
    for n in range(
        len(found) - 2, -1, -1
    ):  # "Kế hoạch số 1/KH-UBND và Kế hoạch số 2/KH-UBND của UBND thành phố": one issuer for both
        here, after = found[n], found[n + 1]
        if (
            here.issuer is None
            and after.issuer
            and here.type == after.type
            and re.fullmatch(r"\s*(?:,|và)\s*", text[here.stop : after.start])
        ):
            found[n] = replace(here, issuer=after.issuer)
    return tuple(found)


def _numbered_at(text: str, match: re.Match[str], before: Reference | None, following: int) -> Reference | None:
    written = match["n"] or match["lost"]
    number = _tidy(written)
    parts = number_parts(number)
    if parts is None or not parts.codes:
        return None
    head = _head().search(fold_same_length(text[max(0, match.start() - 60) : match.start()]))
    offset = max(0, match.start() - 60)
    if head:
        start, kind = offset + head.start("type"), type_label(head["type"])
    elif before and re.fullmatch(r"\s*(?:,|;|và|hoặc)?\s*(?:và\s+)?(?:số\s*)?", text[before.stop : match.start()]):
        start, kind = match.start(), before.type
    else:
        start, kind = _bare_start(text, match.start()), None
    own = _type_of_code(parts.type_code) if parts.type_code else None
    kind = own or kind if not head or kind in (None, "Văn bản") else kind
    if kind is None and not head and (issuer_of_number(number) is None):
        return None
    date, issuer, title, stop = tail(text, match.end(), following)
    return Reference(
        start, match.end(), stop, collapse(text[start : match.end()]), kind or "Văn bản", number, date, issuer, title
    )


def _bare_start(text: str, at: int) -> int:
    begin = max(0, at - 12)
    so = re.search(
        r"(?:(?:NQ|KH|QĐ|NĐ|CT|TT|KL|CTr|TB|CV|BC|ĐA)\s*)?(?:số\s*[:.]?\s*)$|(?:NQ|KH|QĐ|NĐ|CT|TT|KL|CTr|TB|CV|BC|ĐA)\s+$",
        text[begin:at],
    )
    return begin + so.start() if so else at


def _tidy(written: str) -> str:
    """The number as printed, without blanks and with plain dashes; a lost first dash or slash is put back."""
    number = re.sub(r"[–—]", "-", "".join(written.split())).replace("Ð", "Đ")
    if lost := re.fullmatch(r"(\d+)([A-ZĐ].*)", number):
        sign = "/" if "-" in lost[2] else "-"
        return f"{lost[1]}{sign}{lost[2]}"
    return number


def _type_of_code(code: str | None) -> str | None:
    return next((entry.label for entry in knowledge().document_types if code and code in entry.codes), None)


def tail(text: str, end: int, following: int) -> tuple[str | None, str | None, str | None, int]:
    """What stands behind a number: (date, issuer, title, where it stops)."""
    stop, date, issuer, title = end, None, None, None
    if dated := _DATED.match(text, stop):
        date = iso_date(int(dated["d"] or dated["d2"]), int(dated["m"] or dated["m2"]), int(dated["y"] or dated["y2"]))
        stop = dated.end()
    if came := _FROM.match(text, stop):
        issuer_text, after = _issuer(text, came.end())
        if issuer_text:
            issuer, stop = issuer_text, after
            if date is None and (dated := _DATED.match(text, stop)):
                date = iso_date(int(dated["d"] or dated["d2"]), int(dated["m"] or dated["m2"]), int(dated["y"] or dated["y2"]))
                stop = dated.end()
    title, stop = _title(text, stop)
    return date, issuer, title, min(stop, max(following, end))


def _issuer(text: str, start: int) -> tuple[str | None, int]:
    """The issuer named from ``start`` on and where it ends; a body's own "và" and commas ("Bộ Thông tin và Truyền thông") stay."""
    limit = min(len(text), start + 110)
    opening = _title_opening().search(fold_same_length(text[start:limit]), 2)
    ends = [start + opening.start()] if opening else []
    for match in _ISSUER_END.finditer(text, start, limit):
        after = text[match.end() : match.end() + 80].lstrip()
        if (
            match.group().strip() in ("và", ",")
            and after[:1].isupper()
            and not _head_ahead(after)
            and not _organisation_ahead(after)
            and not starts_with_unit(after)
        ):
            continue
        ends.append(match.start())
        break
    for verb in pattern("duty-verb").finditer(fold_same_length(text[start:limit])):
        if text[start + verb.start()].islower() and verb.start() > 4:
            ends.append(start + verb.start())
            break
    end = min(ends) if ends else limit
    name = collapse(text[start:end]).strip(" ,.;")
    return (name, start + len(text[start:end].rstrip())) if name and (name[0].isupper() or _lower_issuer(name)) else (None, start)


def _lower_issuer(name: str) -> bool:
    return bool(re.match(r"(?:ubnd|uy ban|thanh pho|tinh|phuong|hdnd)", fold(name)))


def _head_ahead(text: str) -> bool:
    return bool(re.match(rf"(?:{_type_names()})(?![a-z])", fold_same_length(text[:60])))


def _organisation_ahead(text: str) -> bool:
    return bool(
        re.match(
            r"(?:so|bo|uy ban|ubnd|ban|phong|van phong|hdnd|chu tich|giam doc|thu tuong)(?![a-z])", fold_same_length(text[:30])
        )
    )


@cache
def _title_opening() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternatives('title-opening')})")


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile(rf"\s*[,:]?\s*(?={alternatives('title-opening')}|[“\"])")


_LONGEST_TITLE = 900
"""Titles of real documents stay below this many letters."""


def _title(text: str, start: int) -> tuple[str | None, int]:
    """The title that follows ("về ...", "phê duyệt ...") and where it ends: at ";" or the sentence's end, at "(gửi kèm", before a
    comma behind which another document or the subject of the sentence stands."""
    opening = _title_start().match(fold_same_length(text[start : start + 60]))
    if not opening or (opening.end() == 0 and text[start : start + 1].isalnum()):
        return None, start
    begin = start + opening.end()
    if re.match(r"[,:]", text[start:begin].strip()[:1] or " ") and not re.match(
        r"(?:về|phê duyệt|quy định|sửa đổi)", text[begin:]
    ):
        return None, start
    end = min(len(text), begin + _LONGEST_TITLE)
    for match in re.finditer(
        r"[;|]|\.(?=\s+[A-ZĐÀ-Ỹ]|\s*$|/)|\s*\((?:gửi|kèm|sau đây|gọi tắt|ban hành)|\.\.\.|,\s+|\s+(?:và|trong|để)\s+",
        text[begin : begin + _LONGEST_TITLE],
    ):
        sign = match.group().strip()
        after = text[begin + match.end() : begin + match.end() + 130]
        if sign == "," and not (_NUMBER.match(after) or _numbered_ahead(after) or _subject_ahead(after)):
            continue
        if sign == "và" and not _numbered_ahead(after):
            continue
        if sign in ("trong", "để") and not re.match(r"(?:toàn thể|đội ngũ|đảm bảo|bảo đảm)", after):
            continue
        end = begin + match.start()
        break
    title = collapse(text[begin:end]).strip(" ,.;:")
    return (title or None), begin + len(text[begin:end].rstrip(" ,.;:"))


def _numbered_ahead(text: str) -> bool:
    return bool(re.match(rf"(?:{_type_names()})\s*(?:so\s*)?\d", fold_same_length(text[:60])))


def _subject_ahead(text: str) -> bool:
    """Whether the main clause of the sentence begins here: "..., Sở Xây dựng ban hành kế hoạch"."""
    return (
        _organisation_ahead(text)
        and text[:1].isupper()
        and bool(
            re.search(r"(?:ban hanh|xay dung|yeu cau|bao cao|de nghi|kinh trinh|thong bao|huong dan)(?![a-z])", fold(text[:120]))
        )
    )


_SHORT = re.compile(
    r"(?<![a-z0-9])(?P<type>{types})\s+(?:so\s+)?(?P<n>\d{{1,4}})(?![\d/%.,-]|\s*(?:%|nam|thang|ngay|trieu|nguoi))"
)


@cache
def _short() -> re.Pattern[str]:
    return re.compile(_SHORT.pattern.format(types=_type_names()))


def short(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Later mentions by type and serial alone ("Nghị quyết 57"): (start, end, type, serial). Only capital letters open one."""
    for match in _short().finditer(fold_same_length(text)):
        if text[match.start()].isupper():
            yield match.start(), match.end(), type_label(match["type"]) or "", match["n"]


_WINDOW = 120
"""How far back the words that state a relation can stand, in letters; bounds the work on very long lines."""


_PLACES = re.compile(
    r"(?:\s+(?:cac\s+)?(?:diem [a-z]|khoan \d+|dieu \d+[a-z]?|muc [ivx\d]+|phan [ivx\d]+|phu luc(?: [ivx\d]+)?)(?:\s*,|\s+va)?)+$"
)
"""A place inside the cited document ("khoản 2 Điều 12") stands between the words of relation and the document."""


def relation_before(text: str, start: int) -> str | None:
    """The relation that the words directly before ``start`` state ("theo quy định tại" → "complies"), or ``None``."""
    window = text[max(0, start - _WINDOW) : start]
    folded = fold_same_length(window).rstrip(' "“(')
    folded = re.sub(
        r"(?:\s+(?:cac|nhung|noi dung|noi dung cua|day du|hieu qua|co hieu qua|cua|muc tieu|cho|tai))+$",
        "",
        _PLACES.sub("", folded),
    )
    best: tuple[int, int, str] | None = None
    for name in ("basis", "implements", "complies", "replaces", "amends", "accompanies", "reports"):
        for match in pattern(f"relation-{name}").finditer(folded, max(0, len(folded) - 60)):
            if match.end() == len(folded) and (best is None or len(match.group()) > best[0]):
                best = (len(match.group()), match.start(), name)
    # the fillers belong to some cues ("hướng dẫn tại"): look again with them
    whole = _PLACES.sub("", fold_same_length(window).rstrip(' "“('))
    for name in ("complies", "implements", "basis"):
        for match in pattern(f"relation-{name}").finditer(whole, max(0, len(whole) - 60)):
            if match.end() == len(whole) and (best is None or len(match.group()) > best[0]):
                best = (len(match.group()), match.start(), name)
    return best[2] if best else None
