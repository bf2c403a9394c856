"""The best evidence for one fact: which item is wanted most, what it states, and what else completes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from documents.text import fold
from questions.catalogue import Catalogue
from questions.evidence import Item
from questions.fields import (
    LABELS,
    clause,
    counted_thing,
    has_percent,
    numbers,
    position_asked,
    row_of,
    same_unit,
    says,
    value_of,
)
from questions.matching import Match, rank
from questions.model import Found, Question, Row
from questions.words import tokens

Hits = Mapping[tuple[str, int], float]
"""Weights (0..1) of the search engine's passages by source and first line."""
PARAGRAPH = 0.93
"""A paragraph says the same as the task or target read from it, without its fields."""
_CLOSE = 0.45
"""From this share of the best item's score on another one speaks of the same thing."""
_TO_REACH = re.compile(r"(?<!\w)(?:chi tieu|muc tieu|phai)(?!\w)")
"""Words that ask for what is to be reached, not for what was."""
_AS_TARGET = re.compile(r"(?<!\w)(?:chi tieu|muc tieu)(?!\w)")
_PERCENT_ASKED = re.compile(r"(?<!\w)(?:ty le|phan tram)(?!\w)")
_TIME_ASKED = re.compile(r"(?<!\w)(thang|quy|nam|ngay) (?:may|nao)(?!\w)")
PERSON = re.compile(r"(?:\b(?:ông|bà|đồng chí|đ/c)\s+\w|\blàm trưởng\b|\bkiêm\b)", re.IGNORECASE)
"""How a text introduces a person."""


def from_items(question: Question, catalogue: Catalogue, found: Hits, most: int = 1) -> Found:
    """The best item and the fields of it that are asked for."""
    ranked = rank(catalogue, question.sought, question.documents, lambda item: worth(item, question, catalogue), found)
    if not ranked:
        return Found(refusal="không tìm thấy đoạn nào nói về việc này")
    ranked = _by_clause(question, catalogue, ranked)
    if past := _of_another_year(question, catalogue, ranked[0].item):
        return Found(
            (row_for(ranked[0], question, catalogue),), support=ranked[0].support, refusal=f"chỉ có số liệu của năm {past}"
        )
    top = ranked[:most]
    values = tuple(value for match in top for value in facts_of(match, question, catalogue))
    rows = tuple(row_for(match, question, catalogue) for match in top)
    others = _ambiguous(question, catalogue, ranked)
    rows += tuple(row_for(match, question, catalogue) for match in (others or _completing(question, ranked)))
    whose = (
        [catalogue.cards[match.item.document].document.header.issuer or "" for match in (ranked[0], *others)] if others else []
    )
    return Found(rows, values, support=max(m.support for m in top), choices=tuple(whose))


_AS_GOOD = 0.85
"""From this share of the best item's score on the same thing said by another issuer may be meant as well."""


def _ambiguous(question: Question, catalogue: Catalogue, ranked: Sequence[Match]) -> list[Match]:
    """The best items of other issuers of the same level that answer as well and otherwise, where the question names nobody."""
    if question.documents or question.groups or question.kind != "fact":
        return []
    best = ranked[0]
    level = catalogue.cards[best.item.document].document.header.level
    found: dict[str, Match] = {}
    for match in ranked[1:]:
        card = catalogue.cards[match.item.document]
        if (
            match.score < _AS_GOOD * best.score
            or card.document.header.level != level
            or match.item.document == best.item.document
        ):
            continue
        if facts_of(match, question, catalogue) != facts_of(best, question, catalogue):
            found.setdefault(match.item.document, match)
    return list(found.values())


def _of_another_year(question: Question, catalogue: Catalogue, item: Item) -> int | None:
    """The year whose results an item reports, where a question for a plan's own year asks how much or how many."""
    if not {"money", "quantity"} & set(question.asks) or not set(question.years) & catalogue.cards[item.document].years:
        return None
    if not item.year or item.year in question.years:
        return None
    said = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", item.text)}
    return item.year if item.role == "results" or (item.year in said and not said & set(question.years)) else None


