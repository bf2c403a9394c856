"""What was put right in a line: the words as read beside the words as restored, and repairs on top of repairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repair:
    """Words that were put right: where they stand in the original line, what they were, what they are now, how sure (0..1)."""

    start: int
    end: int
    original: str
    restored: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RestoredLine:
    """A line as it reads now, beside the line as it was."""

    text: str
    original: str
    repairs: tuple[Repair, ...] = ()


def repaired(line: str, repairs: Iterable[Repair]) -> RestoredLine:
    """``line`` with ``repairs`` (which do not overlap) made; neighbours without a sign between them become one repair."""
    kept: list[Repair] = []
    for repair in sorted(repairs, key=lambda repair: (repair.start, repair.end)):
        if kept and kept[-1].end == repair.start:
            last = kept.pop()
            repair = Repair(
                last.start,
                repair.end,
                last.original + repair.original,
                last.restored + repair.restored,
                min(last.confidence, repair.confidence),
            )
        kept.append(repair)
    parts, at = [], 0
    for repair in kept:
        parts += [line[at : repair.start], repair.restored]
        at = repair.end
    return RestoredLine("".join([*parts, line[at:]]), line, tuple(kept))


def repaired_again(first: RestoredLine, repairs: Sequence[Repair]) -> RestoredLine:
    """``first`` with ``repairs`` of its text made as well, all of them told as repairs of the original line."""
    if not repairs:
        return first
    if not first.repairs:
        return repaired(first.original, repairs)
    shifted, moved = [], 0  # the first repairs, where they stand in the text that the later ones speak of
    for repair in first.repairs:
        begin = repair.start + moved
        moved += len(repair.restored) - len(repair.original)
        shifted.append((begin, begin + len(repair.restored), repair))
    found = []
    waiting = list(shifted)
    for later in sorted(repairs, key=lambda repair: repair.start):
        begin, end, confidence = later.start, later.end, later.confidence
        touched = [entry for entry in waiting if entry[0] < end and begin < entry[1]]
        waiting = [entry for entry in waiting if entry not in touched]
        start, stop = _back(begin, shifted), _back(end, shifted)
        text = later.restored
        if touched:
            left, right = min(begin, touched[0][0]), max(end, touched[-1][1])
            text = first.text[left:begin] + text + first.text[end:right]
            start = touched[0][2].start if touched[0][0] < begin else start
            stop = touched[-1][2].end if touched[-1][1] > end else stop
            confidence = min(confidence, *(entry[2].confidence for entry in touched))
        found.append(Repair(start, stop, first.original[start:stop], text, confidence))
    found += [entry[2] for entry in waiting]
    return repaired(first.original, [repair for repair in found if repair.original != repair.restored])


def _back(at: int, shifted: Sequence[tuple[int, int, Repair]]) -> int:
    """The place in the original line of a place in the text after the first repairs."""
    moved = 0
    for begin, end, repair in shifted:
        if at >= end and not (begin == end == at):
            moved = repair.end - end
        elif at > begin:
            return repair.end if at >= end else repair.start
    return at + moved
