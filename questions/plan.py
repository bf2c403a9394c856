"""How an answer was reached, as a small typed plan that people can read and SPARQL queries that they can copy.

The plan tells the steps that were taken: which documents, units and times were kept, which words were matched, what was followed,
counted, added up or set side by side. The queries (:mod:`questions.plan_query`) ask the store for the same rows, so that anybody
can check the answer without this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from questions.catalogue import Catalogue
from questions.fields import LABELS
from questions.model import Found, Question
from questions.plan_query import queries

STEPS = ("filter", "match", "follow", "count", "sum", "compare", "path", "search")
"""What a step does: keep what fits a slot, keep what says the words, read a property, count, add up, set side by side, walk the
citations upwards, search passages."""

_ASKED = LABELS | {
    "date": "Ngày ban hành",
    "document": "Văn bản được dẫn",
    "holder": "Người giữ chức vụ",
    "often": "Bao lâu một lần",
    "passage": "Đoạn văn",
    "quantity": "Con số",
    "replaces": "Văn bản bị thay thế",
    "signer": "Người ký",
    "target": "Chỉ tiêu",
    "task": "Nhiệm vụ",
    "unit": "Đơn vị",
}
_PARTS = {
    "appendix": "phụ lục",
    "bases": "căn cứ",
    "responsibilities": "tổ chức thực hiện",
    "results": "kết quả đã đạt",
    "solutions": "giải pháp",
    "targets": "mục tiêu",
    "tasks": "nhiệm vụ",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it does (one of :data:`STEPS`), on what, and the values it works with, in the words of officers."""

    does: str
    on: str
    values: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """``{"does", "on", "values"}``."""
        return {"does": self.does, "on": self.on, "values": list(self.values)}


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps in order, and the queries that give the rows of the answer."""

    steps: tuple[Step, ...]
    sparql: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """``{"steps": [...], "sparql": [...]}``."""
        return {"steps": [step.to_json() for step in self.steps], "sparql": list(self.sparql)}


def plan_of(question: Question, catalogue: Catalogue, found: Found) -> Plan:
    """The plan by which ``found`` was found for ``question``."""
    return Plan((*_filters(question, catalogue), *_ends(question, found)), queries(question, catalogue, found))


def _filters(question: Question, catalogue: Catalogue) -> list[Step]:
    """The slots of the question that narrow what is looked at."""
    kept: list[Step] = []
    sides = question.groups or ((question.documents,) if question.documents else ())
    for side in sides:
        kept.append(Step("filter", "văn bản", tuple(catalogue.cards[key].label for key in side if key in catalogue.cards)))
    slots = (
        ("đơn vị", question.units),
        ("số hiệu văn bản", question.numbers),
        ("năm", tuple(str(year) for year in question.years)),
        ("cấp", question.levels),
        ("phần của văn bản", (_PARTS.get(question.role, question.role),) if question.role else ()),
        ("mục", question.parts),
        ("thời hạn từ … đến …", tuple(day.replace("____", "hằng năm ") for day in question.span) if question.span else ()),
        ("loại văn bản, cơ quan ban hành", tuple(" ".join(filter(None, (d.type, d.issuer))) for d in question.described)),
    )
    kept += [Step("filter", on, tuple(values)) for on, values in slots if values]
    if question.words:
        kept.append(Step("match", "từ ngữ", question.words))
    if question.officially:
        kept.append(Step("match", "cách gọi chính thức", tuple(one.label for one in question.officially)))
    return kept


def _ends(question: Question, found: Found) -> list[Step]:
    """What was done with what was kept."""
    asked = tuple(dict.fromkeys(_ASKED.get(ask, ask) for ask in question.asks))
    rows = (f"{len(found.rows)} dòng",)
    if found.chain:
        return [Step("path", "căn cứ, từ địa phương lên trung ương", found.chain)]
    if question.kind == "search":
        return [Step("search", "đoạn văn", rows)]
    if question.kind == "sum":
        return [Step("follow", "Kinh phí", found.columns), Step("sum", "số tiền", rows)]
    if question.kind == "count":
        return [Step("count", asked[0] if asked else "dòng", rows)]
    if question.kind == "compare":
        return [Step("follow", "thông tin được hỏi", asked), Step("compare", "các bên", rows)]
    return [Step("follow", "thông tin được hỏi", asked)]
