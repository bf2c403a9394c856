"""Headings, the tree of sections, and what each part of a document is for.

A numbered line is a heading when something stands below it that is not merely its label block ("Đơn vị chủ trì: ..."): the
same "2." opens a section in one plan and is a duty of its own in the next.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.cue import opens, pattern, spelled
from documents.head.closing import is_recipients, is_signing
from documents.model import Paragraph, Section
from documents.structure.item import Item
from documents.structure.label import label_of
from documents.structure.mark import RANKS
from documents.tasks.unit import starts_with_unit, verb_behind_units
from documents.text import fold, tone_marks

_KINDS = {"appendix": "appendix", "part": "part", "chapter": "chapter", "article": "article", "point": "point"}
_ROLES = (
    "role-results",
    "role-bases",
    "role-responsibilities",
    "role-tasks",
    "role-targets",
    "role-solutions",
    "role-funding",
    "role-purpose",
)
_OF_SEVERAL = re.compile(r"trach nhiem (?:cua )?cac (?:bo, )?(?:nganh, )?co quan(?:, don vi)?(?:,? (?:co )?lien quan)?")
"""The title of an article whose clauses name one body after the other, each with its duty."""
_NAMES = {"role-targets": "targets", "role-tasks": "tasks"}
_LONG_HEADING = 260
"""A numbered line longer than this (in letters) is a paragraph, whatever stands below it."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a document and, for each item, the index of the section it stands in and whether it is a heading."""

    sections: tuple[Section, ...]
    section_of: tuple[int | None, ...]
    heading: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a kind of document makes of its parts.

    ``duties``: an article "Trách nhiệm của Sở ..." lays its clauses on that unit as tasks (so in the regulations of a province,
    not in laws and decrees, whose articles speak to every body of a kind). ``asks``: the document does nothing but ask (a
    directive, an urgent dispatch), so a heading that names units gives them the duties below it. ``articles``: the articles are
    parts of a plan, told by their titles (a resolution of a council).
    """

    duties: bool = True
    asks: bool = False
    articles: bool = False


_PLAN = Reading()


def outline(items: Sequence[Item], start: int = 0, stop: int | None = None, reading: Reading = _PLAN) -> Outline:
    """The outline of ``items``; those before ``start`` (the letterhead) and in ``[stop, ...)`` up to an appendix (signature and
    recipients) belong to no section."""
    headings = _headings(items, start)
    sections: list[_Open] = []
    stack: list[int] = []
    section_of: list[int | None] = []
    outside = False
    titles = _titles(items, headings)
    for i, item in enumerate(items):
        if i < start:
            section_of.append(None)
            continue
        if i in titles:
            headings[i] = True
        elif headings[i]:
            mark_kind = item.mark.kind if item.mark else "number3" if stack else "number"
            if mark_kind == "appendix":
                stack = []
            if not (item.mark and item.mark.bullet):
                outside = False  # a regulation or an annex begins behind the signature
            rank = RANKS[mark_kind]
            while stack and sections[stack[-1]].rank >= rank:
                stack.pop()
            title = _title(item) or (_title(items[i + 1]) if i + 1 in titles else "")
            sections.append(_Open(item, title, mark_kind, rank, stack[-1] if stack else None, item.lines[0]))
            stack.append(len(sections) - 1)
        elif stop is not None and i == stop:
            stack, outside = [], True
        elif item.mark is not None and not item.mark.bullet:
            # "9.4." with its text beside it is no heading, but it ends "9.3."
            while stack and sections[stack[-1]].rank >= item.mark.rank:
                stack.pop()
        section_of.append(None if outside or not stack else stack[-1])
        for s in stack:
            sections[s].last = item.lines[1]
    return Outline(_closed(sections, reading), tuple(section_of), tuple(headings))


def _titles(items: Sequence[Item], headings: Sequence[bool]) -> frozenset[int]:
    """The items that are the title of a mark standing alone on the line above ("Phụ lục I" / "CÁC NHIỆM VỤ ...")."""
    return frozenset(
        i
        for i in range(1, len(items))
        if headings[i - 1]
        and items[i - 1].mark
        and not items[i - 1].text
        and not items[i].mark
        and not items[i].row
        and (items[i].capitals or items[i].bold or items[i].heading)
    )


@dataclass(slots=True)
class _Open:
    item: Item
    title: str
    kind: str
    rank: int
    parent: int | None
    last: int


def _closed(found: list[_Open], reading: Reading) -> tuple[Section, ...]:
    closed: list[Section] = []
    for entry in found:
        parent = closed[entry.parent] if entry.parent is not None else None
        number = entry.item.mark.number if entry.item.mark else None
        title = entry.title
        closed.append(
            Section(
                _KINDS.get(entry.kind, "clause" if parent and parent.kind == "article" else "heading"),
                number,
                title,
                _path(parent, entry, number),
                (entry.item.lines[0], entry.last),
                entry.parent,
                _role(title, entry.kind, parent, reading),
            )
        )
    return tuple(closed)


def _title(item: Item) -> str:
    text = re.split(r"\s*\(?(?:Đơn vị tính|ĐVT)\s*:", item.text)[0]
    if item.mark and item.mark.kind == "appendix":
        return text.strip(" .:")
    return text.rstrip(" :").rstrip(".") if not text.endswith("./.") else text


def _path(parent: Section | None, entry: _Open, number: str | None) -> str:
    own = number or ""
    if entry.kind == "appendix":
        return f"Phụ lục {own}".strip()
    if entry.kind == "article":
        return f"Điều {own}"
    if "." in own:  # "6.1" names its parents itself
        head, _, last = own.rpartition(".")
        if parent and parent.number and (parent.number == head or parent.path.endswith("." + head)):
            return f"{parent.path}.{last}" if parent.path != head else own
        return f"{parent.path}.{own}" if parent else own
    return f"{parent.path}.{own}".strip(".") if parent and own else own or (parent.path if parent else "")


def _role(title: str, kind: str, parent: Section | None, reading: Reading) -> str | None:
    inherited = parent.role if parent else None
    if kind == "appendix":
        return "appendix"
    if kind == "article":
        return _role_of_article(title, reading)
    if parent is not None and parent.kind in ("article", "clause"):
        return inherited
    if inherited is None and reading.asks and starts_with_unit(re.sub(rf"^{spelled('heading-asks')}\s+", "", tone_marks(title))):
        return "responsibilities"
    if inherited == "appendix" or (
        inherited and inherited != "purpose" and kind not in ("letter", "roman", "chapter", "section") and not _container(parent)
    ):
        return inherited
    folded = fold(title)
    best: tuple[int, int, str] | None = None
    for order, name in enumerate(_ROLES):
        at = pattern(name).search(folded)
        if at and (best is None or (at.start(), order) < best[:2]):
            best = (at.start(), order, name)
    if best is None and opens("proposals", folded):
        return None  # what a report asks of those above it is no work of its own
    if best is None or (best[0] > 45 and inherited):
        return inherited
    return best[2].removeprefix("role-")


def _role_of_article(title: str, reading: Reading) -> str | None:
    """What an article is for: responsibilities of a unit that it names, or the part of a plan that its whole title says."""
    duty = re.match(r"Trách nhiệm (?:của )?(?=\S)", title)
    if duty and reading.duties and starts_with_unit(title[duty.end() :]):
        return "responsibilities"
    folded = fold(title).strip(" .")
    if _OF_SEVERAL.fullmatch(folded):
        return "responsibilities"
    whole = (name for name in _ROLES if re.fullmatch(pattern(name), folded)) if reading.articles else ()
    return next((name.removeprefix("role-") for name in whole), None)


def _container(section: Section | None) -> bool:
    """Whether a section is so wide that its parts have roles of their own ("PHẦN II. NỘI DUNG KẾ HOẠCH NĂM 2026")."""
    return section is not None and section.kind in ("part", "chapter")


def _headings(items: Sequence[Item], start: int) -> list[bool]:
    found = [False] * len(items)
    for i in range(len(items) - 1, start - 1, -1):
        found[i] = _is_heading(items, i)
    return found


def _is_heading(items: Sequence[Item], i: int) -> bool:
    item = items[i]
    if item.row or (item.mark and item.mark.bullet):
        return False
    if item.mark is None:
        return bool(item.heading) and bool(item.text) and not _signature(item)
    if item.mark.kind in ("appendix", "part", "chapter", "section", "article"):
        return True
    if item.mark.kind == "point" and not item.heading:
        return _heads(items, i) and len(item.text) <= 90 and not item.text.endswith((";", "."))
    if item.heading or item.capitals:
        return bool(item.text)
    if item.mark.kind in ("roman", "letter"):
        return len(item.text) <= _LONG_HEADING
    longest = 2 * _LONG_HEADING if item.bold else _LONG_HEADING
    return len(item.text) <= longest and not item.text.endswith(";") and _heads(items, i)


def _heads(items: Sequence[Item], i: int) -> bool:
    """Whether the item has something of its own below it: the next item is a bullet, a row, a deeper mark or plain text."""
    item = items[i]
    assert item.mark is not None
    for after in items[i + 1 :]:
        if label_of(after.text) and (after.mark is None or after.mark.bullet):
            continue
        if after.row:
            return not item.text.endswith(".")
        if after.mark is None:
            # a plain paragraph below a full sentence goes on with it; below a title it is the section's text
            return not _signature(after) and not _closing(after) and not _sentence(item) and not _is_duty(item)
        if after.mark.bullet:
            return not (_sentence(item) and len(item.text) > 160 and not item.bold)
        return after.mark.rank > item.mark.rank
    return False


def _sentence(item: Item) -> bool:
    """Whether the text reads as a statement of its own rather than as a title."""
    text = item.text
    return text.endswith(("./.", ";")) or (text.endswith(".") and len(text) > 90) or len(re.findall(r"[.;]\s", text)) >= 2


def _is_duty(item: Item) -> bool:
    """Whether a numbered sentence lays a duty on the units that it begins with, and so is no title."""
    return item.text.endswith(".") and starts_with_unit(item.text) and verb_behind_units(item.text) is not None


def _closing(item: Item) -> bool:
    return opens("closing", fold(item.text)) is not None


def _signature(item: Item) -> bool:
    return is_recipients(item) or is_signing(item)


def paragraphs(items: Sequence[Item], outlined: Outline) -> tuple[Paragraph, ...]:
    """The items as the paragraphs of a :class:`documents.model.Document`."""
    kinds = (
        "row" if it.row else "heading" if outlined.heading[i] else "bullet" if it.mark else "paragraph"
        for i, it in enumerate(items)
    )
    return tuple(
        Paragraph(kind, it.lines, it.raw, outlined.section_of[i], it.cells)
        for i, (it, kind) in enumerate(zip(items, kinds, strict=True))
    )
