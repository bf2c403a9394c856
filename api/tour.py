"""What ``./run`` shows: reads documents, sums them up, answers one question with its evidence, shows one trace.

    python -m api.tour PATH...

The question and the trace are chosen from what was read: a task that has somebody in charge and a deadline, in the most local
document that has one, and the best chain from a local document to the centre. Exit status: 0 done; 1 some document failed; 2
nothing was read.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import click

from api.backend import Backend, Json, data_folder, open_backend
from api.chain_order import worth_showing
from api.commands.corpus import STATUS, name_failures
from api.commands.finding import answer_text, trace_text
from api.errors import EXIT_FAILED, EXIT_UNUSABLE
from api.explain import explain
from api.output import note, table, wrapped
from ontology.knowledge import knowledge

QUESTION_WORDS = (6, 18)
"""Fewest and most words of a task that is quoted whole in the question."""

TRACED = 4
"""Documents whose chains are looked at in the search for a good one."""

SUMMARY = (
    ("documents", "Văn bản"),
    ("citations", "Dẫn chiếu"),
    ("units", "Đơn vị"),
    ("tasks", "Nhiệm vụ"),
    ("targets", "Chỉ tiêu"),
    ("triples", "Bộ ba"),
    ("passages", "Đoạn"),
    ("seconds", "Giây"),
)


def locality(document: Json) -> int:
    """How local a document is, as the negative rank of its level; one of unknown level is less local than any."""
    level = knowledge().level(document["level"])
    return -level.rank if level else 0


def local_first(documents: Sequence[Json]) -> list[Json]:
    """The documents, most local level first (there tasks are given and chains begin), those of one level by source."""
    return sorted(documents, key=lambda document: (locality(document), document["source"]))


def question_about(task: Json, document: Json) -> str:
    """A question that an officer could ask about ``task`` of ``document``."""
    quoted = " ".join(task["text"].rstrip(" .;:").split()[: QUESTION_WORDS[1]])
    where = f" theo {document['number']} của {document['issuer']}" if document["number"] and document["issuer"] else ""
    return f"Ai chủ trì nhiệm vụ “{quoted}”{where}, thời hạn khi nào?"


def chosen_question(backend: Backend, documents: Sequence[Json]) -> str | None:
    """The question to show, about the best task of the most local level that has one; ``None`` when there is no such task."""

    def worse(pair: tuple[Json, Json]) -> tuple[bool, bool, bool, str, list[int]]:
        task, _ = pair
        long = len(task["text"].split()) > QUESTION_WORDS[1]
        return task["deadline"]["end"] is None, long, not task["product"], task["source"], task["lines"]

    for _, group in groupby(local_first(documents), key=locality):
        ready = [
            (task, document)
            for document in group
            for task in backend.tasks({"document": document["source"]})
            if task["lead"] and task["deadline"] and len(task["text"].split()) >= QUESTION_WORDS[0]
        ]
        if ready:
            return question_about(*min(ready, key=worse))
    return None


def chosen_trace(backend: Backend, documents: Sequence[Json]) -> Json | None:
    """The trace with the best chain among those of the most local documents; that chain comes first in it."""
    best: Json | None = None
    for document in local_first(documents)[:TRACED]:
        traced = backend.trace(document["source"], False)
        traced["chains"].sort(key=worth_showing, reverse=True)
        if traced["chains"] and (best is None or worth_showing(traced["chains"][0]) > worth_showing(best["chains"][0])):
            best = traced
    return best


def say_what_changed(source: str, status: str) -> None:
    """Names a file that was read; what did not change is not worth a line."""
    if status != "unchanged":
        note(f"  {STATUS[status]}: {source}")


def show_tour(backend: Backend, paths: Sequence[Path]) -> int:
    """Reads ``paths`` and prints the tour; the exit status."""
    started = time.perf_counter()
    report = backend.ingest(paths, say_what_changed)
    seconds = time.perf_counter() - started
    name_failures(report)
    summary = {**backend.summary(), "seconds": f"{seconds:.1f}"}
    click.echo("\n" + table([words for _, words in SUMMARY], [[summary[name] for name, _ in SUMMARY]]))
    documents = backend.documents()
    if not documents:
        note("Không có văn bản nào để hỏi. Chỉ tệp hoặc thư mục có văn bản: ./run TỆP_HOẶC_THƯ_MỤC")
        return EXIT_UNUSABLE
    question = chosen_question(backend, documents)
    if question:
        click.echo(wrapped(f"\nHỏi: {question}") + f"\n\n{answer_text(backend.ask(question))}")
    traced = chosen_trace(backend, documents)
    if traced:
        click.echo(f"\nTruy vết căn cứ. {trace_text(traced, limit=1)}")
    return EXIT_FAILED if report["failures"] else 0


def main(arguments: Sequence[str]) -> int:
    """Runs the tour over the paths in ``arguments`` and the data folder of the environment."""
    try:
        backend = open_backend(data_folder(None), create=True)
        try:
            return show_tour(backend, [Path(argument) for argument in arguments])
        finally:
            backend.close()
    except BrokenPipeError:
        # Whoever reads the output has seen enough ("./run | head"); Python would complain once more when it flushes.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        return 0
    except Exception as error:
        problem = explain(error)
        if problem is None:
            raise
        note(problem.as_text())
        return problem.exit_status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
