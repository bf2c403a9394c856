"""Type and title of a document, and where its body begins.

The form is that of administrative documents (Nghị định 30/2020/NĐ-CP, Article 8 and appendix I): the type in capitals on a line,
the title below it, several lines long; an official dispatch has only "V/v ..." below its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cue import alternatives, opens, spelled
from documents.head.document_type import type_label
from documents.head.letterhead import Segment, dated, segments, subject
from documents.structure.item import wants_more
from documents.structure.mark import mark_of
from documents.text import collapse, fold, tone_marks

_HEAD_LINES = 90
"""So many lines are searched for the title (scans and long letterheads included)."""
_TITLE_PARTS = 6
_BEHIND_SUBJECT = 12
"""Among so many pieces behind the subject of a dispatch its place and date are looked for."""
_LONG_LINE = 60
_LONGEST_PART = 220
"""No line of a title is longer, in letters."""


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


def title_block(lines: Sequence[str]) -> TitleBlock:
    """Find type and title among the first lines of a document; a text that has neither gets a block without them."""
    found = segments(lines, _HEAD_LINES)
    for i, segment in enumerate(found):
        if len(segment.text) > 160 or (i > 12 and mark_of(segment.text)[0] is not None and len(segment.text) > 40):
            break
        if said := _type_at(segment.text):
            return _titled(found, i, *said)
    for i, segment in enumerate(found[:30]):
        if (words := subject(segment.text)) is not None:
            return _dispatch(found, i, words)
    end = next(
        (i for i, s in enumerate(found) if _opens_body(s.text) or len(s.text) > 110 or _marked(s.text)), min(len(found), 6)
    )
    return TitleBlock(None, None, found[:end], 0, found[end - 1].line if end else 0)


def _titled(found: Sequence[Segment], i: int, kind: str, rest: str) -> TitleBlock:
    issued_by = _issued_by(rest)
    parts, last = ([rest] if rest and not issued_by else []), found[i].line
    for n, after in enumerate(found[i + 1 :], i + 1):
        if not parts and (_issued_by(after.text) or _of_session(after.text)):
            issued_by, last = issued_by or _issued_by(after.text), after.line
            continue
        if len(parts) >= _TITLE_PARTS or not _title_part(found, n, parts):
            if not parts and (dated(after.text) or _aside(after.text)):
                continue
            break
        parts.append(after.text)
        last = after.line
    title = collapse(" ".join(parts)).strip(" .*_-–") or None
    return TitleBlock(kind, title, tuple(found[:i]), found[i].line, last, issued_by)


def _issued_by(text: str) -> str | None:
    """The body that a line in capitals below the type names with "CỦA", or ``None``."""
    words = text.split(None, 1)
    if len(words) == 2 and text == text.upper() and fold(words[0]) == "cua" and _names_body(words[1]):
        return words[1]
    return None


def _of_session(text: str) -> bool:
    """Whether a line in capitals tells the session that passed a resolution ("HỘI NGHỊ LẦN THỨ BA ...")."""
    return text == text.upper() and opens("session", fold(text)) is not None


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
    return text == text.upper() and len(text.split()) > 1


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
    folded = fold(text)
    return opens("opens-body", folded) is not None and (len(text) > 12 or opens("relation-basis", folded) == folded)


def _title_part(found: Sequence[Segment], n: int, parts: Sequence[str]) -> bool:
    """Whether piece ``n`` carries on the title of which ``parts`` were read."""
    text = found[n].text
    folded = fold(text)
    if mark_of(text)[0] is not None or dated(text) or _aside(text) or _opens_body(text):
        return False
    if re.match(rf"\W*(?:{alternatives('accompanying')}|so\s*:)", folded):
        return False
    if parts and opens("opens-preamble", folded) and (found[n].gap or (text[:1].isupper() and len(text) > _LONG_LINE)):
        return False
    if parts and not wants_more(parts[-1]) and text[:1].isupper() and text != text.upper() and parts[-1] == parts[-1].upper():
        return False
    if parts and text == text.upper() and _names_body(text) and not re.search(r"\d{4}", folded) and not wants_more(parts[-1]):
        return False
    if parts and text[:1].islower() and not found[n].gap and not text.endswith((".", ";", ":")):
        return len(text) <= _LONGEST_PART
    end = next((k for k in range(n + 1, len(found)) if found[k].gap or _ends_title(found[k].text)), len(found))
    paragraph = " ".join(s.text for s in found[n:end])
    if paragraph.endswith((";", ":")) or (paragraph.endswith(".") and (len(paragraph) > 150 or parts)):
        return not parts and not found[n].gap and len(text) < 120 and n + 1 < end and not text.endswith((";", ":", "."))
    return len(text) <= _LONGEST_PART


def _ends_title(text: str) -> bool:
    """Whether a line can only stand below a title: the first basis, or the office that issues the document."""
    return _opens_body(text) or mark_of(text)[0] is not None or (text == text.upper() and _names_body(text))


def _names_body(text: str) -> bool:
    """Whether a line in capitals names who issues the document ("ỦY BAN NHÂN DÂN TỈNH") and so stands below the title."""
    return re.match(spelled("body", "office"), tone_marks(text)) is not None
