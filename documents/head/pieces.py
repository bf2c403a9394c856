"""The pieces of the first lines of a document: columns come apart, what a page cut in two comes together.

Files keep a letterhead as two columns, one column below the other, joined by tabs, as a Markdown table or run together on one
line; pages of the web break it in the middle of names, numbers and dates. What is read from a head is read from its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from documents.cue import capitalised, opens, phrases, spelled
from documents.head.document_type import type_label, type_written
from documents.head.issuer import ends_in_place
from documents.letters import CAPITAL
from documents.structure.markup import cells, plain
from documents.text import collapse, fold, fold_same_length

LINE = 300
"""No line of a letterhead is longer, in letters."""
_LONG = 3000
"""So many letters of a line may hold a head that was run together."""
_BREAK = re.compile(r"<br\s*/?>|(?<=[A-ZĐ\d])\s+(?=V/v\b)")
"""A piece ends at a break of its cell, and where the subject follows the number on one line."""

DAY, MONTH = r"(?P<d>\d{0,2})[\s.…_/]*", r"(?P<m>\d{0,2})[\s.…_/]*"
YEAR = r"(?P<y>(?:19|20)\d\d|\d{0,3})"
_KIND = r"(?:Thành phố|Tỉnh|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu)\s+"
_SHORT_KIND = r"(?:(?:TP|Tp|TX|Tx|TT|[TQHPX])\.\s?|(?:TP|Tp)\s)"
_PLACE_WORD = rf"(?:{_SHORT_KIND})?[{CAPITAL}][\w’']*"
PLACE = rf"(?<![\w/-])(?P<place>(?:{_KIND}(?=[{CAPITAL}\d]))?(?:{_PLACE_WORD}|(?<=\s)\d+)(?:\s+{_PLACE_WORD}){{0,4}})"
PLACE_DATE = re.compile(rf"{PLACE}\s*,\s*[Nn]gày\s*{DAY}tháng\s*{MONTH}năm\s*{YEAR}")
_DATED = re.compile(rf"{PLACE}\s*,\s*[Nn]gày\s")
_DATE_OPEN = re.compile(rf"{PLACE}\s*,\s*[Nn]gày[\s\d.…]*(?:tháng[\s\d.…]*)?(?:năm)?$")
"""A dateline that the end of its line cut off."""
_PLACE_OPEN = re.compile(rf"(?:{_KIND}|{_SHORT_KIND}|TP\s)?[{CAPITAL}]\w*(?:\s+[{CAPITAL}]\w*){{0,3}},?")
"""What can be a place above the date that belongs to it."""
_RULE = re.compile(r"\s*(?:-[-–—]{3,}|[–—]{4,}|={4,}|\*{3,}(?!\w)|(?<=\w)\*{3,})\s*")
"""A rule below a name, typed as signs."""
_CODE = r"[A-ZĐ][\wĐđ&]*"
WRITTEN = rf"(?:[\d._…]+[a-z]?\s*)?[-–/]?\s*(?:(?:19|20)\d\d\s*[-–/]\s*)?{_CODE}(?:(?:\s?[-–/]\s?|\.){_CODE})*"
"""A number as it is written, its serial left blank too."""
_NUMBER = re.compile(rf"(?:^|(?<=\s))S[ốỐ]\s*:?\s*(?=[\d/-]){WRITTEN}(?=\s+[^\s/–-])")
_SHOUTED = re.compile(rf"(?:[^\w\s]*(?:[{CAPITAL}\d][{CAPITAL}\d./&,()-]*|TTg|[-–—])[^\w\s]*(?:\s+|$))+")
"""Words in capitals."""
_SHOUTED_TITLE = 20
"""A title in capitals has so many letters at least."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of a head line (a column of it) and the source line it stands on; ``gap`` says that a blank line stands above."""

    text: str
    line: int
    gap: bool


def segments(lines: Sequence[str], last: int) -> tuple[Segment, ...]:
    """The pieces of the first ``last`` lines: columns joined by tabs, table bars or runs of blanks come apart."""
    found: list[Segment] = []
    gap = True
    for number, line in enumerate(lines[:last], 1):
        line = re.sub(r"\b([Ss]ố|SỐ)(?:\s*:\s*|\s{2,})(?=[\d/-])", "Số: ", line)  # a blank left for the number is no new column
        line = re.sub(r"\b(ngày|tháng|năm|,)\s{2,}(?=ngày|tháng|năm|\d)", r"\1 ", line)
        pieces = cells(line) or re.split(r"\s{3,}|\s+\|(?:\s+|$)", line.strip())
        parts = (collapse(plain(part).text).strip("*_| ") for piece in pieces for part in _BREAK.split(piece))
        texts = [t for part in parts for t in _apart(part) if t and not re.fullmatch(r"[-–—_=*.:|\s]+", t)]
        for n, text in enumerate(texts):
            found.append(Segment(text[:LINE], number, gap and n == 0))
        gap = not texts
    return _mended(found)


def _apart(text: str) -> tuple[str, ...]:
    """The pieces of a text that was run together: a rule parts them, a number, a dateline, and on a long line the motto, the
    type, the office and the first basis too."""
    if len(text) > _LONG or not re.search(r"[-–—=*]{3}|\d", text):
        return (text,)
    found = [part.strip("*_| ") for part in _RULE.split(text)]
    whole = len(text) > LINE // 4 and _motto().search(fold_same_length(text)) is not None
    if whole:
        found = [p for part in found for p in _around(part, [m.span() for m in _motto().finditer(fold_same_length(part))])]
    if whole or re.match(r"S[ốỐ]\s*:?\s*\d|V/v", text):
        found = [p for part in found for p in _around(part, [m.span() for m in _NUMBER.finditer(part)][:1])]
        found = [p for part in found for p in _around(part, _dateline(part))]
    if whole:
        found = [p for part in found for p in _title_apart(part, found)]
    return tuple(found)


