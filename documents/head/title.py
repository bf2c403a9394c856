"""Type and title of a document, and where its body begins.

The form is that of administrative documents (Nghị định 30/2020/NĐ-CP, Article 8 and appendix I): the type in capitals on a line,
the title below it, several lines long; an official dispatch has only "V/v ..." below its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from documents.cue import alternatives, opens, spelled
from documents.head.document_type import is_code_of, type_of_code, type_written
from documents.head.letterhead import is_motto, letterhead, subject
from documents.head.pieces import Segment, dated, segments
from documents.structure.item import wants_more
from documents.structure.mark import mark_of
from documents.text import collapse, fold, tone_marks
from ontology.numbers import number_parts

_HEAD_LINES = 90
"""So many lines are searched for the title (scans and long letterheads included)."""
_TITLE_PARTS = 8
_MOSTLY = 0.9
_ABOVE_BODY = 4
_BEGUN = 3
_WRAPPED = 40
"""A line of a title of so many letters can have been wrapped, so that the next one goes on with it."""
_LETTERHEAD = 16
"""A letterhead has at most so many pieces."""
_BEHIND_SUBJECT = 12
"""Among so many pieces behind the subject of a dispatch its place and date are looked for."""
_LONG_LINE = 60
_LONGEST_PART = 220
"""No line of a title is longer, in letters."""


_NUMBERED = re.compile(r"^CỦA\s.{2,120}?\sSỐ\s*:?\s*\d\S*\s+NGÀY\s+\d{1,2}\s*(?:THÁNG\s+|[/-])\d{1,2}\s*(?:NĂM\s+|[/-])\d{4}\s+")
"""Older documents repeat body, number and day between type and title ("CỦA BỘ TÀI CHÍNH SỐ ... NGÀY ...")."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """Type and title as they stand: ``above`` are the pieces of the letterhead, ``first`` the line of the type, ``last`` the last
    line of the title (0: there is none); the body begins behind it. ``issued_by`` is the body that stands between type and title
    ("NGHỊ QUYẾT" / "CỦA BỘ CHÍNH TRỊ")."""

    type: str | None
    title: str | None
    above: tuple[Segment, ...]
    first: int
    last: int
    issued_by: str | None = None


def in_capitals(text: str) -> bool:
    """Whether a line is set in capitals; codes that keep their small letters ("QĐ-TTg", "COVID-19") do no harm."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) >= _MOSTLY * len(letters)


def title_block(lines: Sequence[str]) -> TitleBlock:
    """Find type and title among the first lines of a document; a text that has neither gets a block without them."""
    found = segments(lines, _HEAD_LINES)
    for i, segment in enumerate(found):
        if len(segment.text) > 160 or (i > 12 and mark_of(segment.text)[0] is not None and len(segment.text) > 40):
            break
        if opens("relation-basis", fold(segment.text)):
            break  # what stands below the bases enacts ("QUYẾT ĐỊNH:")
        if (said := _type_at(segment.text)) and not (said[1] and (_other_type(found[:i], said[0]) or _in_letterhead(found, i))):
            return _titled(found, i, *said)
    for i, segment in enumerate(found[:30]):
        if (words := subject(segment.text)) is not None:
            return _dispatch(found, i, words)
    for i in range(min(_LETTERHEAD, len(found))):
        if (words := _written_subject(found, i)) is not None or (words := _bare_subject(found, i)) is not None:
            return _dispatch(found, i, words)
    if (bare := _below_letterhead(found)) is not None:
        return _titled(found, bare, None, "")
    # what a page says above the letterhead may be long
    motto = next((i for i, s in enumerate(found[: 2 * _LETTERHEAD]) if is_motto(s.text)), 0)
    end = next(
        (i for i, s in enumerate(found) if i > motto and (_opens_body(s.text) or len(s.text) > 110 or _marked(s.text))),
        min(len(found), motto + 6),
    )
    end = 0 if not motto and found and (_opens_body(found[0].text) or len(found[0].text) > 110 or _marked(found[0].text)) else end
    return TitleBlock(None, None, found[:end], 0, found[end - 1].line if end else 0)


