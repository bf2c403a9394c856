"""What ``./run`` shows: reads documents, sums them up, answers one question with its evidence, shows one trace.

    python -m api.tour PATH...

The question and the trace are chosen from what was read: a task of the most local document that has somebody in charge and a
deadline, and the document with the longest chain above it. Exit status: 0 done; 1 some document failed; 2 nothing was read.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from api.backend import Backend, Json, data_folder, open_backend
from api.commands.finding import answer_text, trace_text
from api.errors import EXIT_FAILED, EXIT_UNUSABLE
from api.explain import explain
from api.output import note, table

LEVELS = ("phường/xã", "sở/ngành", "thành phố", "trung ương")
"""Most local first: that is where tasks are given and chains begin."""

QUESTION_WORDS = 16
"""Words of the task that the question quotes; a longer quotation reads badly."""

TRACED = 8
"""Documents whose chains are looked at in the search for a long one."""

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


def local_first(documents: Sequence[Json]) -> list[Json]:
    """The documents, most local level first, those of one level by source."""
    rank = {level: number for number, level in enumerate(LEVELS)}
    return sorted(documents, key=lambda document: (rank.get(document["level"], len(LEVELS)), document["source"]))


def question_about(task: Json, document: Json) -> str:
    """A question that an officer could ask about ``task`` of ``document``."""
    words = task["text"].rstrip(" .;:").split()
    quoted = " ".join(words[:QUESTION_WORDS]).rstrip(" ,;:")
    where = f" theo {document['number']} của {document['issuer']}" if document["number"] and document["issuer"] else ""
    return f"Ai chủ trì nhiệm vụ “{quoted}”{where}, thời hạn khi nào?"


def chosen_question(backend: Backend, documents: Sequence[Json]) -> str | None:
    """The question to show; ``None`` when no task has somebody in charge and a deadline."""
    for document in local_first(documents):
        tasks = backend.tasks({"document": document["iri"]})
        ready = [task for task in tasks if task["lead"] and task["deadline"] and len(task["text"].split()) >= 6]
        if ready:
            return question_about(
                min(ready, key=lambda task: (len(task["text"].split()) > QUESTION_WORDS, task["lines"])), document
            )
    return None


def chosen_trace(backend: Backend, documents: Sequence[Json]) -> Json | None:
    """The trace with the longest chain that stands in the texts, among the most local documents."""
    best: Json | None = None
    for document in local_first(documents)[:TRACED]:
        traced = backend.trace(document["iri"], False)
        traced["chains"].sort(key=lambda chain: (-len(chain["hops"]), -chain["confidence"]))
        if traced["chains"] and (best is None or len(traced["chains"][0]["hops"]) > len(best["chains"][0]["hops"])):
            best = traced
    return best


def show_tour(backend: Backend, paths: Sequence[Path]) -> int:
    """Reads ``paths`` and prints the tour; the exit status."""
    started = time.perf_counter()
    report = backend.ingest(paths, lambda source, status: note(f"  {source}: {status}"))
    seconds = time.perf_counter() - started
    for failure in report["failures"]:
        note(f"Lỗi: {failure['source']}: {failure['reason']}")
    summary = {**backend.summary(), "seconds": f"{seconds:.1f}"}
    click.echo("\n" + table([words for _, words in SUMMARY], [[summary[name] for name, _ in SUMMARY]]))
    documents = backend.documents()
    if not documents:
        note("Không có văn bản nào để hỏi. Chỉ tệp hoặc thư mục có văn bản: ./run TỆP_HOẶC_THƯ_MỤC")
        return EXIT_UNUSABLE
    question = chosen_question(backend, documents)
    if question:
        click.echo(f"\nHỏi: {question}\n\n{answer_text(backend.ask(question))}")
    traced = chosen_trace(backend, documents)
    if traced:
        click.echo(f"\nTruy vết căn cứ\n{trace_text(traced, limit=1)}")
    return EXIT_FAILED if report["failures"] else 0


def main(arguments: Sequence[str]) -> int:
    """Runs the tour over the paths in ``arguments`` and the data folder of the environment."""
    try:
        backend = open_backend(data_folder(None), create=True)
        try:
            return show_tour(backend, [Path(argument) for argument in arguments])
        finally:
            backend.close()
    except Exception as error:
        problem = explain(error)
        if problem is None:
            raise
        note(problem.as_text())
        return problem.exit_status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
