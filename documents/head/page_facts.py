"""What a page of a collection of laws says of a document above its text: "Số hiệu: ...", "Cơ quan ban hành: ...".

The collection wrote it, not the body that issued the document; it counts only where the document itself says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from documents.cue import capitalised
from documents.head.document_type import type_label
from documents.structure.markup import plain
from documents.tasks.deadline import iso_date
from documents.text import collapse, tone_marks

_FIRST_LINES = 40
"""Among so many lines such a table stands."""
_LONGEST = 120
"""No value of such a table is longer, in letters."""
_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)")
_NUMBER = re.compile(r"\d+[a-zA-Z]?[-/]\S+")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Number, type, issuer, date and signer as the page gives them."""

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: str | None = None
    signer: str | None = None


def page_facts(lines: Sequence[str]) -> PageFacts:
    """The facts that the first lines state by name; nothing but ``None`` where there is no such table."""
    said: dict[str, str] = {}
    label: str | None = None
    for line in lines[:_FIRST_LINES]:
        shown = collapse(plain(line).text)
        marks = list(_labels().finditer(tone_marks(shown)))
        if not marks and label and (value := shown.strip(" |")):
            said.setdefault(label, value)
            label = None
        for mark, after in zip(marks, [*marks[1:], None], strict=False):
            value = shown[mark.end() : after.start() if after else len(shown)].strip(" |")
            name = next(n for n, found in mark.groupdict().items() if found)
            label = None if value else name
            if value:
                said.setdefault(name, value)
    return _facts(said)


def _facts(said: dict[str, str]) -> PageFacts:
    """The values that can be what their label says; a table without the number or the issuer is none."""
    if "number" not in said or not {"date", "issuer", "type"} & set(said):
        return PageFacts()
    values = {name: value for name, value in said.items() if len(value) <= _LONGEST}
    day = _DATE.match(values.get("date", ""))
    number = _NUMBER.match(values.get("number", ""))
    signer = values.get("signer", "")
    return PageFacts(
        number=number.group() if number else None,
        type=type_label(values["type"]) if "type" in values else None,
        issuer=values.get("issuer"),
        date=iso_date(int(day[1]), int(day[2]), int(day[3])) if day else None,
        signer=signer if re.fullmatch(r"(?:[^\W\d_a-z]\w*\s+){1,4}[^\W\d_a-z]\w*", signer) else None,
    )


@cache
def _labels() -> re.Pattern[str]:
    kinds = ("number", "type", "issuer", "date", "signer", "other")
    return re.compile("|".join(rf"(?P<{kind}>{capitalised(f'page-{kind}')})\s*:?(?!\w)" for kind in kinds))