def _in_letterhead(found: Sequence[Segment], i: int) -> bool:
    """Whether piece ``i``, which opens with the words of a type, belongs to the letterhead: it ends the name of the body above
    it, or number and date stand below it and then a line that is a type alone ("PHUONG AN HAI" / "So: ..." / "KE HOACH")."""
    above = [s for s in found[:i] if not is_motto(s.text)]
    if above and re.fullmatch(rf"{alternatives('elected-body')}(?: nhan dan)?", fold(above[-1].text)):
        return True
    for n, after in enumerate(found[i + 1 : i + _LETTERHEAD], i + 1):
        if opens("opens-body", fold(after.text).lstrip(" -–+*_")):
            return False
        if (said := _type_at(after.text)) and not said[1]:
            return letterhead(found[i + 1 : n]).number is not None or any(dated(s.text) for s in found[i + 1 : n])
    return False


def _other_type(above: Sequence[Segment], kind: str) -> bool:
    """Whether the number in the letterhead names another type than ``kind``: then the word only begins the title of a document
    that lost the line of its type ("QUY ĐỊNH VỀ ..." below "Số: 37/2009/TT-BTTTT")."""
    number = letterhead(above).number
    parts = number_parts(number) if number else None
    if parts is None or parts.type_code is None or parts.separators[0] == "-":
        return False  # in the Party's numbers "QĐ" stands for a decision and for a regulation
    return type_of_code(parts.type_code) is not None and not is_code_of(parts.type_code, kind)


def _written_subject(found: Sequence[Segment], i: int) -> str | None:
    """The words behind "Về việc" of a dispatch that writes it out below a number without the code of a type, or ``None``."""
    about = re.match(r"ve viec\s*:?\s*", fold(found[i].text))
    number = letterhead(found[:i]).number if about and not in_capitals(found[i].text) else None
    parts = number_parts(number) if number else None
    return found[i].text[about.end() :] if about and parts and parts.type_code is None else None


def _bare_subject(found: Sequence[Segment], i: int) -> str | None:
    """The words right below the number of a dispatch that lost its "V/v", or ``None``: they stand above "Kính gửi" and the number
    has no code of a type."""
    text = found[i].text
    number = letterhead(found[i - 1 : i]).number if i else None
    parts = number_parts(number) if number else None
    if parts is None or parts.type_code is not None or found[i].gap or in_capitals(text) or dated(text):
        return None
    below = [fold(after.text) for after in found[i + 1 : i + _ABOVE_BODY]]
    return text if any(words.startswith("kinh gui") for words in below) else None


def _below_letterhead(found: Sequence[Segment]) -> int | None:
    """The piece with which a title in capitals begins right below number and date, in a document that lost the line of its type;
    ``None`` where nothing of the kind stands there."""
    last = -1
    for i, segment in enumerate(found[:_LETTERHEAD]):
        if opens("opens-body", fold(segment.text)) or subject(segment.text) is not None or _marked(segment.text):
            break
        if len(segment.text) > _LONG_LINE + 20:
            continue
        if dated(segment.text) or letterhead([segment]).number:
            last = i
    for i, segment in enumerate(found[last + 1 : _LETTERHEAD], last + 1) if last >= 0 else ():
        if _aside(segment.text) or is_motto(segment.text):
            continue
        shown = len(segment.text.split()) > 3 and (in_capitals(segment.text) or _above_body(found, i))
        return i if shown and mark_of(segment.text)[0] is None and not _office(found, i, ()) else None
    return None


def _above_body(found: Sequence[Segment], i: int) -> bool:
    """Whether a short piece in small letters stands right above the office that issues the document or the first basis."""
    if len(found[i].text) > _LONGEST_PART or found[i].text.endswith((".", ":", ";")):
        return False
    return any(_opens_body(s.text) or (in_capitals(s.text) and _names_body(s.text)) for s in found[i + 1 : i + _ABOVE_BODY])


