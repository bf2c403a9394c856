"""The letterhead above the title: bodies, motto, number, place and date, whichever way the columns were run together.

The form is that of Nghị định 30/2020/NĐ-CP (appendix I) and of the Party's documents; files keep it as two columns, one below the
other, joined by tabs or as a Markdown table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from documents.cue import alternatives, opens, phrases, spelled
from documents.head.document_type import type_label
from documents.head.issuer import area_of
from documents.head.pieces import BARE_DATE, PLACE_DATE, WRITTEN, Segment
from documents.letters import CAPITAL
from documents.tasks.deadline import iso_date
from documents.text import collapse, fold, fold_same_length, tone_marks
from ontology.knowledge import knowledge

_BROKEN_MOTTO = 4
"""So many words of a heading show that the line broke in it."""
_NEARLY = 0.75
"""Share of equal letters from which a line is the misread rest of a motto that broke."""
_SUBJECT = re.compile(r"^(?:V/v|v/v|Về việc|Về(?=:))\s*:?\s*")


@dataclass(slots=True)
class _Dateline:
    """Place and date as read so far."""

    place: str | None = None
    date: str | None = None
    date_blank: str | None = None
    year: int | None = None
    date_line: int | None = None


@dataclass(slots=True)
class _NumberLine:
    """The number as read so far."""

    number: str | None = None
    number_blank: str | None = None
    number_line: int | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead states; ``bodies`` are the bodies named in capitals, the superior one first, each with its line;
    ``type`` is the type of document that stands before the number ("Nghị quyết số: ...")."""

    bodies: tuple[tuple[str, int], ...] = ()
    number: str | None = None
    number_blank: str | None = None
    number_line: int | None = None
    place: str | None = None
    date: str | None = None
    date_blank: str | None = None
    year: int | None = None
    date_line: int | None = None
    type: str | None = None


def letterhead(above: Sequence[Segment]) -> Letterhead:
    """What the pieces above the title say; fields that none of them states are ``None``."""
    bodies: list[tuple[str, int]] = []
    dateline, numbered = _Dateline(), _NumberLine()
    open_body = False
    motto_rest = ""
    for segment in above:
        text, motto_rest = _without_motto(segment.text, motto_rest)
        if bodies and not (len(bodies) == 1 and wants_name(bodies[0][0])) and opens("motto-of-members", fold(text)) == fold(text):
            continue
        text = _read_date(text, segment.line, dateline)
        text = _read_number(text, segment.line, numbered)
        joint = re.search(r"\w\s*[-–]$", text.strip(" *_.|")) is not None
        text = text.strip(" *_-–.|") + (" -" if joint else "")
        if not text:
            continue
        below = numbered.number_line is not None and dateline.date_line is not None
        if not _names_body(text) or (below and bodies and not (open_body and _goes_on(bodies[-1][0], text))):
            open_body = False
            continue
        if open_body and bodies and _goes_on(bodies[-1][0], text):
            bodies[-1] = (f"{bodies[-1][0]} {text}", bodies[-1][1])
        else:
            bodies += [(name, segment.line) for name in _parted(text)]
        open_body = True
    return Letterhead(
        bodies=tuple(bodies),
        number=numbered.number,
        number_blank=numbered.number_blank,
        number_line=numbered.number_line,
        place=dateline.place,
        date=dateline.date,
        date_blank=dateline.date_blank,
        year=dateline.year,
        date_line=dateline.date_line,
        type=numbered.type,
    )


def is_motto(text: str) -> bool:
    """Whether a piece is nothing but the national or the Party's heading."""
    return not _without_motto(text, "")[0].strip(" *_-–.|")


def subject(text: str) -> str | None:
    """The words behind "V/v" of an official dispatch, or ``None``."""
    match = _SUBJECT.match(text)
    return text[match.end() :] if match and ("/" in text[:3] or text.startswith("Về:")) else None


def _read_date(text: str, line: int, dateline: _Dateline) -> str:
    """Take note of the first place and date; returns ``text`` without them."""
    match = PLACE_DATE.search(text) or BARE_DATE.search(text)
    if not match:
        return text
    if dateline.date_line is None:
        place = collapse(match["place"]) if "place" in match.re.groupindex else None
        day, month, year = match["d"], match["m"], match["y"]
        dateline.place = _place(place) if place else None
        dateline.date = iso_date(int(day), int(month), int(year)) if day and month and len(year) == 4 else None
        dateline.date_blank = None if dateline.date else collapse(match.group())
        dateline.year = int(year) if len(year) == 4 else None
        dateline.date_line = line
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


def _place(name: str) -> str:
    """The place alone, where the motto's last words were run into it ("Hạnh phúc Hải Phòng")."""
    return re.sub(rf"^(?:.*\b(?!TP\b)[A-ZĐ]{{2,}}|.*Phúc)\s+(?=[{CAPITAL}])", "", name) or name


def _read_number(text: str, line: int, numbered: _NumberLine) -> str:
    """Take note of the first number; returns ``text`` without it."""
    match = _number().search(text)
    if not match or numbered.number_line is not None:
        return text
    written = re.sub(r"[–—]", "-", "".join(re.sub(r"[_…]|\.(?![A-ZĐ])", "", match["n"]).split()))
    if not re.search(r"[-/]", written):
        return text
    numbered.number_line = line
    numbered.type = type_label(match["type"]) if match["type"] else None
    if re.match(r"\d+[a-z]?(?:[-/]|[A-ZĐ]{2}\S*/)", written):
        numbered.number = written
    else:
        numbered.number_blank = collapse(match.group())
    return f"{text[: match.start()]} {text[match.end() :]}".strip()


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|\s)(?:(?P<type>{spelled('numbered-type')})\s+)?(?i:số)(?!/)\s*[:.]?\s*(?P<n>{WRITTEN})(?=$|[\s,;|*])"
    )


