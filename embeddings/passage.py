"""Passages: the pieces of a document that can be found, each with its lines, its words and what stands around it.

A passage is a task, a target, a paragraph, a row, a heading, or a run of clauses of one article. Every line that says something
lies in a passage. A passage spans at most ``MOST_LINES`` lines and ``MOST_WORDS`` words; what is longer is split between
sentences, with the last sentence repeated at the start of the next part, and nothing is ever cut off.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from documents.identity import document_key
from documents.model import Document, Paragraph, Section, Span, Target, Task
from documents.tasks.topic import of_heading
from documents.text import fold, words

KINDS = ("task", "target", "paragraph", "article", "heading")
MOST_LINES = 12
MOST_WORDS = 160
PART_WORDS = 110
"""Words that a part of a split passage aims at."""

OVERLAP_WORDS = 30
"""The longest sentence that is repeated at the start of the next part."""

_SENTENCE_END = re.compile(r"[.;:!?…][”\")\]]*$")
_LISTED_TEXT_SHARE = 0.8
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """One findable piece of a document.

    ``id`` is ``document#local`` with ``document`` the document's key and ``local`` "T001" (task), "G003" (target) or "P0012"
    (paragraph), followed by ".2" and so on for later parts of a long one. ``text`` is what is shown; ``context`` are the headings
    above it and ``details`` the words on its lines that ``text`` leaves out (who leads, until when): both are searched too.
    ``as_read`` are the words of a bad scan that were restored to others: who searches for what the scan says finds it as well.
    ``level``, ``year``, ``number``, ``issuer`` and ``title`` are of the document, ``units`` and ``topic`` of the passage.
    """

    id: str
    document: str
    source: str
    kind: str
    text: str
    context: str
    lines: Span
    level: str | None = None
    year: int | None = None
    units: tuple[str, ...] = ()
    topic: str | None = None
    number: str | None = None
    issuer: str | None = None
    title: str | None = None
    details: str = field(default="")
    as_read: str = ""

    @property
    def indexed(self) -> str:
        """All the words of the word index: those searched, and those of the scan."""
        return f"{self.searched}\n{self.as_read}" if self.as_read else self.searched

    @property
    def searched(self) -> str:
        """All the words under which the passage can be found: the document's title and the headings count too."""
        return "\n".join(part for part in (self.title, self.context, self.text, self.details) if part)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage in the making: what it is, where, and its words."""

    local: str
    kind: str
    lines: Span
    text: str
    details: str = ""
    units: tuple[str, ...] = ()
    topic: str | None = None
    section: int | None = None


def _inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _beyond(words: str, text: str) -> str:
    """The words of ``words`` that are not in ``text``, in order: what a reader of ``text`` alone would miss."""
    left = Counter(text.split())
    kept = []
    for word in _TAG.sub(" ", words).split():
        if left[word] > 0:
            left[word] -= 1
        elif any(c.isalnum() for c in word):
            kept.append(word)
    return " ".join(kept)


def _as_read(document: Document, lines: Span) -> str:
    """The words of the scan on ``lines`` that the restored text does not have, accents ignored."""
    if not document.original:
        return ""
    restored = set(words(fold(document.text(lines))))
    read = words(fold(" ".join(document.original[lines[0] - 1 : lines[1]])))
    return " ".join(dict.fromkeys(word for word in read if word not in restored))


def _shown(paragraph: Paragraph) -> str:
    """The words of a paragraph as an officer reads them: the cells of a row apart, no mark-up."""
    if paragraph.kind == "row":
        return " | ".join(cell for cell in paragraph.cells if cell.strip()) or _TAG.sub(" ", paragraph.text)
    return paragraph.text


def _size(text: str) -> int:
    return len(text.split())


def _too_long(lines: Span, text: str) -> bool:
    return lines[1] - lines[0] + 1 > MOST_LINES or _size(text) > MOST_WORDS


def _sentences(words: Sequence[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """The words (each with its line) sentence by sentence; a sentence too long for one part is cut with overlap."""
    sentence: list[tuple[str, int]] = []
    for word in words:
        if sentence and (len(sentence) >= PART_WORDS or word[1] - sentence[0][1] >= MOST_LINES):
            yield sentence
            sentence = [w for w in sentence[-OVERLAP_WORDS // 2 :] if w[1] > word[1] - MOST_LINES // 2]
        sentence.append(word)
        if _SENTENCE_END.search(word[0]):
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def split(document: Document, lines: Span) -> list[tuple[Span, str]]:
    """The words on ``lines`` in parts of about ``PART_WORDS`` words and at most ``MOST_LINES`` lines, split between sentences."""
    words = [(word, line) for line in range(lines[0], lines[1] + 1) for word in _TAG.sub(" ", document.lines[line - 1]).split()]
    parts: list[list[tuple[str, int]]] = []
    part: list[tuple[str, int]] = []
    previous: list[tuple[str, int]] = []
    new = 0  # words of the part that its predecessor does not have
    for sentence in _sentences(words):
        if part and (len(part) + len(sentence) > PART_WORDS or sentence[-1][1] - part[0][1] >= MOST_LINES):
            parts.append(part)
            last = previous if len(previous) <= OVERLAP_WORDS else []
            fits = len(last) + len(sentence) <= PART_WORDS and sentence[-1][1] - (last or sentence)[0][1] < MOST_LINES
            part, new = (list(last) if fits else []), 0
        part = part + sentence
        new += len(sentence)
        previous = sentence
    if part and new:
        parts.append(part)
    return [((p[0][1], p[-1][1]), " ".join(word for word, _ in p)) for p in parts]


def _whole_or_split(document: Document, piece: _Piece) -> Iterator[_Piece]:
    """The piece itself, or its parts when it is too long; later parts are numbered from 2."""
    if not _too_long(piece.lines, piece.text):
        yield piece
        return
    for number, (lines, text) in enumerate(split(document, piece.lines), 1):
        local = piece.local if number == 1 else f"{piece.local}.{number}"
        yield _Piece(local, piece.kind, lines, text, "", piece.units, piece.topic, piece.section)


def _section_at(document: Document, line: int) -> int | None:
    """The innermost section that the line stands in."""
    found = None
    for number, section in enumerate(document.sections):
        if section.lines[0] <= line <= section.lines[1]:
            found = number
    return found


def _task_piece(document: Document, task: Task) -> _Piece:
    units = tuple(dict.fromkeys((*task.lead, *task.coordinate, *task.support)))
    written = document.text(task.lines)
    unsaid = [unit for unit in units if unit not in written]  # a block or a group row elsewhere gave the task its units
    details = " ".join((_beyond(written, task.text), *unsaid)).strip()
    return _Piece(task.id, "task", task.lines, task.text, details, units, task.topic, _section_at(document, task.lines[0]))


def _target_piece(document: Document, target: Target) -> _Piece:
    return _Piece(target.id, "target", target.lines, target.text, "", (), target.topic, _section_at(document, target.lines[0]))


def _replaced(paragraph: Paragraph, tasks: Sequence[Task], targets: Sequence[Target]) -> bool:
    """Whether a task or a target says all that the paragraph says, so that the paragraph would only repeat it."""
    if any(_inside(paragraph.lines, task.lines) for task in tasks):
        return True
    words = _size(paragraph.text)
    return any(_inside(paragraph.lines, target.lines) and _size(target.text) >= _LISTED_TEXT_SHARE * words for target in targets)


def _article_of(document: Document, paragraph: Paragraph) -> int | None:
    """The article (Điều) that the paragraph stands in, as its place in ``Document.sections``."""
    index = paragraph.section
    while index is not None:
        section = document.sections[index]
        if section.kind == "article":
            return index
        index = section.parent
    return None


def _articles(document: Document, paragraphs: Sequence[tuple[int, Paragraph]]) -> Iterator[_Piece]:
    """The paragraphs of one article as runs that fit into a passage each, heading included."""
    run: list[tuple[int, Paragraph]] = []
    article = _article_of(document, paragraphs[0][1])

    def piece() -> _Piece:
        lines = (run[0][1].lines[0], run[-1][1].lines[1])
        return _Piece(f"P{run[0][0]:04d}", "article", lines, " ".join(_shown(p) for _, p in run), section=article)

    for number, paragraph in paragraphs:
        if run:
            text = " ".join(p.text for _, p in [*run, (number, paragraph)])
            only_heading = all(p.kind == "heading" for _, p in run)
            if _too_long((run[0][1].lines[0], paragraph.lines[1]), text) or (_size(text) > PART_WORDS and not only_heading):
                yield piece()
                run = []
        run.append((number, paragraph))
    if run:
        yield piece()


def _paragraph_pieces(document: Document) -> Iterator[_Piece]:
    """The paragraphs that no task or target replaces, those of an article together; then the lines that no paragraph holds."""
    waiting: list[tuple[int, Paragraph]] = []
    for number, paragraph in enumerate(document.paragraphs, 1):
        if _replaced(paragraph, document.tasks, document.targets):
            continue
        article = _article_of(document, paragraph)
        if waiting and article != _article_of(document, waiting[0][1]):
            yield from _articles(document, waiting)
            waiting = []
        if article is not None:
            waiting.append((number, paragraph))
            continue
        kind = "heading" if paragraph.kind == "heading" else "paragraph"
        yield _Piece(f"P{number:04d}", kind, paragraph.lines, _shown(paragraph), section=paragraph.section)
    if waiting:
        yield from _articles(document, waiting)
    yield from _left_over(document)


def _left_over(document: Document) -> Iterator[_Piece]:
    """Runs of lines with words that stand in no paragraph, task or target."""
    spans = [paragraph.lines for paragraph in document.paragraphs]
    spans += [item.lines for item in document.tasks] + [item.lines for item in document.targets]
    covered = {line for first, last in spans for line in range(first, last + 1)}
    start: int | None = None
    for line in range(1, len(document.lines) + 2):
        open_line = line <= len(document.lines) and line not in covered and document.lines[line - 1].strip()
        if open_line and start is None:
            start = line
        elif not open_line and start is not None:
            lines = (start, line - 1)
            yield _Piece(f"L{start:04d}", "paragraph", lines, document.text(lines), section=_section_at(document, start))
            start = None


def _headings(document: Document, piece: _Piece) -> str:
    """The headings above the piece, outermost first."""
    titles = []
    index = piece.section
    while index is not None:
        section: Section = document.sections[index]
        if section.lines[0] != piece.lines[0] and section.title:
            label = f"Điều {section.number}. " if section.kind == "article" and section.number else ""
            titles.append(label + section.title)
        index = section.parent
    return " › ".join(reversed(titles))


def _topic_above(document: Document, piece: _Piece, topics: Sequence[str | None]) -> str | None:
    """The topic of the nearest heading above the piece that has one; ``topics`` are those of the sections."""
    index = piece.section
    while index is not None and topics[index] is None:
        index = document.sections[index].parent
    return None if index is None else topics[index]


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of ``document`` in the order of their lines; the same document always gives the same passages."""
    pieces = [
        *(_task_piece(document, task) for task in document.tasks),
        *(_target_piece(document, target) for target in document.targets),
        *_paragraph_pieces(document),
    ]
    key, header = document_key(document), document.header
    topics = tuple(of_heading(section.title) for section in document.sections)
    named = [(unit.name, frozenset(unit.lines)) for unit in document.units]
    found: dict[tuple[str, Span, str], Passage] = {}
    for whole in pieces:
        for piece in _whole_or_split(document, whole):
            if not piece.text.strip():
                continue
            here = range(piece.lines[0], piece.lines[1] + 1)
            units = tuple(dict.fromkeys((*piece.units, *(name for name, lines in named if not lines.isdisjoint(here)))))
            passage = Passage(
                id=f"{key}#{piece.local}",
                document=key,
                source=document.source,
                kind=piece.kind,
                text=piece.text,
                context=_headings(document, piece),
                lines=piece.lines,
                level=header.level,
                year=header.year,
                units=units,
                topic=piece.topic or _topic_above(document, piece, topics),
                number=header.number,
                issuer=header.issuer,
                title=header.title,
                details=piece.details,
                as_read=_as_read(document, piece.lines),
            )
            found.setdefault((piece.kind, piece.lines, piece.text), passage)
    return tuple(sorted(found.values(), key=lambda p: (p.lines, KINDS.index(p.kind), p.id)))
