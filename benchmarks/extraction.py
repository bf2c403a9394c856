"""How fast texts are understood, where the time goes, and that no text takes long.

    .venv/bin/python benchmarks/extraction.py [FOLDER] [--repeat N] [--profile N] [--worst] [--fuzz N] [--seed N]

FOLDER holds texts (default: ../shared/corpus where it is present, else examples/). Prints megabytes of text per second of one
core (UTF-8 bytes, the clock of the process; texts that need restoring are restored before, outside the measurement).
``--profile`` prints the N functions with the most time of their own, ``--worst`` the seconds for 100 KB of each text that makes
careless patterns explode, and for one line of 10 MB; ``--fuzz`` reads N damaged pieces of the texts. Exit status 1 where a text
takes longer than the limit or breaks a promise of a document.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import importlib
import io
import pstats
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks"), str(ROOT / "tests")]
SHARED_CORPUS = ROOT.parent / "shared" / "corpus"

LIMIT = 2.0
"""Seconds for 100 KB, whatever stands in them."""
PIECE = 100_000
LONG_LINE = 10_000_000


def seconds(action: Callable[[], object]) -> float:
    """How many seconds of the processor ``action`` takes."""
    begin = time.process_time()
    action()
    return time.process_time() - begin


def texts_in(folder: Path) -> dict[str, list[str]]:
    """The texts of ``folder`` by file name, restored where they were recognised badly, as lines."""
    from documents.restoration.restore import restore

    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".txt", ".md"} and p.name != "README.md"):
        lines = path.read_text("utf-8").split("\n")
        found[path.name] = [line.text for line in restore(lines)]
    return found


def speed(texts: dict[str, list[str]], repeat: int) -> None:
    """Print bytes, seconds and megabytes per second for each text and for all."""
    from documents.text import forget
    from documents.understand import understand

    size = {name: len("\n".join(lines).encode()) for name, lines in texts.items()}

    def once(name: str, lines: list[str]) -> float:
        forget()
        return seconds(partial(understand, lines, name, "0"))

    best = {name: min(once(name, lines) for _ in range(repeat)) for name, lines in texts.items()}
    print("| text | KB | seconds | MB/s |\n|---|---:|---:|---:|")
    for name in texts:
        print(f"| {name} | {size[name] / 1000:.0f} | {best[name]:.3f} | {size[name] / 1e6 / best[name]:.2f} |")
    total, took = sum(size.values()), sum(best.values())
    print(f"| all | {total / 1000:.0f} | {took:.3f} | {total / 1e6 / took:.2f} |")


def profile(texts: dict[str, list[str]], count: int) -> None:
    """Print the ``count`` functions with the most time of their own."""
    from documents.understand import understand

    profiler = cProfile.Profile()
    for name, lines in texts.items():
        profiler.runcall(understand, lines, name, "0")
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).strip_dirs().sort_stats("tottime").print_stats(count)
    print(out.getvalue())


def worst() -> list[str]:
    """Read 100 KB of every worst case and one long line; returns what took too long."""
    from documents.understand import understand

    cases: dict[str, str] = importlib.import_module("mutations").worst_cases(PIECE)
    slow = []
    for name, text in cases.items():
        took = seconds(partial(understand, text.split("\n"), name, "0"))
        print(f"{took:6.2f} s  {name}")
        if took > LIMIT:
            slow.append(f"{name}: {took:.2f} s for 100 KB")
    line = "Phối hợp với Sở Nội vụ triển khai Kế hoạch số 12/KH-UBND năm 2026. " * (LONG_LINE // 68)
    took = seconds(lambda: understand([line], "long line", "0"))
    print(f"{took:6.2f} s  one line of {len(line) / 1e6:.0f} million letters")
    if took > LIMIT * LONG_LINE / PIECE:
        slow.append(f"one long line: {took:.2f} s")
    return slow


def _read_and_check(text: str, check: Callable[[object], None]) -> None:
    from documents.understand import understand

    check(understand(text.split("\n"), "any.txt", "0"))


def fuzz(texts: Sequence[str], count: int, seed: int) -> list[str]:
    """Read damaged pieces of ``texts`` and hold the documents to their promises; returns what took too long or broke one."""
    mutations = importlib.import_module("mutations").mutations
    check = importlib.import_module("test_understanding_properties").check
    wrong, slowest = [], 0.0
    for n, text in enumerate(mutations(texts, count, seed)):
        try:
            took = seconds(partial(_read_and_check, text, check))
        except Exception as error:
            wrong.append(f"piece {n} of seed {seed}: {type(error).__name__} {error}")
            continue
        slowest = max(slowest, took)
        if took > LIMIT * max(1.0, len(text) / PIECE):
            wrong.append(f"piece {n} of seed {seed}: {took:.2f} s for {len(text) / 1000:.0f} KB")
    print(f"{count} damaged pieces, slowest {slowest:.2f} s, {len(wrong)} wrong")
    return wrong


def main() -> int:
    """Measure as the command line asks; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--profile", type=int, default=0, metavar="N")
    parser.add_argument("--worst", action="store_true")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    machine = importlib.import_module("startup").machine
    folder = arguments.folder or (SHARED_CORPUS if SHARED_CORPUS.is_dir() else ROOT / "examples")
    texts = texts_in(folder)
    if not texts:
        parser.error(f"no texts in {folder}")
    digest = hashlib.sha256("\0".join("\n".join(lines) for lines in texts.values()).encode()).hexdigest()[:16]
    print(f"machine: {machine()}\ncorpus: {folder.name}, {len(texts)} texts, hash {digest}\ncommand: {' '.join(sys.argv)}\n")
    speed(texts, arguments.repeat)
    if arguments.profile:
        profile(texts, arguments.profile)
    wrong = worst() if arguments.worst else []
    if arguments.fuzz:
        wrong += fuzz(["\n".join(lines) for lines in texts.values()], arguments.fuzz, arguments.seed)
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
