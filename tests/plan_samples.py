"""The head of a small ward plan, and the document that it makes with a body: for tests of what is read out of the body."""

from __future__ import annotations

from documents.model import Document
from documents.understand import understand

HEAD = (
    "ỦY BAN NHÂN DÂN PHƯỜNG BẾN MƠ",
    "",
    "Số: 7/KH-UBND",
    "Bến Mơ, ngày 9 tháng 3 năm 2026",
    "",
    "KẾ HOẠCH",
    "Chuyển đổi số phường Bến Mơ năm 2026",
    "",
)
FIRST = len(HEAD) + 1
"""The line on which the body begins."""


def plan(*body: str, noisy: bool = False) -> Document:
    """The ward plan with the lines ``body`` below its head."""
    return understand([*HEAD, *body], "plan.txt", "0", noisy=noisy)
