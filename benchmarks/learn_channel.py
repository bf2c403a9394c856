"""Learns from pairs of true and recognised lines how each letter is misread (hard expectation maximisation)."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from documents.text import fold_same_length, nfc, tone_marks

WIDEST = 3
"""Most characters that one letter is read as."""

_STRIP = '.,;:?"“”()[]/|-–—_…*'


def word_pairs(true: list[str], read: list[str]) -> list[tuple[str, str]]:
    """The words of a page, true beside read, where the lines and the words in them can be told one to one."""
    if len(true) != len(read):
        return []
    found: list[tuple[str, str]] = []
    for line, other in zip(true, read, strict=True):
        a = [w for w in (w.strip(_STRIP) for w in tone_marks(nfc(line)).split()) if w]
        b = [w for w in (w.strip(_STRIP) for w in nfc(other).split()) if w]
        if len(a) == len(b):
            found += zip(a, b, strict=True)
    return [(t, r) for t, r in found if re.fullmatch(r"[^\W\d_]+", t) and abs(len(t) - len(r)) <= 3]


def first_cost(letter: str, piece: str) -> float:
    """What to expect before anything was learned."""
    if piece == letter:
        return 0.05
    if len(piece) == 1:
        return 0.5 if fold_same_length(piece) == fold_same_length(letter) else 4.0
    return {0: 5.0, 2: 4.5, 3: 7.0}[len(piece)]


def align(true: str, read: str, costs: dict[tuple[str, str], float]) -> tuple[float, list[tuple[str, str]]]:
    """The cheapest way to cut ``read`` into one piece for each letter of ``true``."""
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for letter in true:
        row: dict[int, tuple[float, int]] = {}
        for at, (cost, _) in rows[-1].items():
            for width in range(min(WIDEST, len(read) - at) + 1):
                piece = read[at : at + width]
                step = costs.get((letter, piece))
                total = cost + (step if step is not None else first_cost(letter, piece) + 4)
                if total < row.get(at + width, (1e9, 0))[0]:
                    row[at + width] = (total, at)
        rows.append(row)
    if len(read) not in rows[-1]:
        return 1e9, []
    pairs, end = [], len(read)
    for i in range(len(true), 0, -1):
        begin = rows[i][end][1]
        pairs.append((true[i - 1], read[begin:end]))
        end = begin
    return rows[-1][len(read)][0], pairs


def kin(letter: str) -> str:
    """The group that a rare letter borrows from: same base, same case, with or without tone."""
    toned = len(unicodedata.normalize("NFD", letter)) > 1
    return f"{fold_same_length(letter)}{letter.isupper()}{toned}"


def learn(pages: list[tuple[list[str], list[str]]], rounds: int = 5) -> dict[tuple[str, str], float]:
    """(letter, piece) → cost, smoothed with what kindred letters are read as; costs above 10 are left out."""
    pairs = Counter(pair for true, read in pages for pair in word_pairs(true, read))
    letters = {letter for true, _ in pairs for letter in true}
    costs: dict[tuple[str, str], float] = {(c, c): 0.05 for c in letters}
    for _ in range(rounds):
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        group: dict[str, Counter[str]] = defaultdict(Counter)
        for (true, read), n in pairs.items():
            cost, cut = align(true, read, costs)
            if cost > 6 * len(true):
                continue
            for letter, piece in cut:
                seen[letter][piece] += n
                group[kin(letter)][piece] += n
        costs = {}
        for letter, own in seen.items():
            shared, total, whole = group[kin(letter)], sum(own.values()), sum(group[kin(letter)].values())
            for piece in shared:
                p = (own[piece] + 4 * shared[piece] / whole) / (total + 4)
                if shared[piece] >= 2 and -math.log(p) < 10:
                    costs[letter, piece] = -math.log(p)
    return costs


KNEE, SLOPE = 2.0, 0.6


def flattened(costs: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """The costs with the rare misreadings less rare: a real scanner misreads otherwise than the rendered pages show (chosen on
    held-back pages)."""
    return {pair: cost if cost < KNEE else KNEE + SLOPE * (cost - KNEE) for pair, cost in costs.items()}


def pages_of(path: Path, language: str) -> list[tuple[list[str], list[str]]]:
    """The pages of a file of pairs that were recognised as being in ``language`` ("eng", "vie")."""
    pages = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(page["true"], page["read"]) for page in pages if page.get("language", "eng") == language]


def channel_rows(costs: dict[tuple[str, str], float]) -> str:
    """The costs as stored: letter, piece and sixteenths of a nat by TAB, one line each, sorted."""
    return "\n".join(f"{letter}\t{piece}\t{round(cost * 16)}" for (letter, piece), cost in sorted(costs.items()))
