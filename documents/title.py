"""Type and title of a document, and where its body begins.

The form is that of administrative documents (Nghị định 30/2020/NĐ-CP, Article 8 and appendix I): the type in capitals on a line,
the title below it, several lines long; an official dispatch has only "V/v ..." below its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cue import alternatives, opens, spelled
from documents.document_type import type_label
from documents.item import wants_more
from documents.letterhead import Segment, dated, segments, subject
from documents.mark import mark_of
from documents.text import collapse, fold, tone_marks

_HEAD_LINES = 90
"""So many lines are searched for the title (scans and long letterheads included)."""
_TITLE_PARTS = 6
_LONGEST_PART = 220
"""No line of a title is longer, in letters."""


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


def _dispatch(found: Sequence[Segment], i: int, words: str) -> TitleBlock:
    """The head of an official dispatch, whose title begins with ``words`` in piece ``i``; place and date may stand behind it."""
    parts, last = [words], found[i].line
    for after in found[i + 1 :]:
        if after.gap or after.text[:1].isupper() or dated(after.text):
            break
        parts.append(after.text)
        last = after.line
    rest = [s for s in found[i + 1 :] if s.line <= last + 2 and dated(s.text)]
    last = max([last, *(s.line for s in rest)])
    return TitleBlock("Công văn", collapse(" ".join(parts)), tuple(found[:i]) + tuple(rest), found[i].line, last)


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
    return opens("opens-body", fold(text)) is not None and len(text) > 12


def _title_part(found: Sequence[Segment], n: int, parts: Sequence[str]) -> bool:
    """Whether piece ``n`` carries on the title of which ``parts`` were read."""
    text = found[n].text
    folded = fold(text)
    if mark_of(text)[0] is not None or dated(text) or _aside(text) or _opens_body(text):
        return False
    if re.match(rf"\W*(?:{alternatives('accompanying')}|so\s*:)", folded):
        return False
    if parts and found[n].gap and opens("opens-preamble", folded):
        return False
    if parts and text == text.upper() and _names_body(text) and not re.search(r"\d{4}", folded) and not wants_more(parts[-1]):
        return False
    end = next((k for k in range(n + 1, len(found)) if found[k].gap), len(found))
    paragraph = " ".join(s.text for s in found[n:end])
    if paragraph.endswith((";", ":")) or (paragraph.endswith(".") and (len(paragraph) > 150 or parts)):
        return not parts and not found[n].gap and len(text) < 120 and n + 1 < end and not text.endswith((";", ":", "."))
    return len(text) <= _LONGEST_PART


def _names_body(text: str) -> bool:
    """Whether a line in capitals names who issues the document ("ỦY BAN NHÂN DÂN TỈNH") and so stands below the title."""
    return re.match(spelled("body", "office"), tone_marks(text)) is not None
