"""When nothing answers: what the corpus lacks, what the best evidence does not say, and what to tell the officer instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questions.catalogue import Catalogue
from questions.comparing import stage_words
from questions.fields import LABELS, counted_thing, has_amount, has_quantity, numbers, position_asked, says_when
from questions.heads import asks_of_cited
from questions.model import Found, Question, Row
from questions.words import tokens

LEAST_SUPPORT = 0.4
"""The share of the question's words (by what they say) that the best evidence must carry."""
_WELL = 0.6
"""Evidence that carries this share of the question fits well."""
_PERCENT = re.compile(r"\d\s*(?:%|phần trăm)|%", re.IGNORECASE)
_UNKNOWN = 0.35
"""The share of the question's words that may be unknown to all documents."""
_PERCENT_ASKED = re.compile(r"(?<!\w)(?:phan tram|ty le)(?!\w)")
_ABSENT = 0.3
"""The share of the question's words that may be unknown to the documents in scope though other documents speak of them."""


def refusal(question: Question, catalogue: Catalogue, found: Found) -> str | None:
    """Why the question is not answered, in Vietnamese for the officer, or ``None`` when the evidence carries an answer."""
    if not catalogue.cards:
        return "chưa có văn bản nào được nạp"
    if not question.words and not question.documents and not question.units and not question.numbers and not found.rows:
        return "câu hỏi không nêu nội dung cần tìm"
    if question.missing:
        return f"các văn bản đã có không nói đến {', '.join(question.missing)}"
    if found.refusal:
        return found.refusal
    if question.kind == "search":
        return None if found.support >= LEAST_SUPPORT / 2 else "không có đoạn nào đủ gần với câu hỏi"
    if elsewhere := _said_elsewhere(question, catalogue, found.support):
        return f"văn bản được hỏi không nói đến “{elsewhere}”"
    if unknown := _unknown(question, catalogue):
        return f"các văn bản đã có không nói đến “{unknown}”"
    if question.kind == "yesno" and found.support < _WELL:
        return "không có đoạn nào nói rõ điều này"
    if found.support < LEAST_SUPPORT:
        return "không có đoạn nào đủ gần với câu hỏi"
    if lacking := _lacks(question, found.rows[:1], catalogue):
        return f"đoạn gần nhất không nêu {lacking}"
    return None


def _unknown(question: Question, catalogue: Catalogue) -> str | None:
    """The words of the question that no document says, if they are a good part of what it is about."""
    distinct = dict.fromkeys(question.words)
    total = sum(catalogue.weight(word) for word in distinct)
    named = {word for one in question.officially for word in one.said} | stage_words(question)
    absent = [
        word
        for word in distinct
        if word not in catalogue.vocabulary and word not in named and not (question.kind == "yesno" and word.isdigit())
    ]
    return " ".join(absent) if absent and sum(catalogue.weight(word) for word in absent) >= _UNKNOWN * total else None


def _said_elsewhere(question: Question, catalogue: Catalogue, carried: float) -> str | None:
    """The words of the question that tell much, if only documents out of its scope say them.

    One everyday word ("app") may have another name in the document; then evidence that carries the rest is enough.
    """
    if not question.named or question.groups:
        return None
    here = frozenset().union(*(catalogue.in_document[key] for key in question.documents))
    distinct = dict.fromkeys(question.words)
    total = sum(catalogue.weight(word) for word in distinct) or 1.0
    named = {word for one in question.officially if here.issuperset(one.words) for word in one.said}
    absent = [word for word in distinct if word in catalogue.vocabulary and word not in here and word not in named]
    if sum(catalogue.weight(word) for word in absent) < _ABSENT * total:
        return None
    telling = len(absent) > 1 or any(char.isdigit() for word in absent for char in word)
    return " ".join(absent) if telling or carried < _WELL else None


