"""Answering what is understood: which items carry the answer, and the facts they state."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from documents.text import fold
from questions.citing import cited_document, name_of, number_known
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
    viet_date,
)
from questions.library import Card, Library
from questions.listing import listed, summed
from questions.matching import Match, rank
from questions.model import Found, Question, Row, Sought
from questions.phrases import document_types
from questions.words import tokens

_PARAGRAPH = 0.93
"""A paragraph says the same as the task or target read from it, without its fields."""
_CLOSE = 0.45
"""From this share of the best item's score on another one speaks of the same thing."""
_DAY = re.compile(r"(?<!\w)(?:ngay (?:nao|may|bao nhieu|thang)|de ngay|ky ngay|nam nao)(?!\w)")
_PERCENT_ASKED = re.compile(r"(?<!\w)(?:ty le|phan tram)(?!\w)")
_TIME_ASKED = re.compile(r"(?<!\w)(thang|quy|nam|ngay) (?:may|nao)(?!\w)")
Hits = Mapping[tuple[str, int], float]


def execute(question: Question, library: Library, found: Hits) -> Found:
    """Find what answers ``question``; ``found`` weighs (source, first line) of the search engine's passages, 0..1."""
    if question.kind == "compare":
        inside = None if question.groups else _compared_inside(question, library, found)
        return inside or (_compared(question, library, found) if question.groups else _fact(question, library, found))
    if question.kind in ("list", "count", "sum"):
        result = _gathered(question, library, found)
        elsewhere = _as_unit(question, library) if result.refusal else None
        return _gathered(elsewhere, library, found) if elsewhere else result
    if question.kind == "search":
        return _passages(question, library, found)
    return _fact(question, library, found)


def _gathered(question: Question, library: Library, found: Hits) -> Found:
    """The rows of a list, a count or a sum."""
    if question.kind == "sum":
        return summed(question, library)
    return _counted(question, library, found) if question.kind == "count" else listed(question, library, found)


def _as_unit(question: Question, library: Library) -> Question | None:
    """The question with the issuer of the documents taken as a unit of other plans: "Sở Y tế" has money in the city's plan."""
    if not question.documents or question.units:
        return None
    issuers = {library.cards[key].document.header.issuer or "" for key in question.documents}
    others = [card for key, card in library.cards.items() if key not in question.documents]
    scope = tuple(card.key for card in others if not question.years or set(question.years) & card.years)
    return replace(question, documents=scope, units=tuple(sorted(issuers))) if scope and all(issuers) else None


def _fact(question: Question, library: Library, found: Hits) -> Found:
    if "signer" in question.asks:
        signed = _header_fact(question, library, "signer")
        dated = _dated(question, library) if "date" in question.asks and not signed.refusal else None
        if dated is None or dated.refusal:
            return signed
        return Found((*signed.rows, *dated.rows), (*signed.values, *dated.values), support=1.0)
    if "holder" in question.asks:
        return _holder(question, library, found)
    if "date" in question.asks:
        return _dated(question, library)
    if question.numbers and _ABOUT.search(question.expanded) and not set(LABELS) & set(question.asks):
        return _about_cited(question, library)
    beside = {"lead", "when", "money", "product"} & set(question.asks)
    if {"document", "replaces"} & set(question.asks) and (not beside or (beside == {"when"} and _DAY.search(question.expanded))):
        own = _own_number(question, library)
        return own or cited_document(question, library, found)
    return _from_items(question, library, found)


def _from_items(question: Question, library: Library, found: Hits, most: int = 1) -> Found:
    """The best item and the fields of it that are asked for."""
    ranked = rank(library, question.sought, question.documents, lambda item: _wanted(item, question, library), found)
    if not ranked:
        return Found(refusal="không tìm thấy đoạn nào nói về việc này")
    ranked = _by_clause(question, library, ranked)
    if past := _of_another_year(question, library, ranked[0].item):
        return Found((_row(ranked[0], question, library),), support=ranked[0].support, refusal=f"chỉ có số liệu của năm {past}")
    top = ranked[:most]
    values = tuple(value for match in top for value in _values(match, question, library))
    rows = tuple(_row(match, question, library) for match in top)
    others = _ambiguous(question, library, ranked)
    rows += tuple(_row(match, question, library) for match in (others or _completing(question, ranked)))
    whose = [library.cards[match.item.document].document.header.issuer or "" for match in (ranked[0], *others)] if others else []
    return Found(rows, values, support=max(m.support for m in top), choices=tuple(whose))