def _titled(found: Sequence[Segment], i: int, kind: str | None, rest: str) -> TitleBlock:
    """The block whose type stands in piece ``i``, with ``rest`` behind it; without ``kind`` the title itself begins there."""
    rest = "" if re.fullmatch(r"\([^()]*\)", rest) else rest  # "QUY ĐỊNH (BỔ SUNG)"
    issued_by = _issued_by(rest)
    first = rest if not issued_by else ""
    # a few capitals beside the type begin a title that goes on in small letters ("KẾT LUẬN THANH TRA" / "Việc thực hiện ...")
    below = found[i + 1].text if first and i + 1 < len(found) else ""
    begun = first if below and in_capitals(first) and not in_capitals(below) and len(first.split()) <= _BEGUN else ""
    parts, last = ([first] if first and not begun else []), found[i].line
    for n, after in enumerate(found[i + 1 :], i + 1) if kind else enumerate(found[i:], i):
        if not parts and (_issued_by(after.text) or _of_session(after.text)):
            issued_by, last = issued_by or _issued_by(after.text), after.line
            parts += [after.text[about.start() :]] if (about := _about().search(after.text)) else []
            continue
        if len(parts) >= _TITLE_PARTS or not _title_part(found, n, parts):
            if not parts and (dated(after.text) or _aside(after.text)):
                continue
            break
        parts.append(after.text)
        last = after.line
    title = _NUMBERED.sub("", collapse(" ".join((begun, *parts))).strip(" .*_-–")) or None
    return TitleBlock(kind, title, tuple(found[:i]), found[i].line, last, issued_by)


def _issued_by(text: str) -> str | None:
    """The body that a line in capitals below the type names with "CỦA", or ``None``."""
    words = text.split(None, 1)
    if len(words) == 2 and not re.search(r"\d", text) and in_capitals(text) and fold(words[0]) == "cua" and _names_body(words[1]):
        about = _about().search(words[1])
        return words[1][: about.start()].strip() if about else words[1]
    return None


@cache
def _about() -> re.Pattern[str]:
    """Where the title begins behind the body on a line in capitals ("CỦA ỦY BAN NHÂN DÂN TỈNH VỀ VIỆC ...")."""
    return re.compile(r"(?<=\s)(?:V/V|VỀ VIỆC|VỀ)(?=\s)")


def _of_session(text: str) -> bool:
    """Whether a line in capitals tells the session that passed a resolution ("HỘI NGHỊ LẦN THỨ BA ...")."""
    return in_capitals(text) and opens("session", fold(text)) is not None


def _dispatch(found: Sequence[Segment], i: int, words: str) -> TitleBlock:
    """The head of an official dispatch, whose title begins with ``words`` in piece ``i``; place and date may stand behind it."""
    parts, last, beside = [words], found[i].line, []
    ended = False
    for after in found[i + 1 : i + _BEHIND_SUBJECT]:
        if opens("opens-body", fold(after.text)) or len(after.text) > _LONGEST_PART:
            break
        if dated(after.text):
            ended = ended or after.line > last
            beside.append(after)
        elif (
            ended
            or (after.gap and not after.text[:1].islower())
            or _aside(after.text)
            or _marked(after.text)
            or _heading(after.text)
        ):
            ended = True
        else:
            parts.append(after.text)
            last = after.line
    title = collapse(" ".join(parts)).strip(" :")
    last = max([last, *(s.line for s in beside)])
    return TitleBlock("Công văn", title, (*found[:i], *beside), found[i].line, last)


def _heading(text: str) -> bool:
    """Whether several words in capitals show another column of the letterhead."""
    return in_capitals(text) and len(text.split()) > 1


def _type_at(text: str) -> tuple[str, str] | None:
    """The type that a line opens with in capitals, and what stands behind it on the line."""
    words = text.split()
    for n in range(min(5, len(words)), 0, -1):
        name = " ".join(words[:n]).strip("*: ")
        rest = " ".join(words[n:])
        if name == name.upper() and (label := type_written(name)) and not re.match(r"(?:\d|[Ss]ố\b|SỐ\b|NÀY\b)", rest):
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
    folded = fold(text)
    return opens("opens-body", folded) is not None and (len(text) > 12 or opens("relation-basis", folded) == folded)