def _by_clause(question: Question, catalogue: Catalogue, ranked: list[Match]) -> list[Match]:
    """The matches with those first whose clause with the number asked for says most of the question, for a thing counted."""
    if not counted_thing(question, catalogue):
        return ranked
    close = [match for match in ranked[:10] if match.score >= _CLOSE * ranked[0].score]

    def fit(match: Match) -> float:
        said = {*tokens(clause(catalogue, question, match.item.text))}
        total = sum(catalogue.weight(word) for word in set(question.words)) or 1.0
        return match.score * (0.3 + sum(catalogue.weight(word) for word in set(question.words) if word in said) / total)

    return [*sorted(close, key=fit, reverse=True), *(match for match in ranked if match not in close)]


def _completing(question: Question, ranked: Sequence[Match]) -> list[Match]:
    """For what a question asks besides and the best item lacks, the next item of the same document that has it."""
    best, found = ranked[0], []
    missing = [ask for ask in question.asks if (ask in LABELS or ask == "quantity") and not _has(best.item, ask)]
    if len(missing) == len([ask for ask in question.asks if ask in LABELS or ask == "quantity"]):
        return []
    for ask in missing:
        close = (m for m in ranked[1:] if m.item.document == best.item.document and m.score >= _CLOSE * best.score)
        other = next((m for m in close if _has(m.item, ask)), None)
        if other and other not in found:
            found.append(other)
    return found


def _has(item: Item, ask: str) -> bool:
    """Whether the item has the field that is asked for: of a task the field itself, of a text a number."""
    if ask in LABELS:
        of_task = item.task is not None and bool(value_of(item.task, ask))
        return of_task or (ask in ("when", "money") and says(item, ask))
    return says(item, ask)


def row_for(match: Match, question: Question, catalogue: Catalogue) -> Row:
    """The row of a match: of a long text the clause that answers."""
    return row_of(match.item, match.score, clause(catalogue, question, match.item.text))


def facts_of(match: Match, question: Question, catalogue: Catalogue) -> list[str]:
    """The facts that a match states: fields asked for, else its clause."""
    values = []
    if match.item.task is not None:
        values = [v for ask in question.asks if ask in LABELS and (v := value_of(match.item.task, ask))]
    return values or [clause(catalogue, question, match.item.text)]


def worth(item: Item, question: Question, catalogue: Catalogue) -> float:
    """How much an item of this kind and with these fields is wanted for the question."""
    if item.citation is not None:
        return 0.0
    weight = 1.0 if item.kind != "paragraph" else PARAGRAPH
    if item.paragraph is not None and item.paragraph.kind == "heading":
        weight *= 0.6
    if any(title.issuperset(one.words) for one in question.officially for title in item.titles):
        weight *= 1.25
    if position := position_asked(question):
        weight *= 0.2 if position not in " ".join(item.terms) else 1.0 if PERSON.search(item.text) else 0.5
    asked = [ask for ask in question.asks if ask in LABELS or ask in ("quantity", "often")]
    for ask in asked:
        if ask in LABELS and item.task is not None and value_of(item.task, ask):
            weight *= 1.25
        elif not says(item, ask):
            weight *= 0.55 if ask in ("quantity", "money", "often") else 0.8
    if "quantity" in asked and item.target is not None:
        weight *= 1.1
    if "quantity" in asked and _PERCENT_ASKED.search(question.expanded) and not has_percent(item.text):
        weight *= 0.6
    if thing := counted_thing(question, catalogue):
        weight *= 1.5 if numbers(thing, item.text) else 0.8
    if question.role == "appendix":
        weight *= 1.25 if item.role == "appendix" or (item.task and item.task.kind in ("appendix", "project")) else 0.75
    if item.task is not None and item.task.deadline and (unit_of_time := _TIME_ASKED.search(question.expanded)):
        weight *= 1.15 if unit_of_time[1] in fold(item.task.deadline.text) else 1.0
    if item.task is not None and any(same_unit(unit, name) for unit in question.units for name in item.task.lead):
        weight *= 1.3
    if item.role == "targets" and _AS_TARGET.search(question.expanded):
        weight *= 1.2
    if item.role == "results" and not question.years and _TO_REACH.search(question.expanded):
        weight *= 0.7
    card = catalogue.cards[item.document]
    if question.years and not set(question.years) & card.years:
        weight *= 1.3 if item.year in question.years else 0.5
    elif item.role == "results" and question.years and item.year not in question.years:
        weight *= 0.7
    return weight