def _parted(text: str) -> tuple[str, ...]:
    """The bodies of a line that holds the superior one and the one below it ("UBND HUYỆN NGA SƠN PHÒNG NỘI VỤ")."""
    shown = tone_marks(text)
    for above in superior_bodies():
        below = spelled("body") if wants_name(above) else spelled("body", "body-of-members")
        if (at := re.match(rf"(?i){re.escape(above)}\s+(?={below})", shown)) is not None:
            return text[: at.end()].strip(), text[at.end() :]
    if not (first := _superior_start().match(shown)):
        return (text,)
    for organ in _organ_start().finditer(shown, first.end()):
        if not re.search(rf"(?:{spelled('compound-start')}|[-–])\s$", shown[: organ.end()]):
            return text[: organ.end()].strip(), text[organ.end() :]
    return (text,)


@cache
def _superior_start() -> re.Pattern[str]:
    area = rf"(?:{spelled('area')}|{spelled('area-short')}\W)\s*\S+"
    return re.compile(rf"{spelled('committee-of-area')}\s+{area}|{spelled('organ-of-area', 'party-committee')}\s+\S+")


@cache
def _organ_start() -> re.Pattern[str]:
    organs = spelled("organ-of-area", "party-committee", "party-organ", "council-committee", "below-department")
    return re.compile(rf"\s(?={organs})")


@cache
def superior_bodies() -> tuple[str, ...]:
    """The full names of bodies that stand above others on a letterhead, the longest first."""
    known = knowledge()
    names = {*known.cues["superior"], *(code.name for code in known.issuer_codes.values() if code.proves)}
    return tuple(sorted((tone_marks(n) for n in names), key=lambda n: (-len(n), n)))


def wants_name(body: str) -> bool:
    """Whether the name of a body cannot end here: "BAN CHẤP HÀNH TRUNG ƯƠNG" above "ĐOÀN TNCS HỒ CHÍ MINH" or with a dash."""
    return re.search(rf"(?:{alternatives('part-of-body')}|-)$", fold(body)) is not None


def _names_body(text: str) -> bool:
    """Whether a piece set in capitals names a body: no stamp of urgency, no "DỰ THẢO", no lone "SỐ"."""
    letters = [c for c in re.sub(r"\([^)]*\)", "", text) if c.isalpha()]
    if re.match(r"\d+\s*/", text) or len(letters) < 3 or sum(c.isupper() for c in letters) < 0.9 * len(letters):
        return False
    folded = fold(text)
    return not opens("draft", folded) and not re.match(rf"{alternatives('urgency')}(?!\s+[a-z])", folded)


def _goes_on(before: str, text: str) -> bool:
    """Whether a line in capitals carries on the name above it: an area behind its body, the rest of a long name."""
    folded, whole = fold(text), fold(before)
    if opens("board", whole) == whole and (opens("elected-body", folded) or opens("party-body", folded)):
        return True
    if re.match(rf"(?:{alternatives('area')}|tp\.?(?![a-z]))", folded):
        kinds = rf"(?!{spelled('not-area')}){spelled('area')}\s"
        return area_of(before) is None and not re.search(kinds, tone_marks(before))
    if wants_name(before) and (
        opens("motto-of-members", folded) or (whole.endswith("trung uong") and opens("body-of-members", folded))
    ):
        return True
    if re.search(r"(?:^|\s)(?:va|cua|ve|cac|-)$", whole) or re.match(r"(?:va|cua|ve)\s", folded):
        return True
    return not opens("body", folded) and not opens("body-of-members", folded) and not opens("office", folded)


def _without_motto(text: str, rest: str) -> tuple[str, str]:
    """The piece without the national or the Party's heading, and what is still to come of it: columns and narrow cells break it
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT" / "HỘI ĐỒNG THẨM PHÁN NAM"). ``rest`` is what was still to come before."""
    if rest and (at := re.search(rf"^{_loose(rest)}(?!\w)|(?<!\w){_loose(rest)}$", fold_same_length(text))):
        text, rest = f"{text[: at.start()]} {text[at.end() :]}".strip(), ""
    elif rest and _nearly(text, rest):
        return "", ""
    for motto in phrases("motto"):
        if at := re.search(_loose(motto), fold_same_length(text)):
            text = text[: at.start()] + " " + text[at.end() :]
    for motto in phrases("motto"):
        words = motto.split()
        for n in range(len(words) - 1, _BROKEN_MOTTO - 1, -1):
            if at := re.search(rf"(?<!\w){_loose(' '.join(words[:n]))}$", fold_same_length(text)):
                return collapse(text[: at.start()]), " ".join(words[n:])
    return collapse(text), rest


def _nearly(text: str, folded: str) -> bool:
    """Whether a piece is the folded words but for a few letters that were misread ("TỆ IỆT NAM")."""
    a, b = ("".join(filter(str.isalnum, t)) for t in (fold(text), folded))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _NEARLY


def _loose(folded: str) -> str:
    """A pattern for folded words, with any dash or none where they have one."""
    return re.escape(folded).replace(r"\ \-\ ", r"\s*[-–—]?\s*").replace(r"\ ", r"\s+")
