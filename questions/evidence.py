"""What can be quoted of a document: its tasks, targets, citations and paragraphs as items of one form, with what they say.

An item is the smallest thing that an answer may rest on. Its own words are ``terms``; the words that only its place says (the
headings above it, the unit that a table row is under) are ``context``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.model import Citation, Document, Paragraph, Section, Span, Target, Task
from documents.text import fold
from questions.words import tokens

_MARKUP = re.compile(r"<(?!https?://)[^>]{1,80}>|\*\*|\$|\\[a-z]+|\\%|^#+\s*")
_LATEX = {r"\geq": "≥", r"\leq": "≤", r"\%": "%", "$": ""}


_BEFORE, _AFTER = 160, 360
"""How many characters before and after a citation are taken to be about it."""
_ORDER = ("tt", "stt", "sott")
"""Headings of the first column of a table, without blanks: a row that begins so says only what the columns are."""
_LONG = 12
"""A paragraph over more lines than this is no evidence as a whole: the mention's own lines are."""


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One quotable thing. ``kind``: task, target, citation or paragraph; exactly that one of the four records is set.

    ``titles`` are the words of each heading above it, innermost first.
    """

    document: str
    source: str
    kind: str
    lines: Span
    text: str
    terms: tuple[str, ...]
    context: tuple[str, ...]
    role: str | None = None
    year: int | None = None
    titles: tuple[frozenset[str], ...] = ()
    task: Task | None = None
    target: Target | None = None
    citation: Citation | None = None
    paragraph: Paragraph | None = None


def readable(text: str) -> str:
    """``text`` without the markup of tables, headings and formulas that a source may carry ("$\\geq 80\\%$" → "≥ 80%")."""
    for mark, sign in _LATEX.items():
        text = text.replace(mark, sign)
    return " ".join(_MARKUP.sub(" ", text).split())


def items_of(key: str, document: Document) -> tuple[Item, ...]:
    """Everything quotable of ``document``, in the order task, target, citation, paragraph, each by position."""
    return tuple(_items(key, document))


def _items(key: str, document: Document) -> Iterator[Item]:
    groups = _group_rows(document)
    for task in document.tasks:
        section = _section_at(document, task.lines)
        said = (task.section_title or "", *task.lead, *task.coordinate, task.product or "", *_written(task))
        yield _item(key, document, "task", task.lines, task.text, section, said, _group_above(groups, task, section), task=task)
    for target in document.targets:
        yield _item(key, document, "target", target.lines, target.text, _section_at(document, target.lines), (), target=target)
    yield from _citations(key, document)
    if document.noisy:
        for lines in _windows(document):
            yield _item(key, document, "paragraph", lines, document.text(lines), _section_at(document, lines), ())
    for paragraph in document.paragraphs:
        if (paragraph.cells and fold(paragraph.cells[0]).replace(" ", "") in _ORDER) or _closes(paragraph, document):
            continue
        section = document.sections[paragraph.section] if paragraph.section is not None else None
        yield _item(key, document, "paragraph", paragraph.lines, paragraph.text, section, (), paragraph=paragraph)


def _citations(key: str, document: Document) -> Iterator[Item]:
    """One item for each place where a document is cited: the words around it, its title where the place gives none."""
    for citation in document.citations:
        for mention in citation.mentions:
            paragraph = _paragraph_at(document, mention.lines)
            around = _around(mention.text, paragraph.text) if paragraph else mention.text
            said = (paragraph.text if paragraph else "", citation.title or "")
            section = _section_at(document, mention.lines)
            lines = paragraph.lines if paragraph and not _is_long(paragraph) else mention.lines
            yield _item(key, document, "citation", lines, around, section, said, citation=citation)


def _windows(document: Document) -> Iterator[Span]:
    """Neighbouring short paragraphs of a badly recognised document taken together: the cells of a row come apart there."""
    short = [p for p in document.paragraphs if p.kind != "heading" and p.lines[1] - p.lines[0] <= 1 and not _closes(p, document)]
    for one, other in pairwise(short):
        if one.section == other.section and other.lines[0] - one.lines[1] <= 2:
            yield one.lines[0], other.lines[1]


def _closes(paragraph: Paragraph, document: Document) -> bool:
    """Whether a paragraph is of the closing part, recipients and signature: it proves no duty of those it names."""
    return paragraph.section is None and bool(document.sections) and paragraph.lines[0] > document.sections[0].lines[0]


def _paragraph_at(document: Document, lines: Span) -> Paragraph | None:
    """The paragraph in which a mention begins."""
    return next((p for p in document.paragraphs if p.lines[0] <= lines[0] <= p.lines[1]), None)


def _is_long(paragraph: Paragraph) -> bool:
    return paragraph.lines[1] - paragraph.lines[0] >= _LONG


def _around(mention: str, text: str) -> str:
    """What is said of a cited document where it is mentioned: the clause before it and what follows, up to the next stop."""
    text = readable(text)
    start = fold(text).find(fold(readable(mention)))
    if start < 0:
        return text if len(text) < _AFTER else f"{mention} {text[:_AFTER]}"
    before = re.split(r"[;.](?=\s)", text[max(0, start - _BEFORE) : start])[-1]
    after = re.split(r";(?=\s)", text[start : start + _AFTER])[0]
    return f"{before}{after}".strip()


def _written(task: Task) -> Iterator[str]:
    """The words of a task's deadline and budget as the source writes them."""
    if task.deadline:
        yield task.deadline.text
    for money in task.budget:
        yield money.label


