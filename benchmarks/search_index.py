"""The search index at size: building, opening, searching and changing it, its memory and its disk.

    python benchmarks/search_index.py [--shared ../shared] [--passages 100000] [--queries 300] [--model NAME_OR_FOLDER]

Passages are cut from the training articles, two hundred to a document; queries are words out of them. Printed are the seconds of
a build, the time of a search (median, 95th and 99th percentile, one process, one core), how many of the hundred nearest vectors
the index finds that comparing all would find, the seconds of adding and of removing one plan, the memory of a process that has
searched, and the bytes on disk.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from documents import read
from embeddings.model import load_model
from embeddings.passage import Passage, passages
from embeddings.search import SearchIndex
from embeddings.train.articles import sentences

PASSAGE_WORDS, DOCUMENT_PASSAGES = 60, 200


def articles(shared: Path) -> Iterator[tuple[str, str]]:
    """Title and text of the articles of the codified law and the statutes."""
    for name in ("codified_law_articles", "statute_articles"):
        with gzip.open(shared / "training" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield record["title"], record["text"]


def many_passages(shared: Path, count: int) -> list[Passage]:
    """``count`` passages (fewer when the articles give no more) of about ``PASSAGE_WORDS`` words."""
    made: list[Passage] = []
    for title, text in articles(shared):
        run: list[str] = []
        for sentence in (*sentences(text), ""):
            run += sentence.split()
            if run and (len(run) >= PASSAGE_WORDS or not sentence):
                document, local = divmod(len(made), DOCUMENT_PASSAGES)
                key, line = f"d{document:05d}", 1 + 2 * local
                words = " ".join(run)
                made.append(
                    Passage(f"{key}#P{local:04d}", key, key, "article", words, title, (line, line), number=f"{document}/L")
                )
                run = []
                if len(made) == count:
                    return made
    return made


def some_queries(found: Sequence[Passage], count: int) -> list[str]:
    """Words out of passages, 4 to 14 of them with gaps."""
    random = Random(1)
    queries = []
    for passage in random.sample(list(found), min(count, len(found))):
        words = passage.text.split()
        start = random.randrange(max(1, len(words) - 14))
        queries.append(" ".join(w for w in words[start : start + random.randint(5, 14)] if random.random() < 0.8))
    return queries


def timed(what: str, act: Callable[[], SearchIndex]) -> SearchIndex:
    """Does it and prints how long it took."""
    began, used = time.perf_counter(), time.process_time()
    result = act()
    print(
        f"{what}: {time.perf_counter() - began:.1f} s by the clock, {time.process_time() - used:.1f} s of the processor",
        flush=True,
    )
    return result


def recall(index: SearchIndex, queries: Sequence[str]) -> float:
    """The part of the hundred nearest vectors that the index finds, over the queries of which the model knows something."""
    ids = index.vectors.ids()
    exact = index.vectors.vectors(ids)
    found = []
    for query in queries:
        vector = index.model.encode_query(query)
        if not vector.any():
            continue
        nearest = ids[np.argpartition(-(exact @ vector), 100)[:100]]
        found.append(np.isin(nearest, index.vectors.search(vector, 400)[0]).mean())
    return float(np.mean(found))


def in_a_process(folder: Path, queries: Sequence[str], model: str) -> None:
    """Searches the index of ``folder`` and prints times and memory: what a new process does."""
    began = time.perf_counter()
    index = SearchIndex.open(folder, load_model(model))
    index.search(queries[0])
    print(f"open and first search: {time.perf_counter() - began:.2f} s")
    seconds, processor = [], []
    for query in queries:
        began, used = time.perf_counter(), time.process_time()
        index.search(query)
        seconds.append(time.perf_counter() - began)
        processor.append(time.process_time() - used)
    for name, values in (("clock", seconds), ("processor", processor)):
        median, p95, p99 = 1000 * np.percentile(values, [50, 95, 99])
        print(f"search, ms of the {name}: median {median:.1f}, p95 {p95:.1f}, p99 {p99:.1f}")
    status = dict(
        line.split(":\t") for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if ":\t" in line
    )
    own, mapped = (int(status[name].split()[0]) / 1024 for name in ("RssAnon", "RssFile"))
    print(f"memory: {own:.0f} MiB of its own, {mapped:.0f} MiB of mapped files and libraries, which the system may drop")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--model", default="default")
    parser.add_argument("--keep", type=Path, help="folder to leave the index in")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open:
        in_a_process(options.open, json.load(sys.stdin), options.model)
        return
    if not options.shared.is_dir():
        sys.exit(f"{options.shared} is not there; name the folder with --shared")
    found = many_passages(options.shared, options.passages)
    queries = some_queries(found, options.queries)
    model = load_model(options.model)
    with tempfile.TemporaryDirectory() as folder:
        aside = options.keep or Path(folder)
        index = timed(f"build of {len(found)} passages", lambda: SearchIndex.build(aside, found, model))
        print(f"{len(index.vectors)} vectors, compared one by one: {index.vectors.is_flat}")
        print(f"recall of the nearest 100: {recall(index, queries[:100]):.4f}")
        held = {path.name: path.stat().st_size for path in sorted(aside.rglob("*")) if path.is_file()}
        print(
            f"disk: {sum(held.values()) / 2**20:.0f} MiB; "
            + ", ".join(f"{n} {b / 2**20:.1f}" for n, b in held.items() if b > 2**20)
        )
        command = [sys.executable, __file__, "--open", str(aside), "--model", options.model]
        subprocess.run(command, input=json.dumps(queries), text=True, check=True)
        path = sorted((options.shared / "corpus").glob("*.txt"))[0]
        plan = passages(read(path, path.name))
        changed = timed(f"adding a plan of {len(plan)} passages", lambda: index.update([], plan))
        timed("removing it", lambda: changed.update([plan[0].document], []))
    print(f"memory of building: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
