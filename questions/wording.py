"""The answer in Vietnamese: the fact first, in the source's own words, then where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questions.abstain import nearest, shortened
from questions.catalogue import Catalogue
from questions.fields import LABELS
from questions.model import Found, Question, Row
from questions.words import tokens

_MOST = 2800
"""Characters of an answer; a longer list is cut item by item, never in number."""
_LEAST = 40
"""Characters at least of each item of a list."""
_ALWAYS = (LABELS["lead"], LABELS["when"])
"""Fields of a task that are said with any other field of it: who does it and until when."""
_HEADER = ("Ngày", "Người ký")
"""Fields of a letterhead."""
_NOUNS = {"task": "nhiệm vụ", "unit": "đơn vị", "document": "văn bản", "target": "chỉ tiêu"}


_SURE = 0.6
"""Evidence that carries this share of the question is quoted without a warning."""


def worded(question: Question, catalogue: Catalogue, found: Found) -> str:
    """The answer's text for what was found, with a warning where it may not be what was asked for."""
    said = _worded(question, catalogue, found)
    doubt = _doubt(question, found)
    return f"{said}\n{doubt}" if doubt else said


def _doubt(question: Question, found: Found) -> str:
    """What makes the answer unsure, for the officer; "" where it is sure, or where the passages are only shown."""
    if question.kind == "list" and found.support < 1:
        return "Chưa chắc: không mục nào khớp hết các điều kiện của câu hỏi; trên đây là những mục gần nhất."
    if question.kind == "fact" and not found.choices and found.support < _SURE:
        return f"Chưa chắc: đoạn được dẫn chỉ nói khoảng {found.support:.0%} nội dung được hỏi; nên đọc lại nguồn."
    return ""


def _worded(question: Question, catalogue: Catalogue, found: Found) -> str:
    if question.kind == "compare" and question.groups:
        return _compared(question, catalogue, found)
    if question.kind == "sum":
        total, count = found.values
        rows = found.rows[-int(count) :]
        return f"Tổng cộng của {count} nhiệm vụ là {total}: {found.note}. Gồm: {_numbered([r.text for r in rows], _MOST // 2)}"
    if question.kind == "count":
        noun = _NOUNS.get(question.asks[0], "mục")
        return f"Có {found.values[0]} {noun}{_scope(question, catalogue)}: {_numbered([r.text for r in found.rows], _MOST // 2)}"
    if question.kind == "list":
        noun = _NOUNS.get(question.asks[0], "mục")
        return f"Có {len(found.values)} {noun}{_scope(question, catalogue)}: {_numbered(found.values, _MOST)}"
    if question.kind == "compare" and found.columns:
        totals = [f"- “{row.text}” ({place(row, catalogue)})." for row in found.rows if not row.fields]
        return "\n".join((*(f"- {value}." for value in found.values), *totals))
    if question.kind == "compare" and len(found.values) == len(found.rows) > 1:
        return "\n".join(f"- {_side(row, value, catalogue)}" for row, value in zip(found.rows, found.values, strict=True))
    if question.kind == "yesno":
        return f"{_whether(question, found.rows[0])} {_fact(question, catalogue, found)}"
    if found.choices:
        return _asked_back(question, catalogue, found)
    if question.kind == "search":
        return "\n".join(f"- “{shortened(row.text, 700)}” ({place(row, catalogue)})" for row in found.rows[:3])
    return _fact(question, catalogue, found)


_NOT = re.compile(r"(?<!\w)(?:khong|chua|khong co|khong con)(?!\w)")


def _whether(question: Question, row: Row) -> str:
    """The first words of an answer to a question whether something is so: yes, no, or what the document says of it."""
    said = tokens(row.text)
    years = {str(year) for year in question.years}
    figures = [word for word in question.words if word.isdigit() and word not in years]
    if any(figure not in said for figure in figures):
        return "Không đúng như câu hỏi nêu; văn bản ghi:"
    return "Văn bản ghi:" if _NOT.search(" ".join(said)) else "Có."


def _asked_back(question: Question, catalogue: Catalogue, found: Found) -> str:
    """The answers of several issuers, and the question whose is meant."""
    lines = [f"- {catalogue.cards[row.document].label}: {_one_fact(question, catalogue, _alone(row))}" for row in found.rows]
    names = [name.removeprefix("Ủy ban nhân dân ") for name in found.choices]
    return "\n".join((*lines, f"Câu hỏi có thể nói về {', '.join(names[:-1])} hay {names[-1]}; hãy nêu rõ cơ quan nào."))


