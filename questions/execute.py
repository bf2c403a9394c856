"""Answering what is understood: which items carry the answer, and the facts they state."""

from __future__ import annotations

import re
from dataclasses import replace

from questions.best import PARAGRAPH, Hits, from_items, row_for
from questions.catalogue import Catalogue
from questions.citing import cited_document
from questions.comparing import compared, compared_inside, compared_units
from questions.evidence import Item
from questions.fields import LABELS
from questions.headed import stated_count
from questions.heads import ABOUT, HEADED, about_cited, asks_of_cited, head_fact, own_number, replacing
from questions.listing import listed
from questions.matching import rank
from questions.model import Found, Question
from questions.summing import summed

_DAY = re.compile(r"(?<!\w)(?:ngay (?:nao|may|bao nhieu|thang)|de ngay|ky ngay|nam nao)(?!\w)")


def execute(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """Find what answers ``question``; ``found`` weighs (source, first line) of the search engine's passages, 0..1."""
    if question.kind == "compare":
        inside = None if question.groups else compared_inside(question, catalogue, found)
        if not question.groups and "money" in question.asks and (by_unit := compared_units(question, catalogue)):
            return by_unit
        if question.groups or inside:
            return inside or compared(question, catalogue, found)
        rows = _few(question, catalogue, found)
        return rows or _fact(question, catalogue, found)
    if question.kind in ("list", "count", "sum"):
        result = _gathered(question, catalogue, found)
        elsewhere = _as_unit(question, catalogue) if result.refusal else None
        result = _gathered(elsewhere, catalogue, found) if elsewhere else result
        return (_closest(question, catalogue, found) or result) if result.refusal and question.kind == "list" else result
    if question.kind == "search":
        return _passages(question, catalogue, found)
    return _fact(question, catalogue, found)


_NEAR, _ALIKE = 0.6, 0.7
"""What the best row must carry of a list that no row fits in all, and the share of its score that the others must have."""


def _closest(question: Question, catalogue: Catalogue, found: Hits) -> Found | None:
    """For a list that no row fits in every respect the rows that come closest, where they carry most of the question."""
    if question.units or question.span or len(question.words) < 2:
        return None
    kept = [
        match
        for match in rank(catalogue, question.sought, question.documents, _readable_weight, found)
        if match.item.kind != "citation"
    ]
    kept = [match for match in kept if match.support >= _NEAR and match.score >= _ALIKE * kept[0].score]
    rows = tuple({(r.source, r.lines): r for r in (row_for(match, question, catalogue) for match in kept)}.values())
    return Found(rows, tuple(r.text for r in rows), support=kept[0].support) if rows else None


_SEVERAL = re.compile(r"(?<!\w)(?:hai|ba|bon|cac|nhung|giua cac) (?:nhiem vu|viec|du an|hang muc|noi dung)(?!\w)")
_FEW = 8


def _few(question: Question, catalogue: Catalogue, found: Hits) -> Found | None:
    """The few tasks that a comparison speaks of together ("hai nhiệm vụ mới"), each with what is asked for."""
    if not _SEVERAL.search(question.expanded):
        return None
    result = listed(replace(question, kind="list", asks=("task", *question.asks)), catalogue, found)
    return result if not result.refusal and 1 < len(result.rows) <= _FEW else None


def _gathered(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """The rows of a list, a count or a sum."""
    if question.kind == "sum":
        return summed(question, catalogue)
    return _counted(question, catalogue, found) if question.kind == "count" else listed(question, catalogue, found)


def _as_unit(question: Question, catalogue: Catalogue) -> Question | None:
    """The question with the issuer of the documents taken as a unit of other plans: "Sở Y tế" has money in the city's plan."""
    if not question.documents or question.units:
        return None
    issuers = {catalogue.cards[key].document.header.issuer or "" for key in question.documents}
    others = [card for key, card in catalogue.cards.items() if key not in question.documents]
    scope = tuple(card.key for card in others if not question.years or set(question.years) & card.years)
    return replace(question, documents=scope, units=tuple(sorted(issuers))) if scope and all(issuers) else None


_REPLACED_BY = re.compile(r"(?<!\w)(?:nao|gi) (?:da )?thay the(?: cho)?(?!\w)|(?:bi|duoc) thay the boi")


_PASSIVE = re.compile(r"(?<!\w)(?:bi|duoc) thay the boi(?!\w)")


def _fact(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    if asks_of_cited(question):
        return head_fact(replace(question, asks=("date",)), catalogue, found)
    if "replaces" in question.asks and _REPLACED_BY.search(question.expanded):
        by = replacing(question, catalogue)
        if by or _PASSIVE.search(question.expanded):
            return by or Found(refusal="không có văn bản nào nêu rằng nó thay thế văn bản này")
    if HEADED & set(question.asks):
        return head_fact(question, catalogue, found)
    if question.numbers and ABOUT.search(question.expanded) and not set(LABELS) & set(question.asks):
        return about_cited(question, catalogue)
    beside = {"lead", "when", "money", "product"} & set(question.asks)
    if {"document", "replaces"} & set(question.asks) and (not beside or (beside == {"when"} and _DAY.search(question.expanded))):
        own = own_number(question, catalogue)
        return own or cited_document(question, catalogue, found)
    return from_items(question, catalogue, found)


def _counted(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """How many rows there are; what a heading says about it goes with them, or stands for them where no row is found."""
    result = listed(question, catalogue, found)
    stated = stated_count(question, catalogue)
    if result.refusal or (stated and int(stated[0]) != len(result.rows) and stated[2]):
        return Found((stated[1],), (stated[0],), support=1.0, note=" ") if stated else result
    if stated and int(stated[0]) == len(result.rows):
        result = replace(result, rows=(stated[1], *result.rows))
        return replace(result, values=(stated[0],), note=" ")
    count = len(result.values) if question.asks[0] in ("unit", "document", "target") else len(result.rows)
    return replace(result, values=(str(count),), note=" ")


def _passages(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """The passages that speak most about the words; for an open question the answer quotes them."""
    ranked = rank(catalogue, question.sought, question.documents, _readable_weight, found, most=30)
    rows, seen = [], set()
    for match in ranked:
        place = (match.item.source, match.item.lines[0])
        if place not in seen and match.score >= 0.4 * ranked[0].score:
            seen.add(place)
            rows.append(row_for(match, question, catalogue))
    if not rows:
        return Found(refusal="không tìm thấy đoạn nào nói về việc này")
    return Found(tuple(rows[:10]), tuple(row.text for row in rows[:3]), support=ranked[0].support)


def _readable_weight(item: Item) -> float:
    if item.citation is not None:
        return 0.0
    if item.paragraph is not None:
        return 0.6 if item.paragraph.kind == "heading" else PARAGRAPH
    return 1.0
