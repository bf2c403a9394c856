"""The parts of documents by name: one form for "khoản 2 Điều 12" however it is reached, and how a part is called.

Articles are numbered through a whole document, so a chapter above an article says nothing; the numbers of parts, chapters and
appendices are compared as Roman numerals, whichever numerals a text uses for them. Below a "Mục" of a plan every level counts
as a heading: "điểm a khoản 2 Mục III" and the line "a)" under "2." under "III." are one part.
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.model import Place, Step
from documents.structure.mark import roman_value

LEVELS = ("attached", "appendix", "part", "chapter", "heading", "article", "clause", "point", "item")
"""The kinds of steps, outermost first."""

_ROMAN = ("part", "chapter", "appendix")
_ABOVE_ARTICLE = ("part", "chapter", "heading")
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_WORDS = {
    "appendix": "Phụ lục",
    "part": "Phần",
    "chapter": "Chương",
    "article": "Điều",
    "clause": "khoản",
    "point": "điểm",
    "item": "tiết",
}
_ATTACHED = "văn bản kèm theo"


def normal(steps: Iterable[Step]) -> Place | None:
    """The one form of the part that ``steps`` (outermost first) lead to; ``None`` when they lead nowhere."""
    found = [Step(step.kind, _number(step)) for step in steps]
    article = next((i for i, step in enumerate(found) if step.kind == "article"), None)
    if article is not None:
        found = [step for step in found[:article] if step.kind not in _ABOVE_ARTICLE] + found[article:]
        inner = found[found.index(next(s for s in found if s.kind == "article")) + 1 :]
        return Place((*found[: len(found) - len(inner)], *_inside_article(inner))) if found else None
    whole: list[Step] = []
    for step in found:
        if step.kind in ("clause", "point", "item", "heading") and any(s.kind != "attached" for s in whole):
            whole.extend(_headings(step.number, [s.number for s in whole if s.kind == "heading"]))
        elif step.kind == "heading":
            whole.extend(_headings(step.number, []))
        else:
            whole.append(step)
    return Place(tuple(whole)) if whole else None


def _inside_article(steps: list[Step]) -> Iterable[Step]:
    """What stands below an article: clause, then point, then items, whatever the text calls them."""
    for step in steps:
        yield Step("item", step.number) if step.kind == "heading" else step


def _headings(number: str | None, above: list[str | None]) -> list[Step]:
    """The steps of a heading numbered ``number`` below the headings ``above``: "2.1" below "2" is one step, alone it is two."""
    pieces = (number or "").split(".") if number else [None]
    known = [(n or "").lower() for n in above]
    for length in range(len(pieces) - 1, 0, -1):
        head = [(p or "").lower() for p in pieces[:length]]
        if len(pieces) > 1 and known[-length:] == head:
            pieces = pieces[length:]
            break
    return [Step("heading", piece) for piece in pieces]


def _number(step: Step) -> str | None:
    if step.number is None:
        return None
    number = " ".join(step.number.split()).strip(".")
    if step.kind in _ROMAN:
        value = _value(number)
        return roman(value) if value else number.upper()
    return (
        number.lower() if step.kind in ("article", "clause", "point", "item") or (len(number) == 1 and number > "z") else number
    )


def _value(number: str) -> int | None:
    word = number.lower().removeprefix("thứ ").strip()
    return _ORDINALS.get(word) or (int(number) if number.isdigit() else roman_value(number.upper()))


def roman(value: int) -> str:
    """``value`` (1 to 89) as a Roman numeral."""
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for worth, sign in signs:
        while value >= worth:
            written += sign
            value -= worth
    return written


def label(place: Place) -> str:
    """What a part is called: "điểm a khoản 2 Điều 12", "Mục II.2", "Mục 1 Chương II"."""
    words: list[str] = []
    headings: list[str] = []
    for step in place.steps:
        if step.kind == "heading":
            headings.append(step.number or "")
            continue
        if headings:
            words.append("Mục " + ".".join(headings))
            headings = []
        words.append(_ATTACHED if step.kind == "attached" else f"{_WORDS[step.kind]} {step.number or ''}".strip())
    if headings:
        words.append("Mục " + ".".join(headings))
    return " ".join(reversed(words))


def above(place: Place) -> Place | None:
    """The part in which a part stands directly, or ``None`` for one that stands in the document itself."""
    return Place(place.steps[:-1]) if len(place.steps) > 1 else None
