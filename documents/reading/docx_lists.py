"""The numbers that Word counts for the paragraphs of its lists (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.reading.docx_styles import ParagraphStyle, w
from documents.reading.numbering import bullet, shown

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts: first number, form, the text with "%1" for the numbers, and the level that makes it begin
    anew.
    """

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    restart: int | None = None
    legal: bool = False


class Lists:
    """The lists of one document; counts as the paragraphs come."""

    def __init__(self, root: _Element | None) -> None:
        """Read the part ``numbering.xml``; without one there are no numbers."""
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._of_number: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        styled: dict[str, str] = {}
        links: dict[str, str] = {}
        for node in root.iter(w("abstractNum")):
            key = node.get(w("abstractNumId"), "")
            self._abstract[key] = {_number(level.get(w("ilvl"))): _level(level) for level in node.findall(w("lvl"))}
            named, linked = node.find(w("styleLink")), node.find(w("numStyleLink"))
            if named is not None:
                styled[named.get(w("val"), "")] = key
            if linked is not None:
                links[key] = linked.get(w("val"), "")
        for node in root.iter(w("num")):
            reference = node.find(w("abstractNumId"))
            key = reference.get(w("val"), "") if reference is not None else ""
            key = styled.get(links.get(key, ""), key)
            changed: dict[int, _Level] = {}
            starts: dict[int, int] = {}
            for override in node.findall(w("lvlOverride")):
                level = _number(override.get(w("ilvl")))
                own, start = override.find(w("lvl")), override.find(w("startOverride"))
                if own is not None:
                    changed[level] = _level(own)
                if start is not None:
                    starts[level] = _number(start.get(w("val")))
            self._of_number[node.get(w("numId"), "")] = (key, changed, starts)

    def label(self, properties: _Element | None, style: ParagraphStyle) -> str:
        """The number or bullet before a paragraph with those properties (``w:pPr``), counted on; "" for one of no list."""
        number, depth = style.number, style.depth
        own = properties.find(w("numPr")) if properties is not None else None
        if own is not None:
            given, level = own.find(w("numId")), own.find(w("ilvl"))
            number = given.get(w("val")) if given is not None else number
            depth = _number(level.get(w("val"))) if level is not None else 0 if given is not None else depth
        if number is None or number == "0" or number not in self._of_number:
            return ""
        key, changed, starts = self._of_number[number]
        levels = {**self._abstract.get(key, {}), **changed}
        depth = min(depth, _LEVELS - 1)
        level_of = levels.get(depth)
        if level_of is None or (level_of.form == "none" and "%" in level_of.text):
            return ""
        counts = self._counted(number, key, levels, starts, depth)
        if level_of.form == "bullet":
            return bullet(level_of.text)

        def value(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            count = counts[at] if at < _LEVELS and counts[at] is not None else levels.get(at, _Level()).start
            form = "decimal" if level_of.legal else levels.get(at, _Level()).form
            return shown(count or 0, form)

        return re.sub(r"%([1-9])", value, level_of.text).strip()

    def _counted(self, number: str, key: str, levels: dict[int, _Level], starts: dict[int, int], depth: int) -> list[int | None]:
        """The counts of the list with its level ``depth`` one further; deeper levels begin anew."""
        counts = self._counts.setdefault(key, [None] * _LEVELS)
        start = levels.get(depth, _Level()).start
        if depth in starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counts[depth] = starts[depth]
        else:
            now = counts[depth]
            counts[depth] = start if now is None else min(now + 1, _LARGEST)
        for deeper in range(depth + 1, _LEVELS):
            restart = levels.get(deeper, _Level()).restart
            if restart is None or (restart > 0 and depth < restart):
                counts[deeper] = None
        return counts


def _number(value: str | None) -> int:
    return min(int(value), _LARGEST) if value and value.isdecimal() else 0


def _level(node: _Element) -> _Level:
    def said(name: str, otherwise: str) -> str:
        found = node.find(w(name))
        return found.get(w("val"), otherwise) if found is not None else otherwise

    restart = node.find(w("lvlRestart"))
    legal = node.find(w("isLgl"))
    return _Level(
        start=_number(said("start", "1")),
        form=said("numFmt", "decimal"),
        text=said("lvlText", ""),
        restart=_number(restart.get(w("val"))) if restart is not None else None,
        legal=legal is not None and legal.get(w("val"), "1") not in ("0", "false", "off"),
    )
