"""Prints how well the restoration does: accents put back on good text, words repaired on recognised pages, words per second.

    python benchmarks/measure_restoration.py [--texts FOLDER] [--pairs PAIRS.jsonl]

FOLDER holds good .txt files (their accents are taken away and put back); PAIRS.jsonl comes from ``benchmarks/recognise_pages.py
--held-back``. Words are runs of letters and digits, tone marks in one place; seconds are processor time, the loading of the
model included.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from learn_channel import pages_of

from documents.reading.quality import judge
from documents.restoration.restore import restore
from documents.text import fold, fold_same_length, nfc, tone_marks, words


def stripped(line: str) -> str:
    """The line as typed without accents, capitals kept."""
    return "".join(fold_same_length(c) if c.islower() else fold_same_length(c).upper() for c in line)


def distance(a: list[str], b: list[str]) -> int:
    """Words to insert, delete or replace (Levenshtein 1966)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def measure_accents(folder: Path) -> None:
    """Share of words right after accents were taken away, file by file; words changed in the good text itself."""
    for path in sorted(folder.glob("*.txt")):
        lines = [tone_marks(nfc(line)) for line in path.read_text(encoding="utf-8").split("\n")]
        if judge(lines).kind != "good":
            continue
        began = time.process_time()
        found = restore([stripped(line) for line in lines], "accents")
        seconds = time.process_time() - began
        pairs = [
            pair
            for line, original in zip(found, lines, strict=True)
            for pair in zip(words(line.text), words(original), strict=True)
            if not pair[1].isdigit()
        ]
        right = sum(a == b for a, b in pairs) / len(pairs)
        changed = sum(len(line.repairs) for line in restore(lines))
        speed = len(pairs) / seconds
        print(f"{path.name}: {right:.4f} of {len(pairs)} words right, {speed:,.0f} words/s; as it is: {changed} changed")


def measure_recognition(path: Path) -> None:
    """Word error rate on recognised pages before and after, with accents and without."""
    total, errors, seconds = 0, [0, 0, 0, 0], 0.0
    for true, read in pages_of(path):
        began = time.process_time()
        found = [line.text for line in restore(read, "recognition")]
        seconds += time.process_time() - began
        right, before, after = (
            [word for line in lines for word in words(tone_marks(nfc(line)))] for lines in (true, read, found)
        )
        total += len(right)
        for i, (a, b) in enumerate(((right, before), (right, after))):
            errors[i] += distance(a, b)
            errors[2 + i] += distance([fold(word) for word in a], [fold(word) for word in b])
    rates = [n / total for n in errors]
    print(f"{total} words: error rate {rates[0]:.3f} → {rates[1]:.3f}; accents ignored {rates[2]:.3f} → {rates[3]:.3f}")
    print(f"{total / seconds:,.0f} words/s")


def main() -> None:
    """Measures what is given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    if options.texts:
        measure_accents(options.texts)
    if options.pairs:
        measure_recognition(options.pairs)


if __name__ == "__main__":
    main()