def _item(
    key: str,
    document: Document,
    kind: str,
    lines: Span,
    text: str,
    section: Section | None,
    said: tuple[str, ...],
    group: str = "",
    **record: Task | Target | Citation | Paragraph,
) -> Item:
    above = list(_above(document, section))
    text = readable(text)
    titles = [*filter(None, (group,)), *(_title(document, s) for s in above)]
    year = next((int(y) for title in titles for y in re.findall(r"\b(20\d\d)\b", title)), None)
    role = next((s.role for s in above if s.role), None)
    context = tuple(word for part in (*said, *titles) for word in tokens(part))
    words = tuple(frozenset(tokens(title)) for title in titles)
    return Item(key, document.source, kind, lines, text, tokens(text), context, role, year, words, **record)  # type: ignore[arg-type]


_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-Z])\.?")
"""How the row of a table is numbered that is a heading for those below it."""


def _group_rows(document: Document) -> list[tuple[int, str]]:
    """The rows of tables that are headings for those below them ("II HẠ TẦNG SỐ"): line and words."""
    rows = [p for p in document.paragraphs if p.kind == "row" and len(p.cells) > 1]
    cells = [(p.lines[0], [readable(cell) for cell in p.cells]) for p in rows]
    return [(line, said[1]) for line, said in cells if _GROUP.fullmatch(said[0]) and len(said[1]) > 1]


def _group_above(groups: Sequence[tuple[int, str]], task: Task, section: Section | None) -> str:
    """The heading of the group of rows that a task of a table stands in; "" when it stands in none."""
    first = section.lines[0] if section else 0
    above = [title for line, title in groups if first <= line < task.lines[0]]
    return above[-1] if above and task.kind in ("appendix", "project") else ""


def _above(document: Document, section: Section | None) -> Iterator[Section]:
    """The section and those around it, innermost first."""
    while section is not None:
        yield section
        section = document.sections[section.parent] if section.parent is not None else None


def _title(document: Document, section: Section) -> str:
    """The heading of a section; of one whose heading line is only a number ("Phần I"), the line below it."""
    if section.title:
        return section.title
    first, last = section.lines
    return next((line.strip() for line in document.lines[first : min(last, first + 3)] if line.strip()), "")


def _section_at(document: Document, lines: Span) -> Section | None:
    """The innermost section that ``lines`` begin in."""
    inside = [s for s in document.sections if s.lines[0] <= lines[0] <= s.lines[1]]
    return min(inside, key=lambda s: s.lines[1] - s.lines[0], default=None)
