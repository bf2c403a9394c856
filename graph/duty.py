"""The duties of a directive: the provisions of its articles that oblige somebody, and whom.

A provision is a point, a clause without points, or an article without clauses: the smallest part with a number of its own. Whom
it obliges stands in its own first words, else in the words that lead to it, else in the heading of its article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from documents.identity import document_key
from documents.model import Document, Span
from documents.structure.subdivision import Subdivision, subdivisions
from documents.text import collapse, fold
from graph.iri import part_locals
from ontology.knowledge import knowledge
from ontology.namespaces import SKOS
from ontology.turtle import concepts

Addressee = Literal["local", "national", "private"]
"""Bodies of the state at any level, national bodies, enterprises and persons."""

_NAMED_IN_FIRST = 160
"""Letters of a provision in which it names whom it obliges."""
_DUTY_IN_FIRST = 120


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision: ``node`` is its key in the graph, ``place`` how it is cited, ``text`` its words.

    ``addressee`` is ``None`` where nobody is named; ``obliges`` says whether its words lay a duty.
    """

    node: str
    place: str
    text: str
    lines: Span
    addressee: Addressee | None
    obliges: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number and heading, the directive's number (or title), its lines and its provisions in order."""

    node: str
    source: str
    number: str
    directive: str
    title: str
    text: str
    lines: Span
    provisions: tuple[Provision, ...]

    @property
    def local(self) -> str:
        """The fragment of its node ("dieu-15")."""
        return self.node.partition("#")[2]

    @property
    def lays_duty(self) -> bool:
        """Whether the heading leaves room for a duty: scope, definitions, criteria and entry into force have none."""
        return _without_duty().match(fold(self.title)) is None

    @property
    def heads(self) -> Addressee | None:
        """Whom the heading names."""
        return _addressee(self.title)

    @property
    def concerns_others(self) -> bool:
        """Whether the heading says that the article concerns national bodies, trade or disputes."""
        return _names("elsewhere").search(fold(self.title)) is not None

    @property
    def announces_duty(self) -> bool:
        """Whether the heading itself names a duty ("Trách nhiệm của ...", "Xây dựng ...")."""
        return self.lays_duty and _announcing().match(fold(self.title)) is not None

    @property
    def heading(self) -> str:
        """Number and title as they are read: "Điều 15. Hồ sơ đề xuất cấp độ"."""
        return f"Điều {self.number}. {self.title}".strip(". ")

    @property
    def duties(self) -> tuple[Provision, ...]:
        """The provisions that oblige bodies of the state at any level, or do not say whom.

        Laws also oblige by plain statements ("Cơ quan sao lưu dữ liệu"): where no words lay a duty, every provision counts.
        """
        if not self.lays_duty:
            return ()
        said = [one for one in self.provisions if one.addressee in ("local", None)]
        return tuple(one for one in said if one.obliges) or tuple(said)


def articles_of(document: Document) -> list[Article]:
    """The articles of ``document``, in order; none in a plan."""
    if not any(section.kind == "article" for section in document.sections):
        return []
    parts = subdivisions(document)
    key = document_key(document)
    locals_ = part_locals(parts)
    below: dict[int, list[int]] = {}
    for index, part in enumerate(parts):
        if part.parent is not None:
            below.setdefault(part.parent, []).append(index)
    name = document.header.number or document.header.title or document.source
    found = []
    for index, part in enumerate(parts):
        if part.kind != "article":
            continue
        leaves = list(_leaves(index, below))
        provisions = tuple(
            Provision(f"{key}#{locals_[leaf]}", _cited(leaf, parts), *_said(leaf, index, parts, document)) for leaf in leaves
        )
        text = document.text(part.lines)
        found.append(
            Article(f"{key}#{locals_[index]}", document.source, part.number or "", name, part.title, text, part.lines, provisions)
        )
    return found


def _leaves(index: int, below: dict[int, list[int]]) -> list[int]:
    """The smallest parts inside a part; the part itself where it has none."""
    return [leaf for child in below.get(index, ()) for leaf in _leaves(child, below)] or [index]


def _cited(leaf: int, parts: tuple[Subdivision, ...]) -> str:
    """How a part is cited: "điểm a khoản 2 Điều 19"."""
    names = {"point": "điểm", "clause": "khoản", "article": "Điều"}
    said, index = [], leaf
    while True:
        part = parts[index]
        if part.kind in names and part.number:
            said.append(f"{names[part.kind]} {part.number}")
        if part.kind == "article" or part.parent is None:
            return " ".join(said)
        index = part.parent


def _said(
    leaf: int, article: int, parts: tuple[Subdivision, ...], document: Document
) -> tuple[str, Span, Addressee | None, bool]:
    """The words of a part, its lines, whom it obliges and whether it does."""
    part = parts[leaf]
    text = collapse(document.text(part.lines))
    leading, index = [], leaf
    while index != article and parts[index].parent is not None:
        index = parts[index].parent or 0
        leading.append(parts[index].title)
    addressee = next((who for who in (_addressee(one) for one in (text, *leading)) if who), None)
    obliges = bool(_duty_words().search(fold(text)[:_DUTY_IN_FIRST])) or any(_duty_words().search(fold(one)) for one in leading)
    return text, part.lines, addressee, obliges


def _addressee(text: str) -> Addressee | None:
    """Whom the first words of a text name first."""
    start = fold(text)[:_NAMED_IN_FIRST]
    found: list[tuple[int, int, Addressee]] = []
    kinds: tuple[Addressee, ...] = ("local", "national", "private")
    for kind in kinds:
        match = _names(kind).search(start)
        if match:
            found.append((match.start(), -match.end(), kind))
    return min(found)[2] if found else None


@cache
def _names(kind: str) -> re.Pattern[str]:
    node = next(one for one in concepts("addressees") if one.local == kind)
    phrases = sorted({fold(phrase) for phrase in node.all(SKOS.hiddenLabel, "vi")}, key=lambda one: (-len(one), one))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def _duty_words() -> re.Pattern[str]:
    return _names("duty-words")


@cache
def _announcing() -> re.Pattern[str]:
    return re.compile(rf"(?:{_names('announcing').pattern})")


@cache
def _without_duty() -> re.Pattern[str]:
    phrases = sorted({fold(phrase) for phrase in knowledge().cues["article-without-duty"]})
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})")