_AS_GOOD = 0.85
"""From this share of the best item's score on the same thing said by another issuer may be meant as well."""


def _ambiguous(question: Question, library: Library, ranked: Sequence[Match]) -> list[Match]:
    """The best items of other issuers of the same level that answer as well and otherwise, where the question names nobody."""
    if question.documents or question.groups or question.kind != "fact":
        return []
    best = ranked[0]
    level = library.cards[best.item.document].document.header.level
    found: dict[str, Match] = {}
    for match in ranked[1:]:
        card = library.cards[match.item.document]
        if (
            match.score < _AS_GOOD * best.score
            or card.document.header.level != level
            or match.item.document == best.item.document
        ):
            continue
        if _values(match, question, library) != _values(best, question, library):
            found.setdefault(match.item.document, match)
    return list(found.values())


def _of_another_year(question: Question, library: Library, item: Item) -> int | None:
    """The year whose results an item reports, where a question for a plan's own year asks how much or how many."""
    if not {"money", "quantity"} & set(question.asks) or not set(question.years) & library.cards[item.document].years:
        return None
    if not item.year or item.year in question.years:
        return None
    said = {int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", item.text)}
    return item.year if item.role == "results" or (item.year in said and not said & set(question.years)) else None


def _by_clause(question: Question, library: Library, ranked: list[Match]) -> list[Match]:
    """The matches with those first whose clause with the number asked for says most of the question, for a thing counted."""
    if not counted_thing(question, library):
        return ranked
    close = [match for match in ranked[:10] if match.score >= _CLOSE * ranked[0].score]

    def fit(match: Match) -> float:
        said = {*tokens(clause(library, question, match.item.text))}
        total = sum(library.weight(word) for word in set(question.words)) or 1.0
        return match.score * (0.3 + sum(library.weight(word) for word in set(question.words) if word in said) / total)

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


def _row(match: Match, question: Question, library: Library) -> Row:
    return row_of(match.item, match.score, clause(library, question, match.item.text))


def _values(match: Match, question: Question, library: Library) -> list[str]:
    """The facts that a match states: fields asked for, else its clause."""
    values = []
    if match.item.task is not None:
        values = [v for ask in question.asks if ask in LABELS and (v := value_of(match.item.task, ask))]
    return values or [clause(library, question, match.item.text)]


def _wanted(item: Item, question: Question, library: Library) -> float:
    """How much an item of this kind and with these fields is wanted for the question."""
    if item.citation is not None:
        return 0.0
    weight = 1.0 if item.kind != "paragraph" else _PARAGRAPH
    if item.paragraph is not None and item.paragraph.kind == "heading":
        weight *= 0.6
    if any(title.issuperset(one.words) for one in question.officially for title in item.titles):
        weight *= 1.25
    if position := position_asked(question):
        weight *= 0.2 if position not in " ".join(item.terms) else 1.0 if _PERSON.search(item.text) else 0.5
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
    if thing := counted_thing(question, library):
        weight *= 1.5 if numbers(thing, item.text) else 0.8
    if question.role == "appendix":
        weight *= 1.25 if item.role == "appendix" or (item.task and item.task.kind in ("appendix", "project")) else 0.75
    if item.task is not None and item.task.deadline and (unit_of_time := _TIME_ASKED.search(question.expanded)):
        weight *= 1.15 if unit_of_time[1] in fold(item.task.deadline.text) else 1.0
    if item.task is not None and any(same_unit(unit, name) for unit in question.units for name in item.task.lead):
        weight *= 1.3
    card = library.cards[item.document]
    if question.years and not set(question.years) & card.years:
        weight *= 1.3 if item.year in question.years else 0.5
    elif item.role == "results" and question.years and item.year not in question.years:
        weight *= 0.7
    return weight


_PERSON = re.compile(r"(?:\b(?:ông|bà|đồng chí|đ/c)\s+\w|\blàm trưởng\b|\bkiêm\b)", re.IGNORECASE)


def _holder(question: Question, library: Library, found: Hits) -> Found:
    """Who holds a position: whoever signed in it, else a row that says who is or was given it."""
    position = position_asked(question) or ""
    for card in _cards(question, library) if question.documents else []:
        signer = card.document.header.signer
        if signer and fold(signer.position or "") == position.split(" ,")[0].strip():
            return _header_fact(replace(question, documents=(card.key,)), library, "signer")
    result = _from_items(question, library, found)
    named = [row for row in result.rows if position in " ".join(tokens(row.text)) and _PERSON.search(row.text)]
    if result.rows and not named:
        return replace(result, refusal=f"không đoạn nào nêu ai giữ chức vụ “{position}”")
    return result


def _header_fact(question: Question, library: Library, field: str) -> Found:
    """Who signed the document that the question names, or the only document that fits its words."""
    if question.numbers:
        return Found(refusal=f"văn bản {question.numbers[0]} chỉ được dẫn, không có trong các văn bản đã nạp")
    cards = _cards(question, library)
    if len(cards) != 1 and not question.documents:
        return Found(refusal="câu hỏi chưa nêu rõ văn bản nào trong các văn bản đã có")
    rows, values = [], []
    for card in cards:
        header = card.document.header
        if header.signer is None:
            continue
        span = header.where("signer") or _line_of(card, header.signer.name)
        position = f" – {header.signer.position}" if header.signer.position else ""
        values.append(f"{header.signer.name}{position}")
        rows.append(Row(card.key, card.document.source, span, card.document.text(span), (("Người ký", header.signer.name),), 1.0))
    if not rows:
        return Found(refusal="văn bản không cho biết người ký")
    return Found(tuple(rows), tuple(values), support=1.0)


def _line_of(card: Card, words: str) -> tuple[int, int]:
    """The last line of the document on which ``words`` stand (signatures stand at the end), else its first line."""
    at = next((n for n in range(len(card.document.lines), 0, -1) if words in card.document.lines[n - 1]), 1)
    return at, at


def _cards(question: Question, library: Library) -> list[Card]:
    """The documents whose letterhead or signature is asked about: of those in scope the one whose type and title are named.

    A type that no document in scope has ("nghị quyết" of a Party committee whose plan is in scope) leads out of the scope.
    """
    scope = [library.cards[key] for key in question.documents]
    types = [kind for name, kind in document_types().items() if re.search(rf"(?<!\w){name}(?!\w)", question.expanded)]
    of_type = [card for card in library.cards.values() if " ".join(tokens(card.document.header.type or "")) in types[:1]]
    cards = [card for card in scope if card in of_type] or of_type or scope
    if not question.named:
        said = set(question.words)
        fits = {card.key: len(said & set(tokens(card.document.header.title or ""))) for card in cards}
        cards = [card for card in cards if fits[card.key] == max(fits.values()) > 0]
    return cards


def _dated(question: Question, library: Library) -> Found:
    """When a document was issued: one of ours by its header, another by what is said where it is cited."""
    for number in question.numbers:
        items = [item for item in number_known(number, library) if item.citation and item.citation.date]
        if items:
            item = items[0]
            assert item.citation is not None
            return Found((row_of(item, 1.0),), (viet_date(item.citation.date), name_of(item.citation)), support=1.0)
    rows, values = [], []
    for card in _cards(question, library) if question.documents else []:
        header = card.document.header
        if header.date:
            span = header.where("date") or (1, min(5, len(card.document.lines)))
            values.append(viet_date(header.date))
            rows.append(
                Row(card.key, card.document.source, span, card.document.text(span), (("Ngày", viet_date(header.date)),), 1.0)
            )
    if not rows:
        return Found(refusal="văn bản không ghi ngày ban hành")
    return Found(tuple(rows), tuple(values), support=1.0)


_ABOUT = re.compile(r"(?<!\w)(?:ve (?:viec|noi dung|van de|cai) gi|noi ve|quy dinh (?:gi|ve)|noi dung gi|la gi|ten gi)(?!\w)")


def _about_cited(question: Question, library: Library) -> Found:
    """What a document is called that is only cited: its type, date, issuer and title, where it is cited."""
    items = [item for number in question.numbers for item in number_known(number, library)]
    titled = sorted(items, key=lambda item: not (item.citation and item.citation.title))
    if not titled or titled[0].citation is None:
        return Found(refusal="văn bản này không được dẫn ở đâu")
    return Found((row_of(titled[0], 1.0),), (name_of(titled[0].citation),), support=1.0)


def _own_number(question: Question, library: Library) -> Found | None:
    """The number of one of our documents, when the question asks how it is numbered and describes nothing else."""
    asked = [d for d in question.described if d.asked]
    if (
        question.words
        or "replaces" in question.asks
        or len(question.documents) != 1
        or question.kind == "trace"
        or len(asked) > 1
    ):
        return None
    card = library.cards[question.documents[0]]
    number = card.document.header.number
    span = card.document.header.where("number") or (1, 5)
    if number is None:
        return None
    row = Row(card.key, card.document.source, span, card.document.text(span), (("Số", number),), 1.0)
    return Found((row,), (number,), (number,), 1.0)


def _counted(question: Question, library: Library, found: Hits) -> Found:
    """How many rows there are."""
    result = listed(question, library, found)
    if result.refusal:
        return result
    count = len(result.values) if question.asks[0] in ("unit", "document", "target") else len(result.rows)
    return replace(result, values=(str(count),), note=" ")


def _compared(question: Question, library: Library, found: Hits) -> Found:
    """The best item on each side, side by side."""
    rows: list[Row] = []
    values: list[str] = []
    carried = []
    years: list[tuple[int, ...]] = [(year,) for year in question.group_years] or [()] * len(question.groups)
    for side, year in zip(question.groups, years, strict=True):
        sub = replace(question, kind="fact", documents=side, groups=(), years=year, named=True)
        part = _fact(sub, library, found) if {"signer", "date"} & set(question.asks) else _from_items(sub, library, found)
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


def _compared_inside(question: Question, library: Library, found: Hits) -> Found | None:
    """Two things of one document side by side: the words before and behind "và", "với" that two different items carry best."""
    best: tuple[float, tuple[Match, Match]] | None = None
    for joint in _BETWEEN.finditer(question.expanded):
        before = set(question.expanded[: joint.start()].split())
        behind = set(question.expanded[joint.end() :].split())
        halves = [tuple(word for word in question.words if word.strip(",") in half) for half in (before, behind)]
        if not all(halves):
            continue
        tops = [
            rank(library, Sought(half), question.documents, lambda item: _wanted(item, question, library), found, most=1)
            for half in halves
        ]
        if all(tops) and tops[0][0].item.lines != tops[1][0].item.lines:
            pair = tops[0][0], tops[1][0]
            fit = min(match.support for match in pair)
            if best is None or fit > best[0]:
                best = fit, pair
    if best is None or best[0] < _INSIDE:
        return None
    rows = tuple(_row(match, question, library) for match in best[1])
    values = tuple("; ".join(_values(match, question, library)) for match in best[1])
    return Found(rows, values, support=best[0])


_INSIDE = 0.6
"""What each of two things compared inside a document must carry of its words."""


def _passages(question: Question, library: Library, found: Hits) -> Found:
    """The passages that speak most about the words; for an open question the answer quotes them."""
    ranked = rank(library, question.sought, question.documents, _readable_weight, found, most=30)
    rows, seen = [], set()
    for match in ranked:
        place = (match.item.source, match.item.lines[0])
        if place not in seen and match.score >= 0.4 * ranked[0].score:
            seen.add(place)
            rows.append(_row(match, question, library))
    if not rows:
        return Found(refusal="không tìm thấy đoạn nào nói về việc này")
    return Found(tuple(rows[:10]), tuple(row.text for row in rows[:3]), support=ranked[0].support)


def _readable_weight(item: Item) -> float:
    if item.citation is not None:
        return 0.0
    if item.paragraph is not None:
        return 0.6 if item.paragraph.kind == "heading" else _PARAGRAPH
    return 1.0