def _title_part(found: Sequence[Segment], n: int, parts: Sequence[str]) -> bool:
    """Whether piece ``n`` carries on the title of which ``parts`` were read."""
    text = found[n].text
    folded = fold(text)
    if parts and parts[-1].count("(") > parts[-1].count(")") and ")" in text and len(text) <= _LONG_LINE:
        return True
    if mark_of(text)[0] is not None or dated(text) or _aside(text) or _opens_body(text):
        return False
    wrapped_note = f"{folded} {fold(found[n + 1].text)}" if text.startswith("(") and n + 1 < len(found) else folded
    if re.match(rf"\W*(?:{alternatives('accompanying')}|so\s*:)", wrapped_note):
        return False
    if (
        parts
        and not in_capitals(text)
        and opens("opens-preamble", folded)
        and (found[n].gap or (text[:1].isupper() and len(text) > _LONG_LINE))
    ):
        return False
    if parts and not wants_more(parts[-1]) and text[:1].isupper() and not in_capitals(text) and in_capitals(parts[-1]):
        below = found[n + 1] if n + 1 < len(found) else None
        wrapped = below is not None and not below.gap and below.text[:1].islower()
        short = len(text) <= _LONG_LINE and not text.endswith((".", ":", ";"))
        return opens("title-period", folded) is not None and short and not (wrapped and "," in text)
    if in_capitals(text) and _office(found, n, parts):
        return False
    if len(text) <= _LONGEST_PART and in_capitals(text) and (not parts or in_capitals(parts[-1])):
        return True
    if not parts and not text.endswith((".", ";", ":")) and (text[:1].islower() or opens("opens-preamble", folded) is None):
        return len(text) <= _LONGEST_PART
    if parts and text[:1].islower() and not found[n].gap and not text.endswith((".", ";", ":")):
        return len(text) <= _LONGEST_PART
    end = next((k for k in range(n + 1, len(found)) if found[k].gap or _ends_title(found[k].text)), len(found))
    paragraph = " ".join(s.text for s in found[n:end])
    if paragraph.endswith((";", ":")) or (paragraph.endswith(".") and (len(paragraph) > 150 or parts)):
        return not parts and not found[n].gap and len(text) < 120 and n + 1 < end and not text.endswith((";", ":", "."))
    return len(text) <= _LONGEST_PART


def _office(found: Sequence[Segment], n: int, parts: Sequence[str]) -> bool:
    """Whether piece ``n``, in capitals, is the office that issues the document and not the wrapped rest of a title: no title
    goes on behind it."""
    text = found[n].text
    if not _names_body(text) or (parts and wants_more(parts[-1])):
        return False
    if parts and not in_capitals(parts[-1]):
        return True
    below: list[str] = []
    for after in found[n + 1 : n + _ABOVE_BODY]:
        if _opens_body(after.text) or _of_session(after.text) or mark_of(after.text)[0] is not None:
            return not any(_names_body(b) for b in below) or opens("office", fold(text)) == fold(text)
        if not in_capitals(after.text):
            break
        below.append(after.text)
    wrapped = bool(parts) and not found[n].gap and len(parts[-1]) >= _WRAPPED
    return bool(parts) and not wrapped and not re.search(r"\d{4}", text) and not below


def _ends_title(text: str) -> bool:
    """Whether a line can only stand below a title: the first basis, or the office that issues the document."""
    return _opens_body(text) or mark_of(text)[0] is not None or (in_capitals(text) and _names_body(text))


def _names_body(text: str) -> bool:
    """Whether a line in capitals names who issues the document ("ỦY BAN NHÂN DÂN TỈNH") and so stands below the title."""
    shown = tone_marks(text)
    return re.match(spelled("body", "office"), shown) is not None and re.match(spelled("not-unit"), shown) is None