def _lacks(question: Question, rows: Sequence[Row], catalogue: Catalogue) -> str | None:
    """What the question asks for and the best row does not say."""
    if not rows:
        return None
    row = rows[0]
    labels = {label for label, _ in row.fields}
    said = " ".join(tokens(row.text))
    if question.kind != "fact" or asks_of_cited(question):
        return None
    if "quantity" in question.asks and not has_quantity(row.text):
        return "con số nào"
    if "quantity" in question.asks and "bao nhieu phan tram" in question.expanded and not _PERCENT.search(row.text):
        return "tỷ lệ phần trăm nào"
    if (thing := counted_thing(question, catalogue)) and not (
        _PERCENT_ASKED.search(question.expanded) or numbers(thing, row.text)
    ):
        return f"số “{thing}”"
    if (number_of := _HOW_MANY.search(question.expanded)) and not numbers(number_of[1], row.text):
        return f"số “{number_of[1]}”"
    position = position_asked(question)
    if position and "Người ký" not in labels and (position not in said or not _says_whose(question, row, position, catalogue)):
        return f"ai giữ chức vụ “{position}”"
    if _WHY.search(question.expanded) and not _BECAUSE.search(row.text):
        return "lý do nào"
    dated = _has_day(question, row) or _says_time(question, row.text) or {"signer", "date"} & set(question.asks)
    if "when" in question.asks and not dated:
        return "thời gian nào"
    if question.asks == ("lead",) and LABELS["lead"] not in labels and not _SOMEBODY.search(row.text):
        return "đơn vị nào chủ trì"
    if "money" in question.asks and LABELS["money"] not in labels and not has_amount(row.text):
        return "số tiền nào"
    return None


_HOW_MANY = re.compile(r"(?<!\w)co bao nhieu (?!(?:phan|tien|lan|nam|thang|ngay|muc|cai|loai)(?!\w))(\w+),?$")
"""How a question asks for the number of one thing: "có bao nhiêu dân"."""
_WHY = re.compile(r"(?<!\w)(?:tai sao|vi sao|ly do gi|do dau ma|nguyen nhan nao)(?!\w)")
_BECAUSE = re.compile(r"\b(?:do|vì|bởi|lý do|nguyên nhân|nên|dẫn đến|nhằm|để)\b", re.IGNORECASE)
"""How a text gives a reason."""


def _says_whose(question: Question, row: Row, position: str, catalogue: Catalogue) -> bool:
    """Whether the row, or whoever issued its document, bears the words that say whose holder of the position is asked for."""
    card = catalogue.cards.get(row.document)
    issuer = tokens(card.document.header.issuer or "") if card else ()
    said = {*tokens(row.text), *issuer}
    whose = {word for word in question.words if word not in position.split()}
    total = sum(catalogue.weight(word) for word in whose)
    return sum(catalogue.weight(word) for word in whose if word in said) >= _WELL * total


_SOMEBODY = re.compile(
    r"\b(?:Phòng|Sở|Văn phòng|Ban|Trung tâm|Công an|UBND|Ủy ban|Tổ|Hội|Đoàn|Chủ tịch|Giám đốc|Trưởng|Bộ|Cục|Vụ|Chi cục|Mặt trận"
    r"|Trường|Huyện|Báo|Đài|Thanh tra|phòng|ông|bà|Ông|Bà)\s"
)
"""How the text of a duty names whoever has it."""
_CALENDAR = re.compile(
    r"\d{1,2}/\d{1,4}|(?:ngày|tháng|quý|năm) (?:\d|[IVX]+\b)|\d{1,2} (?:tháng|giờ|ngày)|trước khi", re.IGNORECASE
)


def _has_day(question: Question, row: Row) -> bool:
    """Whether the row has a time; where the question asks which day, one with a figure in it."""
    stated = [value for label, value in row.fields if label == LABELS["when"]]
    return bool(stated) and (not _EXACTLY.search(question.expanded) or any(char.isdigit() or char in "IVX" for char in stated[0]))


_EXACTLY = re.compile(r"(?<!\w)(?:ngay|thang|quy) (?:nao|may)(?!\w)")
"""How a question asks for a day, month or quarter by name."""


def _says_time(question: Question, text: str) -> bool:
    """Whether a text states a time; a day, month or quarter that is asked for by name must stand there as such."""
    return bool(_CALENDAR.search(text)) if _EXACTLY.search(question.expanded) else says_when(text)


def nearest(rows: Sequence[Row], catalogue: Catalogue) -> str:
    """What was found instead, one line with its place; "" when nothing was."""
    if not rows:
        return ""
    row = rows[0]
    card = catalogue.cards.get(row.document)
    place = f"{card.label}, dòng {row.lines[0]}" if card else f"{row.source}, dòng {row.lines[0]}"
    return f"Gần nhất: “{shortened(row.text, 200)}” ({place})."


def shortened(text: str, most: int) -> str:
    """``text`` cut at a word after at most ``most`` characters, with an ellipsis where it was cut."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
