"""What the styles of a Word document say of a paragraph or run: bold, capitals, hidden, heading level, list (ECMA-376 part 1,
17.7).

Properties come down from the style that a style is based on; what stands at the paragraph or run itself counts most.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 20
"""Styles are based on each other at most so deep."""
_HEADING = re.compile(r"heading (\d)", re.I)
_CONTENTS = re.compile(r"toc (?:\d|heading)|table of (?:figures|authorities)", re.I)


def w(name: str) -> str:
    """The name of an element or attribute of WordprocessingML."""
    return _W + name


def on(properties: _Element | None, name: str) -> bool | None:
    """Whether a property that can be switched is on; ``None`` where it is not mentioned (17.17.4)."""
    node = properties.find(w(name)) if properties is not None else None
    return None if node is None else node.get(w("val"), "true") not in ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """``level`` is that of a heading (0: none); ``number`` and ``depth`` are the list and level that the style belongs to;
    ``font`` is that of its words."""

    bold: bool = False
    caps: bool = False
    level: int = 0
    number: str | None = None
    depth: int = 0
    breaks_page: bool = False
    is_contents: bool = False
    font: str = ""


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run is shown."""

    bold: bool
    caps: bool
    hidden: bool
    font: str = ""


class Styles:
    """The styles of one document."""

    def __init__(self, root: _Element | None) -> None:
        """Read the part ``styles.xml``; without one nothing has a style."""
        self._styles = {node.get(w("styleId"), ""): node for node in root.iter(w("style"))} if root is not None else {}
        self._default = next(
            (
                key
                for key, node in self._styles.items()
                if node.get(w("type")) == "paragraph" and node.get(w("default")) in ("1", "true")
            ),
            None,
        )
        default = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        self._default_font = _font(default)
        self._known: dict[str | None, ParagraphStyle] = {}

    def _chain(self, key: str | None) -> list[_Element]:
        """The style and those that it is based on, the nearest first."""
        found: list[_Element] = []
        while key in self._styles and len(found) < _DEEPEST:
            node = self._styles[key]
            found.append(node)
            based = node.find(w("basedOn"))
            key = based.get(w("val")) if based is not None else None
        return found

    def of_paragraph(self, properties: _Element | None) -> ParagraphStyle:
        """The style of a paragraph with those properties (``w:pPr``)."""
        named = properties.find(w("pStyle")) if properties is not None else None
        key = named.get(w("val")) if named is not None else self._default
        if key not in self._known:
            self._known[key] = self._of_style(key)
        style = self._known[key]
        level = _outline(properties)
        breaks = on(properties, "pageBreakBefore")
        if level is None and breaks is None:
            return style
        return replace(
            style,
            level=style.level if level is None else level,
            breaks_page=style.breaks_page if breaks is None else breaks,
        )

    def _of_style(self, key: str | None) -> ParagraphStyle:
        chain = self._chain(key)
        level, number, depth = 0, None, 0
        for node in reversed(chain):
            name = node.find(w("name"))
            properties = node.find(w("pPr"))
            heading = _HEADING.fullmatch(name.get(w("val"), "")) if name is not None else None
            found = _outline(properties)
            level = min(int(heading[1]), 6) if heading else level if found is None else found
            value = properties.find(f"{w('numPr')}/{w('numId')}") if properties is not None else None
            if value is not None:
                number = value.get(w("val"))
            deep = properties.find(f"{w('numPr')}/{w('ilvl')}") if properties is not None else None
            if deep is not None and deep.get(w("val"), "").isdecimal():
                depth = int(deep.get(w("val"), "0"))
        return ParagraphStyle(
            bold=_first(chain, "b"),
            caps=_first(chain, "caps"),
            level=level,
            number=number,
            depth=depth,
            breaks_page=any(on(node.find(w("pPr")), "pageBreakBefore") for node in chain[:1]),
            is_contents=any(_CONTENTS.fullmatch(_name(node)) for node in chain),
            font=_font_of(chain) or self._default_font,
        )

    def of_run(self, properties: _Element | None, around: ParagraphStyle) -> RunStyle:
        """How a run with those properties (``w:rPr``) is shown in a paragraph of that style."""
        if properties is None:
            return RunStyle(around.bold, around.caps, False, around.font)
        named = properties.find(w("rStyle"))
        chain = self._chain(named.get(w("val"))) if named is not None else []
        shown = []
        for name, inherited in (("b", around.bold), ("caps", around.caps), ("vanish", False)):
            own = on(properties, name)
            shown.append(own if own is not None else _first(chain, name) or inherited)
        bold, caps, hidden = shown
        return RunStyle(bold, caps, hidden, _font(properties) or _font_of(chain) or around.font)


def _font(properties: _Element | None) -> str:
    """The font that properties of runs name; "" where they name none."""
    fonts = properties.find(w("rFonts")) if properties is not None else None
    return (fonts.get(w("ascii")) or fonts.get(w("hAnsi")) or "") if fonts is not None else ""


def _font_of(chain: list[_Element]) -> str:
    """The font of the nearest style that names one."""
    return next((font for node in chain if (font := _font(node.find(w("rPr"))))), "")


def _first(chain: list[_Element], name: str) -> bool:
    """What the nearest style that mentions a property of runs says of it."""
    return next((said for node in chain if (said := on(node.find(w("rPr")), name)) is not None), False)


def _name(style: _Element) -> str:
    name = style.find(w("name"))
    return name.get(w("val"), "") if name is not None else ""


def _outline(properties: _Element | None) -> int | None:
    """The level of a heading (1..6), 0 for body text, ``None`` where nothing is said."""
    node = properties.find(w("outlineLvl")) if properties is not None else None
    value = node.get(w("val"), "") if node is not None else ""
    if not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < 6 else 0
