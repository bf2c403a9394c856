"""Blanks in the wrong place: syllables that a text layer split ("KHO ẢN", "chuy ển"), words that it ran together ("tổchức"),
words parted at the end of a line ("tri-" / "ển").

The letters are right, so the pieces put together are a syllable of the list, and the trigram model has to find the text with it
much likelier than with the pieces. Words that ran together are parted only in a text that has many of them: loan words
("bêtông") are written so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from documents.restoration.repair import Repair
from documents.restoration.syllable_model import BOUNDARY, NUMBER, OTHER, SyllableModel
from documents.syllables import is_syllable
from documents.text import tone_marks

JOINED = 6.0
"""So many nats likelier the line must be with the pieces joined."""

_UNKNOWN = 7.0
"""What a word outside the list costs beyond what the model says of all such words together: it is one of very many."""

PARTED_SHARE, PARTED = 0.01, 4
"""Words are parted where at least this share of the text's words, and so many different ones, ran together."""

_PARTED_PAIR = -6.0
"""Parts must follow each other at least so often (logarithm)."""

_TOKEN = re.compile(r"[^\W_]+|[.;:!?]")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\s*$")
_GOES_ON = re.compile(r"\s*([^\W\d_]+)(?=[\s,.;:]|$) ?")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    id: int


def respaced(lines: Sequence[str], wanted: Sequence[bool], model: SyllableModel) -> dict[int, list[Repair]]:
    """The repairs of the lines that are ``wanted``, by line."""
    repairs: dict[int, list[Repair]] = {}
    together: list[tuple[int, Repair]] = []
    count = 0
    for number, line in enumerate(lines):
        if not wanted[number]:
            continue
        tokens = _tokens(line, model)
        count += len(tokens)
        if joins := list(_joins(line, tokens, model)):
            repairs.setdefault(number, []).extend(joins)
        together += [(number, repair) for token in tokens if (repair := _parted(token, model)) is not None]
        if number + 1 < len(lines) and wanted[number + 1] and (broken := _over_the_end(line, lines[number + 1], model)):
            repairs.setdefault(number, []).append(broken[0])
            repairs.setdefault(number + 1, []).append(broken[1])
    if len({repair.original for _, repair in together}) >= PARTED and len(together) >= PARTED_SHARE * count:
        for number, repair in together:
            repairs.setdefault(number, []).append(repair)
    return {number: _apart(found) for number, found in sorted(repairs.items())}


def _apart(repairs: list[Repair]) -> list[Repair]:
    """The repairs without those that overlap an earlier one."""
    found: list[Repair] = []
    for repair in sorted(repairs, key=lambda r: (r.start, r.end)):
        if not found or found[-1].end <= repair.start:
            found.append(repair)
    return found


def _tokens(line: str, model: SyllableModel) -> list[_Token]:
    return [_Token(m.group(), m.start(), m.end(), _id(m.group(), model)) for m in _TOKEN.finditer(line)]


def _id(word: str, model: SyllableModel) -> int:
    if word in ".;:!?":
        return BOUNDARY
    return model.ids.get(tone_marks(word.lower()), NUMBER if any(c.isdigit() for c in word) else OTHER)


def _joins(line: str, tokens: list[_Token], model: SyllableModel) -> Iterator[Repair]:
    i = 0
    while i + 1 < len(tokens):
        for count in (3, 2):
            if i + count > len(tokens):
                continue
            pieces = tokens[i : i + count]
            if not _may_be_one(line, pieces, model):
                continue
            gain = _gain(tokens, i, count, _id("".join(p.text for p in pieces), model), model)
            if gain > JOINED:
                start, end = pieces[0].start, pieces[-1].end
                joined = "".join(p.text for p in pieces)
                yield Repair(start, end, line[start:end], joined, round(1 / (1 + float(np.exp(-gain))), 3))
                i += count - 1
                break
        i += 1


def _may_be_one(line: str, pieces: list[_Token], model: SyllableModel) -> bool:
    """Whether the pieces stand one blank apart, are written alike, one of them is no common word, and together they are a
    syllable."""
    if any(piece.id in (NUMBER, BOUNDARY) or not piece.text.isalpha() for piece in pieces):
        return False
    if any(line[a.end : b.start] != " " for a, b in pairwise(pieces)):
        return False
    first, rest = pieces[0].text, "".join(piece.text for piece in pieces[1:])
    if not (rest.islower() or (first.isupper() and rest.isupper())) or (first + rest).isascii():
        return False
    if len(first) + len(rest) > 8 or all(piece.id > OTHER and is_syllable(piece.text) and piece.id < _COMMON for piece in pieces):
        return False
    joined = first + rest
    return _id(joined, model) > OTHER and is_syllable(joined)


_COMMON = 2000
"""Words so far up in the list (the likeliest first) are no pieces of others unless a neighbour is one."""


def _likely(ids: list[int], model: SyllableModel) -> float:
    row = np.array(ids, dtype=np.int64)
    return float(model.triple(row[:-2], row[1:-1], row[2:]).sum()) - _UNKNOWN * ids[2:-2].count(OTHER)


def _gain(tokens: list[_Token], i: int, count: int, joined: int, model: SyllableModel) -> float:
    """How much likelier (nats) the line is with the tokens from ``i`` on as one."""
    before = [BOUNDARY, BOUNDARY, *(t.id for t in tokens[max(0, i - 2) : i])][-2:]
    after = [*(t.id for t in tokens[i + count : i + count + 2]), BOUNDARY, BOUNDARY][:2]
    pieces = [t.id for t in tokens[i : i + count]]
    return _likely([*before, joined, *after], model) - _likely([*before, *pieces, *after], model)


def _parted(token: _Token, model: SyllableModel) -> Repair | None:
    """The token as two syllables that often follow each other."""
    text = token.text
    if token.id != OTHER or len(text) < 5 or text.isascii() or not text.isalpha() or is_syllable(text):
        return None
    if not (text[1:].islower() or text.isupper()):
        return None
    best: tuple[float, int] | None = None
    for at in range(2, len(text) - 1):
        first, second = _id(text[:at], model), _id(text[at:], model)
        if first > OTHER and second > OTHER and is_syllable(text[:at]) and is_syllable(text[at:]):
            row = np.array([first]), np.array([second])
            likely = float(model.pair(*row)[0])
            best = max(best, (likely, at)) if best else (likely, at)
    if best is None or best[0] < _PARTED_PAIR:
        return None
    return Repair(token.start, token.end, text, f"{text[: best[1]]} {text[best[1] :]}", 0.9)


def _over_the_end(line: str, following: str, model: SyllableModel) -> tuple[Repair, Repair] | None:
    """A syllable parted by a hyphen at the end of the line, whole again on the first of its lines."""
    broken = _BROKEN.search(line)
    if broken is None:
        return None
    goes_on = _GOES_ON.match(following)
    if goes_on is None or not goes_on[1].islower():
        return None
    joined = broken[1] + goes_on[1]
    pieces = broken[1], goes_on[1]
    if not is_syllable(joined) or _id(joined, model) <= OTHER or all(_id(p, model) > OTHER and is_syllable(p) for p in pieces):
        return None
    return (
        Repair(broken.start(), broken.end(), broken.group(), joined, 0.9),
        Repair(goes_on.start(1), goes_on.end(), following[goes_on.start(1) : goes_on.end()], "", 0.9),
    )