def _alone(row: Row) -> Found:
    return Found((row,), (row.text,))


def _side(row: Row, value: str, catalogue: Catalogue) -> str:
    fields = "; ".join(f"{name}: {text}" for name, text in row.fields)
    said = f"{value}. " if value and value != row.text else ""
    return f"{said}“{shortened(row.text, 500)}” ({fields + '; ' if fields else ''}{place(row, catalogue)})."


def refused(reason: str, catalogue: Catalogue, found: Found) -> str:
    """The text of an abstention: why, and what was found instead."""
    return f"Không trả lời được: {reason}. {nearest(found.rows, catalogue)}".strip()


def place(row: Row, catalogue: Catalogue) -> str:
    """Where a row stands, for a reader: document and lines."""
    card = catalogue.cards.get(row.document)
    lines = f"dòng {row.lines[0]}" if row.lines[0] == row.lines[1] else f"dòng {row.lines[0]}–{row.lines[1]}"
    page = card.document.page(row.lines[0]) if card else None
    return f"{card.label if card else row.source}, {f'trang {page}, ' if page else ''}{lines}"


def _fact(question: Question, catalogue: Catalogue, found: Found) -> str:
    """One fact: its value under its name, then the words that say it; what a further row adds follows."""
    said = _one_fact(question, catalogue, found)
    if found.chain or question.asks[:1] in (("document",), ("replaces",)):
        return said
    fields = [LABELS[ask] for ask in question.asks if ask in LABELS]
    more = []
    for row in found.rows[1:]:
        stated = [f"{label}: {value}" for label, value in row.fields if label in (*fields, *_HEADER)]
        more.append(f"{'; '.join(stated) + '. Theo ' if stated else ''}“{shortened(row.text, 500)}” ({place(row, catalogue)}).")
    return " ".join((said, *more))


def _one_fact(question: Question, catalogue: Catalogue, found: Found) -> str:
    row = found.rows[0]
    asked = [LABELS[ask] for ask in question.asks if ask in LABELS]
    stated = [f"{label}: {value}" for label, value in row.fields if label in asked]
    if stated:
        stated += [f"{label}: {value}" for label, value in row.fields if label not in asked and label in _ALWAYS]
    facts = "; ".join(stated or found.values)
    if not stated and found.values == (row.text,):
        return f"“{shortened(row.text, 1200)}” ({place(row, catalogue)})."
    chain = f" Chuỗi văn bản: {' → '.join(found.chain)}." if len(found.chain) > 1 else ""
    return f"{facts}. Theo “{shortened(row.text, 900)}” ({place(row, catalogue)}).{chain}"


def _compared(question: Question, catalogue: Catalogue, found: Found) -> str:
    """Each side on a line of its own."""
    lines = []
    rows = {row.document: row for row in found.rows}
    for side, value in zip(question.groups, found.values, strict=True):
        row = next((rows[key] for key in side if key in rows), None)
        label = catalogue.cards[side[0] if row is None else row.document].label
        if row is None:
            lines.append(f"- {label}: không nêu.")
        else:
            fields = "; ".join(f"{name}: {text}" for name, text in row.fields)
            said = f"{value}. " if value and value != row.text else ""
            lines.append(f"- {label}: {said}“{shortened(row.text, 500)}” ({fields + '; ' if fields else ''}dòng {row.lines[0]}).")
    return "\n".join(lines)


def _scope(question: Question, catalogue: Catalogue) -> str:
    """Whose rows a list holds, in brackets: unit and document."""
    parts = list(question.units)
    if len(question.documents) == 1:
        parts.append(catalogue.cards[question.documents[0]].label)
    return f" ({'; '.join(parts)})" if parts else ""


def _numbered(values: Sequence[str], most: int) -> str:
    """The values numbered, each cut so that all have room; of very many the first, and how many more the table holds."""
    room = max(_LEAST, min(700, most // max(1, len(values)) - 6))
    shown = values[: most // (room + 6)]
    text = " ".join(f"{number}. {shortened(value, room)};" for number, value in enumerate(shown, 1)).rstrip(";.")
    more = len(values) - len(shown)
    return f"{text}; và {more} mục nữa trong bảng." if more else f"{text}."
