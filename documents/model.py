"""What is read out of one document: immutable values, each with the lines that say so.

Lines are 1-based and inclusive, counted in the text as read (``Document.lines``). A value that the source does not state
is ``None`` or an empty tuple, never a guess. The JSON forms of these values live in :mod:`documents.record`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Span = tuple[int, int]
"""First and last line, 1-based, both included."""

Region = tuple[float, float, float, float]
"""Left, top, right, bottom of a line on its page: pixels of the image for scans, points for PDF, from the upper left corner."""

RELATIONS = ("basis", "implements", "replaces", "amends", "complies", "accompanies", "reports", "mentions")
"""How a document speaks of another one, strongest first (shared vocabulary of citations and graph links)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed, and in which position ("Chủ tịch")."""

    name: str
    position: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The days a plan covers, ISO dates, both included."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Header:
    """The letterhead and signature of a document.

    ``number`` is ``None`` when the source leaves it blank (``number_note`` then quotes the place); ``date`` is an ISO date or
    ``None`` when blank or partial (``date_note``); ``year`` is the year of issue as far as the source tells, else ``None``.
    ``lines`` says where each field stands: field name → lines.
    """

    type: str | None = None
    number: str | None = None
    number_note: str | None = None
    title: str | None = None
    issuer: str | None = None
    level: str | None = None
    date: str | None = None
    date_note: str | None = None
    year: int | None = None
    place: str | None = None
    signer: Signer | None = None
    period: Period | None = None
    lines: tuple[tuple[str, Span], ...] = ()

    def where(self, name: str) -> Span | None:
        """The lines on which the header field ``name`` stands, or ``None``."""
        return dict(self.lines).get(name)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it.

    ``kind``: "part" (Phần), "chapter" (Chương), "article" (Điều), "clause" (khoản), "point" (điểm), "heading" (I., 1., 1.1.,
    a)) or "appendix". ``path`` is the path of headings ("II.6.1"); ``parent`` indexes ``Document.sections``; ``lines`` runs
    from the heading to the last line of the section, its subsections included; ``role`` says what the part is for: one of
    "results", "bases", "goals", "targets", "tasks", "solutions", "funding", "responsibilities", "appendix", "recipients",
    or ``None``.
    """

    kind: str
    number: str | None
    title: str
    path: str
    lines: Span
    parent: int | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text as a reader sees it (wrapped lines joined): heading, bullet, plain paragraph or table row.

    ``kind``: "heading", "bullet", "paragraph", "row"; ``section`` indexes ``Document.sections`` (``None`` before the first).
    ``cells`` are the cells of a row, empty otherwise.
    """

    kind: str
    lines: Span
    text: str
    section: int | None = None
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step down into a document: ``kind`` as of a :class:`Section`, or "attached" (what was issued with the document), or
    "item" (a part of a point); ``number`` is ``None`` where there is only one ("Phụ lục")."""

    kind: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a document, by the steps that lead to it from the outermost in: "khoản 2 Điều 12" is article 12, clause 2.

    :func:`documents.structure.place.normal` gives each part its one form.
    """

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a citation is made: the words as written, the line it starts on and its last line.

    ``nested``: it stands inside the title of another cited document ("Kế hoạch A về thực hiện Nghị quyết B"), so that what the
    words say of it (``relation``) they say of that document and only through it of this one. ``places`` are the parts of the
    cited document that the words name ("khoản 2 Điều 12"), none where they speak of the whole.
    """

    text: str
    lines: Span
    relation: str
    nested: bool = False
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class InnerReference:
    """Where a document names parts of itself ("khoản 2 Điều này", "Phụ lục I Nghị định này"): words, lines, the parts."""

    text: str
    lines: Span
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One distinct cited document, with all its mentions (fields as in the shared gold schema)."""

    number: str | None
    type: str | None
    issuer: str | None = None
    date: str | None = None
    other_dates: tuple[str, ...] = ()
    title: str | None = None
    relation: str = "mentions"
    mentions: tuple[Mention, ...] = ()

    @property
    def as_written(self) -> tuple[str, ...]:
        """The distinct written forms, in order of first use."""
        return tuple(dict.fromkeys(m.text for m in self.mentions))

    @property
    def lines(self) -> tuple[int, ...]:
        """Every line on which a mention starts, ascending."""
        return tuple(sorted({m.lines[0] for m in self.mentions}))


@dataclass(frozen=True, slots=True)
class CitedLink:
    """A link that a cited title states between two cited documents ("KH 238 ... về việc thực hiện KH 12-KH/TU").

    ``source`` and ``target`` index ``Document.citations``; ``text`` is the sentence that says so, on ``lines``.
    """

    source: int
    target: int
    relation: str
    lines: Span
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that is given work or addressed with it: canonical name, every written form, its kind, where."""

    name: str
    as_written: tuple[str, ...]
    kind: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task is due: the words, a kind (date month quarter year range ongoing before other), ISO start and end."""

    text: str
    kind: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a budget: the column or words it stands under, đồng (``None`` for "-"), the unit, and as written."""

    label: str
    amount_vnd: int | None
    unit: str | None
    as_written: str


@dataclass(frozen=True, slots=True)
class Task:
    """One duty. ``kind``: task | appendix | project | responsibility (shared gold schema). ``id`` is "T001", ... by position."""

    id: str
    lines: Span
    kind: str
    section: str | None
    section_title: str | None
    topic: str
    text: str
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    product: str | None = None
    budget: tuple[Money, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """One value to reach. ``comparator`` is one of = > >= < <=; ``id`` is "G001", ... by position."""

    id: str
    lines: Span
    text: str
    comparator: str
    value: float
    unit: str | None
    topic: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """Something wrong in the source itself that a careful clerk would flag (kinds of the shared gold schema)."""

    lines: tuple[int, ...]
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document as understood.

    ``source`` is the path as the caller names it (relative, with "/"); ``sha256`` is of the original bytes; ``lines`` is the
    text, line by line (NFC). ``noisy`` says that the text was recognised badly (accents lost); ``lines`` are then the restored
    words and ``original`` what was read, as many lines (empty otherwise). ``notes`` are remarks about the reading ("decoded
    from UTF-16"), in Vietnamese, for the officer. ``format`` is the id of the file's format; ``pages`` and ``regions`` say for
    each line on which page and where on it it stands (empty where the format has no pages), ``recognised`` which pages were
    recognised from an image.
    """

    source: str
    sha256: str
    lines: tuple[str, ...]
    header: Header
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[CitedLink, ...] = ()
    references: tuple[InnerReference, ...] = ()
    units: tuple[Unit, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    defects: tuple[Defect, ...] = ()
    noisy: bool = False
    original: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    format: str = "txt"
    pages: tuple[int | None, ...] = ()
    regions: tuple[Region | None, ...] = ()
    recognised: tuple[int, ...] = ()

    def page(self, line: int) -> int | None:
        """The page on which a line stands; ``None`` where the format has no pages or the document no such line."""
        return self.pages[line - 1] if 0 < line <= len(self.pages) else None

    def text(self, span: Span) -> str:
        """The words on the lines ``span``, joined with single blanks."""
        return " ".join(" ".join(self.lines[span[0] - 1 : span[1]]).split())

    def section_of(self, paragraph: Paragraph) -> Iterator[Section]:
        """The sections a paragraph stands in, innermost first."""
        index = paragraph.section
        while index is not None:
            section = self.sections[index]
            yield section
            index = section.parent
