"""Facts that stand at the head or the foot of a document, or in the citation of it: who signed, when, its number, its title."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.text import fold
from questions.best import PERSON, Hits, from_items
from questions.catalogue import Card, Catalogue
from questions.citing import name_of, number_known
from questions.fields import position_asked, row_of, viet_date
from questions.model import Found, Question, Row
from questions.phrases import document_types
from questions.words import tokens

HEADED = {"signer", "holder", "date"}
"""What is asked for that a document's head or foot says."""


def head_fact(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """Who signed, who holds an office, when it was issued; who signed and when together where both are asked."""
    if "signer" in question.asks:
        signed = _header_fact(question, catalogue, "signer")
        dated = _dated(question, catalogue) if "date" in question.asks and not signed.refusal else None
        if dated is None or dated.refusal:
            return signed
        return Found((*signed.rows, *dated.rows), (*signed.values, *dated.values), support=1.0)
    if "holder" in question.asks:
        return _holder(question, catalogue, found)
    return _dated(question, catalogue)


def _holder(question: Question, catalogue: Catalogue, found: Hits) -> Found:
    """Who holds a position: whoever signed in it, else a row that says who is or was given it."""
    position = position_asked(question) or ""
    for card in _cards(question, catalogue) if question.documents else []:
        signer = card.document.header.signer
        if signer and fold(signer.position or "") == position.split(" ,")[0].strip():
            return _header_fact(replace(question, documents=(card.key,)), catalogue, "signer")
    result = from_items(question, catalogue, found)
    named = [row for row in result.rows if position in " ".join(tokens(row.text)) and PERSON.search(row.text)]
    if result.rows and not named:
        return replace(result, refusal=f"không đoạn nào nêu ai giữ chức vụ “{position}”")
    return result


def _header_fact(question: Question, catalogue: Catalogue, field: str) -> Found:
    """Who signed the document that the question names, or the only document that fits its words."""
    if question.numbers:
        return Found(refusal=f"văn bản {question.numbers[0]} chỉ được dẫn, không có trong các văn bản đã nạp")
    cards = _cards(question, catalogue)
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


def _cards(question: Question, catalogue: Catalogue) -> list[Card]:
    """The documents whose letterhead or signature is asked about: of those in scope the one whose type and title are named.

    A type that no document in scope has ("nghị quyết" of a Party committee whose plan is in scope) leads out of the scope.
    """
    scope = [catalogue.cards[key] for key in question.documents]
    types = [kind for name, kind in document_types().items() if re.search(rf"(?<!\w){name}(?!\w)", question.expanded)]
    of_type = [card for card in catalogue.cards.values() if " ".join(tokens(card.document.header.type or "")) in types[:1]]
    cards = [card for card in scope if card in of_type] or of_type or scope
    if not question.named:
        said = set(question.words)
        fits = {card.key: len(said & set(tokens(card.document.header.title or ""))) for card in cards}
        cards = [card for card in cards if fits[card.key] == max(fits.values()) > 0]
    return cards


def _dated(question: Question, catalogue: Catalogue) -> Found:
    """When a document was issued: one of ours by its header, another by what is said where it is cited."""
    for number in question.numbers:
        items = [item for item in number_known(number, catalogue) if item.citation and item.citation.date]
        if items:
            item = items[0]
            assert item.citation is not None
            return Found((row_of(item, 1.0),), (viet_date(item.citation.date), name_of(item.citation)), support=1.0)
    rows, values = [], []
    for card in _cards(question, catalogue) if question.documents else []:
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


_ISSUED = re.compile(
    r"(?<!\w)(?:ngay (?:nao|may|bao nhieu|thang nam nao)|(?:do )?(?:ai|co quan nao|cap nao) (?:ban hanh|ky))(?!\w)"
)


def asks_of_cited(question: Question) -> bool:
    """Whether nothing but the issue of a cited document is asked: "Nghị quyết 57-NQ/TW ngày nào, ai ban hành?"."""
    rest = [word for word in question.words if word != "ngay" and not word.isdigit()]
    return bool(question.numbers) and not rest and _ISSUED.search(question.expanded) is not None


def replacing(question: Question, catalogue: Catalogue) -> Found | None:
    """Which of our documents replaces the cited one that the question names; ``None`` where none says so."""
    items = [item for number in question.numbers for item in number_known(number, catalogue)]
    items = [item for item in items if item.citation and item.citation.relation == "replaces"]
    if not items:
        return None
    return Found(tuple(row_of(item, 1.0) for item in items), tuple(catalogue.cards[i.document].label for i in items), support=1.0)


ABOUT = re.compile(r"(?<!\w)(?:ve (?:viec|noi dung|van de|cai) gi|noi ve|quy dinh (?:gi|ve)|noi dung gi|la gi|ten gi)(?!\w)")


def about_cited(question: Question, catalogue: Catalogue) -> Found:
    """What a document is called that is only cited: its type, date, issuer and title, where it is cited."""
    items = [item for number in question.numbers for item in number_known(number, catalogue)]
    titled = sorted(items, key=lambda item: not (item.citation and item.citation.title))
    if not titled or titled[0].citation is None:
        return Found(refusal="văn bản này không được dẫn ở đâu")
    return Found((row_of(titled[0], 1.0),), (name_of(titled[0].citation),), support=1.0)


def own_number(question: Question, catalogue: Catalogue) -> Found | None:
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
    card = catalogue.cards[question.documents[0]]
    number = card.document.header.number
    span = card.document.header.where("number") or (1, 5)
    if number is None:
        return None
    row = Row(card.key, card.document.source, span, card.document.text(span), (("Số", number),), 1.0)
    return Found((row,), (number,), (number,), 1.0)