def _around(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    """The text cut before and behind each span."""
    cuts = [0, *(at for span in spans for at in span), len(text)]
    return [part for start, end in pairwise(cuts) if (part := text[start:end].strip())]


def _dateline(text: str) -> list[tuple[int, int]]:
    """Where place and date stand in a text in which other words run into the place ("... hóa đơn Hà Nội, ngày ...")."""
    match = PLACE_DATE.search(text)
    if match is None:
        return []
    return [(match.end("place") - len(ends_in_place(match["place"])), match.end())]


def _title_apart(text: str, parts: Sequence[str]) -> list[str]:
    """Type, title, office and the words below them that follow one another on a line."""
    words = text.split()
    kind = next((n for n in range(min(5, len(words)), 0, -1) if _is_type(" ".join(words[:n]))), 0)
    title, rest = " ".join(words[kind:]), ""
    if kind and (shouted := _SHOUTED.match(title)) and shouted.end() > _SHOUTED_TITLE:
        title, rest = title[: shouted.end()].strip(), title[shouted.end() :]
    elif begun := re.search(rf"(?<=\s){capitalised('opens-body', 'opens-preamble')}(?=\s*:|\s+\w)", title):
        title, rest = title[: begun.start()].strip(), title[begun.start() :]
    if not kind:
        return [part for part in (title, rest) if part]
    names = sorted({fold(" ".join(parts[:n])) for n in (1, 2) if n <= len(parts)} | {fold(parts[0])}, key=lambda n: (-len(n), n))
    folded = fold_same_length(title)
    office = max((folded.rfind(f" {name}") for name in names), default=-1)
    if office < 0 and (said_office := re.search(rf"(?<=\s){spelled('office')}\s[^a-zà-ỹ]*$", title)):
        office = said_office.start() - 1
    shown = [title[:office].strip(), title[office:].strip()] if office >= 0 and title[office:].isupper() else [title]
    return [" ".join(words[:kind]), *(part for part in (*shown, rest) if part)]


def _is_type(words: str) -> bool:
    return words == words.upper() and type_written(words) is not None


@cache
def _motto() -> re.Pattern[str]:
    """A whole motto in folded text, with any dash or none where it has one."""
    words = (re.escape(m).replace(r"\ \-\ ", r"\s*[-–—]?\s*").replace(r"\ ", r"\s+") for m in phrases("motto"))
    return re.compile("|".join(words))


def _mended(pieces: Sequence[Segment]) -> tuple[Segment, ...]:
    """The pieces with those put together that a web page cut in the middle of a name, a number or a date."""
    found: list[Segment] = []
    titled = False
    for piece in pieces:
        titled = titled or _is_type(piece.text.strip("*: "))
        if found and not titled and _cut(found[-1].text, piece.text, piece.gap, piece.line > found[-1].line):
            found[-1] = Segment(f"{found[-1].text} {piece.text}", piece.line, found[-1].gap)
        else:
            found.append(piece)
    return tuple(found)


def _cut(before: str, text: str, gap: bool, below: bool) -> bool:
    """Whether ``text`` is the rest of what ``before`` began: "Số:", "Lạc Hải, ngày 05", the motto, or (where it stands on the
    line ``below`` and no blank line between) the first syllable of a name."""
    if re.fullmatch(r"(?i:số)\s*:?", before):
        return re.match(r":?\s*[\d/-]", text) is not None
    if _DATE_OPEN.search(before):
        return re.match(r"\d|tháng|năm", text) is not None
    if not gap and _motto_goes_on(before, text):
        return True
    if not below or gap:
        return False
    if _PLACE_OPEN.fullmatch(before) and (re.match(r",?\s*ngày\s*\d", text) or (not before.isupper() and _DATED.match(text))):
        return before.endswith(",") or text.startswith(",") or len(before) < 12
    if (
        not re.fullmatch(rf"(?:[{CAPITAL}]\w?\.\s?)?[{CAPITAL}]\w{{0,6}}\.?", before)
        or type_label(before)
        or opens("urgency", fold(before))
    ):
        return False
    if before.isupper() and len(before) > 1 and not before.endswith("."):
        # "HẢI" above "SỞ KHOA HỌC VÀ CÔNG NGHỆ" ends the name above it
        whole = fold(f"{before} {text}")
        ends = opens("body", fold(text)) is not None and not (opens("body", whole) or opens("body-of-members", whole))
        return text.isupper() and not ends and not any(fold(text).startswith(motto) for motto in phrases("motto"))
    return _DATED.match(text) is not None


def _motto_goes_on(before: str, text: str) -> bool:
    """Whether a motto breaks between the two ("CỘNG HÒA XÃ" / "HỘI CHỦ NGHĨA VIỆT NAM")."""
    first, second = (re.findall(r"\w+", fold(part)) for part in (before, text))
    for motto in phrases("motto"):
        words = re.findall(r"\w+", motto)
        if first and len(first) < len(words) and words[: len(first)] == first and words[len(first) :] == second:
            return True
    return False


def dated(text: str) -> bool:
    """Whether a piece holds the place and date of issue."""
    return bool(PLACE_DATE.search(text[:LINE]) or BARE_DATE.search(text))


BARE_DATE = re.compile(r"^[Nn]gày\s*(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>(?:19|20)\d\d)")
