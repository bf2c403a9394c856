"""Prints how well the restoration does: accents put back, recognised pages repaired, good text left alone, words per second.

    python benchmarks/measure_restoration.py [--texts FOLDER] [--pairs PAIRS.jsonl] [--good FILE_OR_FOLDER...]

FOLDER holds good .txt files (their accents are taken away and put back); PAIRS.jsonl comes from ``benchmarks/recognise_pages.py
--held-back``; the good text that nothing is to change in stands in .txt files, or in the field ``text`` of .jsonl and .jsonl.gz
files (of which only rows kept back from the training are taken, where they are training files). Words are runs of letters and
digits, tone marks in one place; seconds are processor time, the loading of the model included.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from train_restoration import held_back

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


def numbers(lines: list[str]) -> list[str]:
    """The words of digits in the lines."""
    return [word for line in lines for word in words(line) if word.isdigit()]


def measure_recognition(path: Path) -> None:
    """Word error rate on recognised pages before and after, with accents and without, by language, resolution and noise; and how
    many of the numbers that were read are numbers no more."""
    errors: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * 5)
    seconds: dict[str, float] = defaultdict(float)
    read_numbers = lost = 0
    for page in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        began = time.process_time()
        found = [line.text for line in restore(page["read"])]
        seconds[page["language"]] += time.process_time() - began
        right, before, after = (
            [word for line in lines for word in words(tone_marks(nfc(line)))] for lines in (page["true"], page["read"], found)
        )
        scores = [len(right)]
        for a, b in ((right, before), (right, after)):
            scores += [distance(a, b), distance([fold(word) for word in a], [fold(word) for word in b])]
        for key in ((page["language"], str(page["dpi"]), page["noise"]), (page["language"], "all", "")):
            errors[key] = [x + y for x, y in zip(errors[key], scores, strict=True)]
        read_numbers += len(numbers(page["read"]))
        lost += len(numbers(page["read"])) - len(numbers(found))
    print("| read as | dpi | page | words | before | after | accents ignored | after |\n|---|---|---|---:|---:|---:|---:|---:|")
    for (language, dpi, noise), (total, *wrong) in sorted(errors.items()):
        before, bare, after, bare_after = (n / total for n in wrong)
        print(f"| {language} | {dpi} | {noise} | {total} | {before:.3f} | {after:.3f} | {bare:.3f} | {bare_after:.3f} |")
    for language, spent in sorted(seconds.items()):
        print(f"{language}: {errors[language, 'all', ''][0] / spent:,.0f} words/s")
    print(f"{lost} of {read_numbers} numbers became words")


def good_texts(path: Path) -> Iterator[str]:
    """The texts in a file, or in the files of a folder."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.suffix == ".txt":
            text = file.read_text(encoding="utf-8")
            if judge(text.split("\n")).kind == "good":
                yield text
        elif file.name.endswith((".jsonl", ".jsonl.gz")):
            with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as rows:
                for row in map(json.loads, rows):
                    text = tone_marks(nfc(f"{row.get('title')}\n{row['text']}"))
                    if file.suffix != ".gz" or held_back(text):
                        yield row["text"]


def measure_good(paths: list[Path]) -> None:
    """Words changed in good text, each with what stands around it: some are misprints of the source."""
    total = changed = 0
    began = time.process_time()
    for path in paths:
        for text in good_texts(path):
            total += len(words(text))
            for line in restore(text.split("\n")):
                for repair in line.repairs:
                    changed += 1
                    around = line.original[max(0, repair.start - 30) : repair.end + 20]
                    print(f"    {repair.original} → {repair.restored} ({repair.confidence}): {around}")
    spent = time.process_time() - began
    print(f"{changed} of {total} words changed ({1e4 * changed / max(total, 1):.2f} in 10,000), {total / spent:,.0f} words/s")


def main() -> None:
    """Measures what is given."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--good", type=Path, nargs="+")
    options = parser.parse_args()
    if options.texts:
        measure_accents(options.texts)
    if options.pairs:
        measure_recognition(options.pairs)
    if options.good:
        measure_good(options.good)


if __name__ == "__main__":
    main()
