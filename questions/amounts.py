"""Sums of money that a question sets as a limit ("trên 10 tỷ đồng", "từ 500 triệu trở lên"), and the tasks that keep to them."""

from __future__ import annotations

import re

from documents.text import fold, nfc
from questions.evidence import Item
from questions.fields import amounts
from questions.words import pairs, tokens

_UNITS = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "trd": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "dong": 1}
_SUM = r"(\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?) ?(ty|ti|trieu|trd|tr|nghin|ngan|dong)(?!\w)"
_LEAST = re.compile(rf"(?<!\w)(?:tren|hon|vuot|qua|tu|toi thieu|it nhat|khong duoi)(?: muc)? {_SUM}(?! (?:den|toi) \d)")
_MOST = re.compile(rf"(?<!\w)(?:duoi|chua den|chua toi|khong qua|khong vuot qua|khong hon|toi da|nhieu nhat|kem)(?: muc)? {_SUM}")
_LESS = re.compile(rf"(?<!\w)(?:it|nho|thap|kem) hon {_SUM}")


def limits(text: str) -> tuple[int, int | None] | None:
    """The least and the greatest sum in đồng that the question sets; ``None`` for the greatest where it has none, or for both."""
    said = " ".join(fold(nfc(text)).split())
    if found := _LESS.search(said) or _MOST.search(said):
        return 0, _dong(found[1], found[2])
    if found := _LEAST.search(said):
        return _dong(found[1], found[2]), None
    return None


def _dong(figure: str, unit: str) -> int:
    """An amount as typed, in đồng."""
    return round(float(figure.replace(".", "").replace(",", ".")) * _UNITS[unit])


def keeps_to(item: Item, least: int, most: int | None, expanded: str) -> bool:
    """Whether the task's money keeps to the limits: the columns that the question names, else the first one."""
    money = amounts(item.task)
    if not money:
        return False
    said = {*pairs(tokens(expanded))}
    shared = [sum(pair in said for pair in pairs(tokens(one.label))) for one in money]
    meant = [one for one, share in zip(money, shared, strict=True) if share == max(shared)] if max(shared) else money[:1]
    return any(least <= (one.amount_vnd or 0) and (most is None or (one.amount_vnd or 0) <= most) for one in meant)
