"""What a line says without its markup: Markdown, HTML and LaTeX that conversion programs leave in plain text.

Only marks are taken away, never words; an unknown tag or an unbalanced star stays as it is written. Nothing here interprets
HTML: it is text to us, and what shows it escapes it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from documents.text import collapse

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+")
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|p|br|ul|ol|li|span|sup|sub|div|font|center|td|tr|th|table|tbody|thead|a|h[1-6])(?:\s[^<>]{0,300})?/?>",
    re.I,
)
_BLOCK_TAG = re.compile(r"<(?:br|/p|/li|/div|/tr|/td)\b[^<>]{0,300}>", re.I)
_MATH = re.compile(r"\$([^$\\]{0,40}\\[^$]{1,60}|[\d\s.,+\-=<>≥≤%]{1,40}|[A-Za-z])\$")
_LATEX = (
    (re.compile(r"\\geq?(?:slant)?(?![a-z])"), "≥"),
    (re.compile(r"\\leq?(?:slant)?(?![a-z])"), "≤"),
    (re.compile(r"\\(?:rightarrow|to)(?![a-z])"), "→"),
    (re.compile(r"\\times(?![a-z])"), "×"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\(?:text|mathrm|mathbf)\{([^{}]*)\}"), r"\1"),
)
_ESCAPED = re.compile(r"\\([\\*_#.()\[\]{}+\-!|>])")
_BAR = re.compile(r"(?<!\\)\|")
_PAIRS = re.compile(r"(?<!\\)(\*{1,3}|__)(?=\S)((?:(?!\1).){1,2000})(?<=\S)\1")
_TWO_MARKS = re.compile(r"(?<=[\w)])\*{3}(?=\w)")
"""Bold words end and words in italics begin, with no blank between."""
_KEPT_SIGNS = {"*": "\ue000", "_": "\ue001"}
"""Escaped stars and underscores stand as private signs while the marks are taken away."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a line; ``heading`` is its Markdown heading level (0: none); ``bold`` says that all its words are bold."""

    text: str
    heading: int = 0
    bold: bool = False


def plain(line: str) -> Plain:
    """The words of one line (or table cell) without markup. Takes any string; quick on long ones (no nested repetition)."""
    if not any(c in line for c in "#*_<&\\$"):
        return Plain(collapse(line))
    level = 0
    if match := _HEADING.match(line):
        level, line = len(match[1]), line[match.end() :]
    bold_tags = re.fullmatch(r"\s*<(b|strong)>.*</\1>\s*", line, re.I) is not None
    text = _MATH.sub(lambda m: _math(m[1]), line) if "$" in line else line
    if "<" in text:
        text = _TAG.sub("", _BLOCK_TAG.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    text = text.strip()
    stars = re.fullmatch(r"(?:[-+•]\s+)?(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1\s*[.:;]?", text)
    bold = bold_tags or (stars is not None and stars[1] not in stars[2])
    text = _ESCAPED.sub(lambda m: _KEPT_SIGNS.get(m[1], m[1]), text)
    text = _TWO_MARKS.sub("** *", text)
    for _ in range(3):
        stripped = _PAIRS.sub(r"\2", text)
        if stripped == text:
            break
        text = stripped
    text = re.sub(r"^\*{2,3}(?=\S)|(?<=\S)\*{2,3}$", "", text)
    for sign, kept in _KEPT_SIGNS.items():
        text = text.replace(kept, sign)
    return Plain(collapse(text), level, bold)


def _math(inner: str) -> str:
    for pattern, shown in _LATEX:
        inner = pattern.sub(shown, inner)
    return inner


def cells(line: str) -> tuple[str, ...]:
    """The cells of a table row (tab-separated, or between Markdown's "|"), markup still in them; () when the line is no row."""
    if "\t" in line.strip("\r\n\t "):
        return tuple(c.strip() for c in line.rstrip("\r\n").split("\t"))
    shown = line.strip()
    if shown.startswith("|") and shown.endswith("|") and shown.count("|") >= 3:
        found = tuple(c.strip() for c in _BAR.split(shown[1:-1]))
        return () if all(re.fullmatch(r":?-+:?|", c) for c in found) else found
    return ()
