"""What is taken from an item for an answer: the field that is asked for, the clause that says it, and its row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.model import Money, Task
from documents.text import fold
from questions.catalogue import Catalogue, unit_key
from questions.evidence import Item
from questions.model import Question, Row
from questions.phrases import POSITION
from questions.words import pairs, tokens

LABELS = {
    "lead": "Chủ trì",
    "coordinate": "Phối hợp",
    "support": "Hỗ trợ",
    "when": "Thời gian",
    "product": "Sản phẩm",
    "money": "Kinh phí",
}
"""The fields of a task by what a question asks, with the label that an officer reads."""

_SHORT = 320
"""A text of so many characters is quoted whole."""
_CLAUSE = re.compile(r"(?<=[;.])\s+(?=\S)")
_AMOUNT = re.compile(r"\d[\d.,]*\s*(?:triệu|tỷ|tỉ|nghìn|đồng|trđ)|(?:triệu|tỷ|tỉ) đồng|\b\d{1,3}(?:\.\d{3})+\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{4})?|tháng \d|quý (?:i|[1-4])|năm 20\d\d|20\d\d\s*-\s*20\d\d|thường xuyên|hằng"
    r"|hàng (?:năm|quý|tháng|ngày)|định kỳ|trong vòng|\d+ (?:ngày|tháng|năm|giờ|tiếng|lần)|trước khi",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^\s*\d{1,3}[.)]?\s")
"""The number of a row or point at the beginning of its text."""
_DATES = re.compile(
    r"\d+/\d+(?:/\d+)?|(?:năm|tháng|ngày)\s+\d+|số\s+\d+(?=\s*[/-])|\b20\d\d\b|\d+\s+tháng\s+(?:đầu|cuối)", re.IGNORECASE
)


def value_of(task: Task, ask: str) -> str:
    """The field of ``task`` that ``ask`` (a key of :data:`LABELS`) asks for, as the source writes it; "" when it has none."""
    if ask == "when":
        return task.deadline.text if task.deadline else ""
    if ask == "product":
        return task.product or ""
    if ask == "money":
        return "; ".join(money_text(m) for m in amounts(task))
    names: Sequence[str] = getattr(task, ask, ())
    if ask == "lead" and len(names) == 1 and task.section_title and names[0] in task.section_title:
        return task.section_title.strip(" :.")
    return "; ".join(names)


def amounts(task: Task | None) -> list[Money]:
    """The amounts of a task's budget, those left open ("-") left out."""
    return [m for m in task.budget if m.amount_vnd is not None] if task else []


def money_text(money: Money) -> str:
    """An amount as the source writes it with its unit, under the name of its column."""
    amount = f"{money.as_written} {money.unit}".strip() if money.unit and money.unit not in money.as_written else money.as_written
    return f"{money.label}: {amount}" if money.label else amount


def says(item: Item, ask: str) -> bool:
    """Whether the item has what ``ask`` asks for: the field of a task, or words of that kind in the text."""
    if item.task is not None and ask in LABELS and value_of(item.task, ask):
        return True
    if ask == "money":
        return bool(_AMOUNT.search(item.text))
    if ask == "when":
        return says_when(item.text)
    if ask == "quantity":
        return has_quantity(item.text)
    if ask == "often":
        return says_often(item.text)
    return ask not in LABELS


def has_amount(text: str) -> bool:
    """Whether a text states a sum of money, or a number grouped like the sums of a table."""
    return bool(_AMOUNT.search(text))


def says_when(text: str) -> bool:
    """Whether a text states a time."""
    return bool(_WHEN.search(text))


def says_often(text: str) -> bool:
    """Whether a text states how often something is done."""
    return bool(
        re.search(r"\d+ lần|hằng (?:ngày|tuần|tháng|quý|năm)|hàng (?:ngày|tuần|tháng|quý|năm)|định kỳ|mỗi \w+", text, re.I)
    )


def has_percent(text: str) -> bool:
    """Whether a text states a share in per cent."""
    return bool(re.search(r"\d\s*(?:%|phần trăm)", text))


def has_quantity(text: str) -> bool:
    """Whether a text states a number that is no date and no number of a document."""
    return any(char.isdigit() for char in _DATES.sub(" ", _ORDINAL.sub("", text)))


def counted_thing(question: Question, catalogue: Catalogue) -> str | None:
    """What is to be counted ("bao nhiêu thành viên"), when the corpus speaks of such a thing by two words."""
    if "quantity" not in question.asks or "money" in question.asks:
        return None
    few = "may" if question.text.isascii() or "mấy" in question.text.lower() else "bao nhieu"
    found = re.search(rf"(?:bao nhieu|{few}) (\w+ \w+)", question.expanded)
    return found[1] if found and found[1] in catalogue.idf and all(w in question.words for w in found[1].split()) else None


