"""Things side by side: the same of two documents, or two things of one document."""

from __future__ import annotations

import re
from dataclasses import replace

from questions.best import Hits, facts_of, from_items, row_for, worth
from questions.catalogue import Catalogue
from questions.heads import HEADED, head_fact
from questions.matching import Match, rank
from questions.model import Found, Question, Row, Sought
from questions.summing import summed
from questions.words import tokens


def compared(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """The best item on each side, side by side."""
    rows: list[Row] = []
    values: list[str] = []
    carried = []
    years: list[tuple[int, ...]] = [(year,) for year in question.group_years] or [()] * len(question.groups)
    for side, year in zip(question.groups, years, strict=True):
        sub = replace(question, kind="fact", documents=side, groups=(), years=year, named=True)
        part = head_fact(sub, catalogue, found) if HEADED & set(question.asks) else from_items(sub, catalogue, found)
        if part.rows:
            rows += part.rows
            values.append("; ".join(part.values))
            carried.append(part.support)
        else:
            values.append("")
    if not any(values):
        return Found(refusal="không tìm thấy nội dung để so sánh")
    return Found(tuple(rows), tuple(values), support=min(carried))


_BETWEEN = re.compile(r"(?<!\w)(?:va|voi|so voi|hay|hoac)(?!\w)")


def compared_inside(question: Question, catalogue: Catalogue, found: Hits) -> Found | None:
    """Two things of one document side by side: the words before and behind "và", "với" that two different items carry best."""
    if stages := _stages(question, catalogue, found):
        return stages
    best: tuple[float, tuple[Match, Match]] | None = None
    for joint in _BETWEEN.finditer(question.expanded):
        before = set(question.expanded[: joint.start()].split())
        behind = set(question.expanded[joint.end() :].split())
        halves = [tuple(word for word in question.words if word.strip(",") in half) for half in (before, behind)]
        if not all(halves):
            continue
        tops = [
            rank(catalogue, Sought(half), question.documents, lambda item: worth(item, question, catalogue), found, most=1)
            for half in halves
        ]
        if all(tops) and tops[0][0].item.lines != tops[1][0].item.lines:
            pair = tops[0][0], tops[1][0]
            fit = min(match.support for match in pair)
            if best is None or fit > best[0]:
                best = fit, pair
    if best is None or best[0] < _INSIDE:
        return None
    rows = tuple(row_for(match, question, catalogue) for match in best[1])
    values = tuple("; ".join(facts_of(match, question, catalogue)) for match in best[1])
    return Found(rows, values, support=best[0])


_INSIDE = 0.6
"""What each of two things compared inside a document must carry of its words."""


_STEPS = {"dau": "1", "mot": "1", "i": "1", "hai": "2", "ii": "2", "sau": "2", "ba": "3", "iii": "3", "bon": "4", "iv": "4"}
"""How stages are numbered in words and in Roman figures."""
_STEP = rf"(?:\d+|{'|'.join(_STEPS)})"
_STAGES = re.compile(
    rf"(?<!\w)(giai doan|dot|lan|ky|pha) ({_STEP})(?: (?!va |voi |so |hay )\w+){{0,2}},?"
    rf" (?:va|voi|so voi|hay)(?: \1)? ({_STEP})(?!\w)"
)
"""Two stages of one thing: "giai đoạn 1 và giai đoạn 2", "đợt đầu với đợt hai"."""
_STAGE = re.compile(r"(?<!\w)(?:giai doan|dot|lan|ky|pha|phase) (\d+|i{1,3}|iv)(?!\w)")
"""How a row says which stage it is, whatever the question calls stages."""


def _stages(question: Question, catalogue: Catalogue, found: Hits) -> Found | None:
    """Two stages of one thing side by side; the first need not say that it is the first."""
    named = _STAGES.search(question.expanded)
    if not named:
        return None
    label, said = named[1], (named[2], named[3])
    common = tuple(word for word in question.words if word not in (*label.split(), *said))
    ranked = rank(catalogue, Sought(common), question.documents, lambda item: worth(item, question, catalogue), found)
    ranked = [match for match in ranked if match.support >= _INSIDE]
    sides: list[Match] = []
    for step in (_STEPS.get(mark, mark) for mark in said):
        saying = (match for match in ranked if _stage_of(match) == step and match not in sides)
        silent = (match for match in ranked if _stage_of(match) is None)
        side = next(saying, None) or (next(silent, None) if step == "1" else None)
        if side is None:
            return None
        sides.append(side)
    rows = tuple(row_for(match, question, catalogue) for match in sides)
    values = tuple("; ".join(facts_of(match, question, catalogue)) for match in sides)
    return Found(rows, values, support=min(match.support for match in sides))


def stage_words(question: Question) -> frozenset[str]:
    """The words with which the question tells two stages apart; a row need not say them so."""
    named = _STAGES.search(question.expanded) if question.kind == "compare" else None
    return frozenset((*named[1].split(), named[2], named[3])) if named else frozenset()


def _stage_of(match: Match) -> str | None:
    """The number of the stage that a row says it is, or ``None``."""
    found = _STAGE.search(" ".join(match.item.terms))
    return _STEPS.get(found[1], found[1]) if found else None


def compared_units(question: Question, catalogue: Catalogue) -> Found | None:
    """The money of each of several organisations, added up: "kinh phí của Sở Xây dựng và Sở Tư pháp"."""
    if len(question.units) < 2:
        return None
    named = {word for unit in question.units for word in tokens(unit)}
    words = tuple(word for word in question.words if word not in named)
    sums = [(unit, summed(replace(question, kind="sum", units=(unit,), words=words), catalogue)) for unit in question.units]
    if any(part.refusal for _, part in sums):
        return None
    values = tuple(f"{unit}: {part.values[0]} ({part.note})" for unit, part in sums)
    columns = tuple(sorted({column for _, part in sums for column in part.columns}))
    return Found(tuple(row for _, part in sums for row in part.rows), values, support=1.0, columns=columns)
