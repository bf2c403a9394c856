"""What a question is understood as, and what an answer consists of: immutable values with their JSON form.

An answer never stands alone: every row carries the source, the lines and the words that say so, and an answer that nothing
supports is an abstention (``Answer.abstained``) that tells what was found instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graph.iri import part_iri
from questions.synonyms import Official

if TYPE_CHECKING:
    from questions.plan import Plan

Span = tuple[int, int]

KINDS = ("fact", "yesno", "list", "count", "sum", "compare", "trace", "search")
"""What is to be done: say one fact, say whether something is so, list, count, add up, set side by side, follow the chain of
directives, find passages."""

ASKS = (
    "lead",
    "coordinate",
    "support",
    "when",
    "product",
    "money",
    "quantity",
    "often",
    "document",
    "signer",
    "date",
    "replaces",
    "basis",
    "task",
    "unit",
    "target",
    "passage",
)
"""Which field or thing the question asks for; a question may ask for several."""


@dataclass(frozen=True, slots=True)
class Described:
    """A document that the question describes instead of naming it: "nghị quyết nào của Bộ Chính trị" → type and issuer.

    ``type`` is a document type folded ("nghi quyet"), ``issuer`` the folded words of who issued it; ``asked`` says whether it
    is asked for ("nào", "số mấy") or only spoken of.
    """

    type: str
    issuer: str = ""
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Sought:
    """What evidence should say: ``words``; ``background`` counts less and need not be said; ``exact`` are the words with their
    accents, ``officially`` the official terms for what is said in everyday words.
    """

    words: tuple[str, ...]
    background: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    officially: tuple[Official, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    ``documents`` are keys of the documents it is about (empty: all); ``groups`` are the sides of a comparison; ``units`` are
    organisations of the corpus that it names and ``missing`` names of units, places, years and documents that the corpus does
    not have; ``words`` are the folded content words left for matching, abbreviations expanded and typing errors corrected;
    ``background`` are those of sentences that only tell the situation, ``exact`` the words as typed, where they have accents.
    ``group_years`` are the years of the sides, where they are told apart by year. ``officially`` are the official terms for what
    is said in everyday words.
    """

    text: str
    kind: str
    asks: tuple[str, ...]
    words: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    officially: tuple[Official, ...] = ()
    documents: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    group_years: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    described: tuple[Described, ...] = ()
    levels: tuple[str, ...] = ()
    role: str | None = None
    parts: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()
    expanded: str = ""
    named: bool = False

    @property
    def sought(self) -> Sought:
        """What evidence should say."""
        return Sought(self.words, self.background, self.exact, self.officially)

    def to_json(self) -> dict[str, Any]:
        """The form that ``understood`` has in the answer: only the slots that are filled."""
        slots = {
            "kind": self.kind,
            "asks": list(self.asks),
            "read_as": self.expanded,
            "words": list(self.words),
            "officially": [one.label for one in self.officially],
            "documents": list(self.documents),
            "units": list(self.units),
            "numbers": list(self.numbers),
            "years": list(self.years),
            "levels": list(self.levels),
            "part": self.role,
            "parts": list(self.parts),
            "time": list(self.span) if self.span else None,
            "described": [{"type": d.type, "issuer": d.issuer} for d in self.described],
            "missing": list(self.missing),
        }
        return {name: value for name, value in slots.items() if value}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table behind an answer: the thing, its fields as (Vietnamese label, value), and its evidence.

    ``document`` is the key of its document, ``node`` the name of the task or target inside it ("T012"), "" for other lines.
    """

    document: str
    source: str
    lines: Span
    text: str
    fields: tuple[tuple[str, str], ...] = ()
    score: float = 0.0
    node: str = ""

    def to_json(self) -> dict[str, Any]:
        """``{"document", "source", "lines", "text", "fields", "score"}``; a task's and a target's also has its ``iri``."""
        return ({"iri": part_iri(self.document, self.node)} if self.node else {}) | {
            "document": self.document,
            "source": self.source,
            "lines": list(self.lines),
            "text": self.text,
            "fields": dict(self.fields),
            "score": round(self.score, 4),
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What the execution of a question brought up, before it is worded.

    ``support`` (0..1) is how much of the question the best evidence carries; ``values`` are the facts to name, verbatim;
    ``refusal`` says in Vietnamese why nothing answers, else ``None``; ``choices`` are whose documents the question may be about,
    where several answer it differently; ``columns`` are the columns of money that were added up.
    """

    rows: tuple[Row, ...] = ()
    values: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    support: float = 0.0
    refusal: str | None = None
    note: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer with its table, its sources, the chain of directives of a trace question, and the passages of the search."""

    question: str
    understood: Question
    answer: str
    rows: tuple[Row, ...] = ()
    chain: tuple[str, ...] = ()
    abstained: bool = False
    hits: tuple[dict[str, Any], ...] = field(default=())
    choices: tuple[str, ...] = ()
    plan: Plan | None = None

    def to_json(self) -> dict[str, Any]:
        """The form that ``ask --json`` and ``/api/v1/ask`` give; ``choices`` and ``plan`` only where there are such."""
        explained = {"plan": self.plan.to_json()} if self.plan else {}
        sources = [{"source": row.source, "lines": list(row.lines), "text": row.text} for row in self.rows]
        asked_back = {"choices": list(self.choices)} if self.choices else {}
        return (
            asked_back
            | explained
            | {
                "question": self.question,
                "understood": self.understood.to_json(),
                "answer": self.answer,
                "rows": [row.to_json() for row in self.rows],
                "sources": [] if self.abstained else _distinct(sources),
                "chain": list(self.chain),
                "abstained": self.abstained,
                "hits": list(self.hits),
            }
        )


def _distinct(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sources without those whose lines were named before, in order."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for source in sources:
        place = (source["source"], *source["lines"])
        if place not in seen:
            seen.add(place)
            kept.append(source)
    return kept
