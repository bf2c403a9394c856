"""All parts of a document as a tree: the sections, and the numbered clauses, points and items that are no headings.

A clause whose text stands beside its number ("2. Hệ thống ...") is no section (it heads nothing), but others cite it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from documents.model import Document, Paragraph, Place, Section, Span, Step
from documents.structure.mark import RANKS, Mark, mark_of
from documents.structure.place import normal


@dataclass(frozen=True, slots=True)
class Subdivision:
    """One part: its kind (as of a section, or "item"), its number and words, how it is cited (``place``), its lines, and the
    index of the part above it; ``section`` is the index of its section where it is one."""

    kind: str
    number: str | None
    title: str
    place: Place
    lines: Span
    parent: int | None = None
    section: int | None = None


_NUMBERED = ("number", "number2", "number3", "roman", "letter", "point")


def subdivisions(document: Document) -> tuple[Subdivision, ...]:
    """The parts of ``document``, ordered by their first lines, each behind the one that it stands in."""
    tree = _Tree(document)
    coming = list(enumerate(document.sections))
    for paragraph in document.paragraphs:
        while coming and coming[0][1].lines[0] <= paragraph.lines[0]:
            tree.add_section(*coming.pop(0))
        if paragraph.kind != "heading":
            tree.add_paragraph(paragraph)
    for index, section in coming:
        tree.add_section(index, section)
    return tuple(tree.found)


@dataclass
class _Tree:
    """The parts found so far; ``still_open`` are those of each section that are no sections and go on (index, rank of mark)."""

    document: Document
    found: list[Subdivision] = field(default_factory=list)
    of_section: dict[int, int] = field(default_factory=dict)
    still_open: dict[int | None, list[tuple[int, int]]] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)
    attached: int = 0

    def add_section(self, index: int, section: Section) -> None:
        """Take up a section; a point that is a section may stand below a clause that is none."""
        parent = self._above(section.parent, _rank(section))
        self._attach(section)
        self._extend(section.parent, section.lines[1])
        self.of_section[index] = len(self.found)
        self.found.append(self._part(section.kind, section.number, section.title, section.lines, parent, index))

    def add_paragraph(self, paragraph: Paragraph) -> None:
        """Take up a paragraph: a numbered one is a part, any other goes on with the part before it."""
        mark, words = mark_of(paragraph.text) if paragraph.kind == "bullet" else (None, "")
        if mark is not None and mark.kind in _NUMBERED:
            parent = self._above(paragraph.section, mark.rank)
            self.found.append(self._part(self._kind(parent, mark), mark.number, words, paragraph.lines, parent))
            self.still_open.setdefault(paragraph.section, []).append((len(self.found) - 1, mark.rank))
        self._extend(paragraph.section, paragraph.lines[1])

    def _above(self, section: int | None, rank: int) -> int | None:
        """The part in which one of the rank ``rank`` stands that begins in ``section``; those that it ends go on no longer."""
        still_open = self.still_open.setdefault(section, [])
        while still_open and still_open[-1][1] >= rank:
            still_open.pop()
        if still_open:
            return still_open[-1][0]
        return self.of_section.get(section) if section is not None else None

    def _extend(self, section: int | None, last: int) -> None:
        for at, _ in self.still_open.get(section, ()):
            self.found[at] = replace(self.found[at], lines=(self.found[at].lines[0], last))

    def _kind(self, parent: int | None, mark: Mark) -> str:
        above = self.found[parent].kind if parent is not None else None
        if above == "article" and mark.kind == "number":
            return "clause"
        return "point" if above in ("article", "clause") else "item"

    def _attach(self, section: Section) -> None:
        """Note where what was issued with the document begins: behind its signature, or where its articles begin anew."""
        signed = self.document.header.where("signer")
        outermost = section.parent is None and section.kind != "appendix"
        if signed and self.attached == 0 and outermost and section.lines[0] > signed[1]:
            self.attached, self.articles = 1, set()
        if section.kind == "article" and section.number:
            if section.number == "1" and "1" in self.articles:
                self.attached, self.articles = self.attached + 1, set()
            self.articles.add(section.number)

    def _part(
        self, kind: str, number: str | None, title: str, lines: Span, parent: int | None, section: int | None = None
    ) -> Subdivision:
        return Subdivision(kind, number, title, self._place(kind, number, parent), lines, parent, section)

    def _place(self, kind: str, number: str | None, parent: int | None) -> Place:
        steps: tuple[Step, ...] = self.found[parent].place.steps if parent is not None else ()
        if not steps and self.attached and kind != "appendix":
            steps = (Step("attached", str(self.attached) if self.attached > 1 else None),)
        within = any(step.kind == "article" for step in steps)
        step = kind if kind in ("appendix", "part", "chapter", "article") else kind if within else "heading"
        place = normal((*steps, Step(step, number)))
        assert place is not None
        if kind == "article" and self.attached and place.steps[0].kind not in ("attached", "appendix"):
            return Place((Step("attached", str(self.attached) if self.attached > 1 else None), *place.steps))
        return place


def _rank(section: Section) -> int:
    """The rank of the mark of a section, as far as its kind and number tell."""
    if section.kind == "point":
        return RANKS["point"]
    if section.kind in ("clause", "heading") and section.number and section.number[0].isdigit():
        return min(RANKS["number"] + section.number.count("."), RANKS["number3"])
    return RANKS["appendix"]


def innermost(parts: Sequence[Subdivision]) -> dict[int, int]:
    """For each line that stands in a part the index of the innermost one."""
    found: dict[int, int] = {}
    for index, part in enumerate(parts):  # what stands in a part comes behind it
        found.update(dict.fromkeys(range(part.lines[0], part.lines[1] + 1), index))
    return found
