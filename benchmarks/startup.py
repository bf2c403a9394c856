"""How long an officer waits: reading plans from nothing, reading them again, searching from the shell.

    .venv/bin/python benchmarks/startup.py [FOLDER] [--repeat N]

FOLDER holds the plans (default: ../shared/corpus where it is present, else examples/). Each command runs as a process of its
own, as from the shell, over a data folder made for the measurement. Prints a table with the machine, the hash of the corpus and
the commands; exit status 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED_CORPUS = ROOT.parent / "shared" / "corpus"
QUERY = "nhiệm vụ an toàn thông tin cấp phường"


@dataclass(frozen=True, slots=True)
class Measured:
    """A command, how often it ran, its median and slowest time, its median processor time, and the time it may take."""

    command: str
    runs: int
    median: float
    slowest: float
    processor: float
    limit: float


def corpus_hash(folder: Path) -> tuple[int, str]:
    """How many files ``folder`` has, and a hash of their names and contents."""
    digest = hashlib.sha256()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return len(files), digest.hexdigest()[:16]


def machine() -> str:
    """The processor, its cores, the memory and Python's version."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0] if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def processor_seconds() -> float:
    """Processor time of all commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def seconds_of(*arguments: str) -> tuple[float, float]:
    """Runs a command of ``cancu``: its wall-clock and processor seconds; a failure ends the measurement."""
    cancu = Path(sys.executable).with_name("cancu")
    started, used = time.perf_counter(), processor_seconds()
    done = subprocess.run([cancu, *arguments], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"cancu {' '.join(arguments)}: exit status {done.returncode}\n{done.stderr}")
    return seconds, processor_seconds() - used


def measure(folder: Path, data: Path, repeat: int) -> list[Measured]:
    """The figures, in the order in which an officer meets them."""

    def figure(shown: str, limit: float, times: list[tuple[float, float]]) -> Measured:
        wall, used = [seconds for seconds, _ in times], [seconds for _, seconds in times]
        return Measured(shown, len(times), statistics.median(wall), max(wall), statistics.median(used), limit)

    read = ("ingest", str(folder), "--data")
    return [
        figure("cancu ingest FOLDER   (from nothing)", 20.0, [seconds_of(*read, str(data))]),
        figure("cancu ingest FOLDER   (nothing to do)", 3.0, [seconds_of(*read, str(data)) for _ in range(repeat)]),
        figure(f'cancu search "{QUERY}"', 1.5, [seconds_of("search", QUERY, "--data", str(data)) for _ in range(repeat)]),
        figure("cancu --help", 0.3, [seconds_of("--help") for _ in range(repeat)]),
    ]


def main() -> int:
    """Measures and prints; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED_CORPUS if SHARED_CORPUS.is_dir() else ROOT / "examples")
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    files, digest = corpus_hash(given.folder)
    with tempfile.TemporaryDirectory(prefix="cancu-startup-") as data:
        figures = measure(given.folder, Path(data) / "data", given.repeat)
    print(f"machine: {machine()}")
    print(f"corpus:  {given.folder.name}, {files} files, hash {digest}")
    print(f"command: .venv/bin/python benchmarks/startup.py {given.folder} --repeat {given.repeat}\n")
    print(f"| {'command':58} | runs | median s | slowest s | processor s | limit s |")
    print(f"|{'-' * 60}|-----:|--------:|--------:|--------:|--------:|")
    for row in figures:
        print(f"| {row.command:58} | {row.runs} | {row.median:.2f} | {row.slowest:.2f} | {row.processor:.2f} | {row.limit:.1f} |")
    return int(any(row.median > row.limit for row in figures))


if __name__ == "__main__":
    sys.exit(main())