def position_asked(question: Question) -> str | None:
    """The position whose holder is asked for ("ai là tổ trưởng ..."), folded, with the next word where it belongs to it."""
    if "holder" not in question.asks:
        return None
    found = re.search(rf"(?<!\w){POSITION}(?!\w)", question.expanded)
    return found.group() if found else None


def numbers(thing: str, text: str) -> bool:
    """Whether ``text`` says how many of ``thing`` there are: a number, no percentage, right before it."""
    first, *rest = map(re.escape, thing.split())
    behind = "".join(rf"(?=.{{0,60}}?\b{word}\b)" for word in rest)
    return bool(re.search(rf"(?<![\d.,])\d(?:[\d.]*\d)? (?:\w+ )?{first}(?!\w){behind}", fold(text)))


def clause(catalogue: Catalogue, question: Question, text: str) -> str:
    """The clause of ``text`` that carries most of the question's words, and the number that it asks for; all of a short text."""
    if len(text) <= _SHORT:
        return text
    parts = _clauses(text)
    wanted = {*question.words, *(pair for pair in pairs(question.words) if pair in catalogue.idf)}
    total = sum(catalogue.weight(word) for word in wanted)
    thing = counted_thing(question, catalogue)

    def weight(part: str) -> float:
        words = tokens(part)
        said = {*words, *pairs(words)}
        fit = sum(catalogue.weight(word) for word in wanted if word in said) - 0.02 * len(words)
        if "often" in question.asks:
            fit += total * 0.5 * bool(re.search(r"\d+ lần", part))
        if "quantity" in question.asks:
            fit += total * (0.3 * has_quantity(part) + 0.7 * bool(thing and numbers(thing, part)))
        return fit

    best = max(range(len(parts)), key=lambda at: (weight(parts[at]), -at))
    asked = [ask for ask in question.asks if ask in ("when", "money", "quantity")]
    if any(not _told(parts[best], ask) for ask in asked) and best + 1 < len(parts):
        both = " ".join(parts[best : best + 2])
        if all(_told(both, ask) for ask in asked):
            return both.strip(" ;")
    return parts[best].strip(" ;")


def _clauses(text: str) -> list[str]:
    """The clauses of a text; what stands in brackets is never cut."""
    parts = _CLAUSE.split(text)
    joined: list[str] = []
    for part in parts:
        if joined and joined[-1].count("(") > joined[-1].count(")"):
            joined[-1] += f" {part}"
        else:
            joined.append(part)
    return joined


def _told(text: str, ask: str) -> bool:
    """Whether a text states a time, an amount or a number."""
    return says_when(text) if ask == "when" else has_amount(text) if ask == "money" else has_quantity(text)


def row_of(item: Item, score: float = 0.0, text: str | None = None) -> Row:
    """The row of an item: its words, its fields, its lines."""
    fields: list[tuple[str, str]] = []
    if item.task is not None:
        fields = [(label, value) for ask, label in LABELS.items() if (value := value_of(item.task, ask))]
    elif item.citation is not None:
        citation = item.citation
        labelled = (
            ("Số", citation.number),
            ("Loại", citation.type),
            ("Ban hành", citation.issuer),
            ("Ngày", viet_date(citation.date)),
        )
        fields = [(label, value) for label, value in labelled if value]
    elif item.target is not None:
        fields = [("Giá trị", f"{item.target.comparator} {number_text(item.target.value)} {item.target.unit or ''}".strip())]
    node = item.task.id if item.task else item.target.id if item.target else ""
    return Row(item.document, item.source, item.lines, text or item.text, tuple(fields), score, node)


def viet_date(iso: str | None) -> str:
    """An ISO date as administrative texts write it: 2025-08-28 → 28/8/2025; "" for none."""
    if not iso or not re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return iso or ""
    year, month, day = iso.split("-")
    return f"{int(day):02d}/{int(month)}/{year}"


def number_text(value: float) -> str:
    """A number as the documents write it: comma for decimals, point for thousands."""
    whole = f"{value:,.10g}" if value != int(value) else f"{int(value):,}"
    return whole.replace(",", "\0").replace(".", ",").replace("\0", ".")


def same_unit(one: str, other: str) -> bool:
    """Whether two names are one organisation: the same words, or one the beginning of the other ("Công an", "Công an phường")."""
    a, b = unit_key(one), unit_key(other)
    short, long = sorted((a, b), key=len)
    return bool(short) and long[: len(short)] == short and (len(short) >= 2)
