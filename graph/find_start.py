"""What an officer means by WHAT: an IRI, a document number, ``SOURCE:LINE``, a file, or a phrase."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from urllib.parse import unquote

from documents.model import Document
from documents.text import fold, words
from graph.document_graph import DocumentGraph, registered_node, task_node
from graph.instrument import Instrument, title_words, title_years
from graph.iri import split_iri
from ontology.knowledge import knowledge

Search = Callable[[str], Sequence[str]]
"""Finds tasks for a phrase: nodes ("<document key>#T001"), best first."""

_PLACE_IN_FILE = re.compile(r"^(.+):(\d+)$", re.DOTALL)
_FILE = re.compile(r"\S+\.[a-z]{2,5}(?::\d+)?", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d+[a-zđ]?\s*(?:/\s*\d{4}\s*)?[/-]\s*[a-zđ][\wđ.-]*(?:\s*[/-]\s*[a-zđ]\w*)*", re.IGNORECASE)


class StartNotFound(LookupError):
    """Nothing that was read or cited is meant by WHAT."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Không tìm thấy văn bản hoặc nhiệm vụ nào ứng với “{what}”.")
        self.what = what


class AmbiguousStart(LookupError):
    """Several documents are meant by WHAT; ``candidates`` names them."""

    def __init__(self, what: str, candidates: Sequence[Instrument]) -> None:
        self.what, self.candidates = what, tuple(candidates)
        names = "; ".join(f"{one.label} ({one.issuer or one.source or 'không rõ cơ quan ban hành'})" for one in candidates)
        super().__init__(f"“{what}” có thể là nhiều văn bản: {names}. Xin ghi rõ cơ quan ban hành hoặc tên tệp.")


@dataclass(frozen=True, slots=True)
class Start:
    """What WHAT means: ``node`` of the graph, ``how`` it was found, and other tasks that a phrase may mean."""

    node: str
    how: str
    others: tuple[str, ...] = ()


def find_start(graph: DocumentGraph, what: str, search: Search | None = None) -> Start:
    """The document or task that ``what`` means.

    ``search`` finds tasks for a phrase (without it, words are compared). Raises :class:`StartNotFound` or
    :class:`AmbiguousStart`.
    """
    wanted = what.strip()
    if graph.has(wanted):
        return Start(wanted, "key")
    if "://" in wanted:
        return _by_iri(graph, wanted)
    found = _by_file(graph, wanted)
    if found:
        return found
    registered = _by_short_title(graph, wanted)
    if registered:
        return Start(registered, "title")
    numbered = _by_number(graph, wanted)
    if len(numbered) == 1:
        return Start(numbered[0].key, "number")
    if numbered:
        raise AmbiguousStart(wanted, numbered)
    titled = _by_title(graph, wanted)
    if titled:
        return Start(titled, "title")
    if _NUMBER.fullmatch(wanted) or _FILE.fullmatch(wanted):
        raise StartNotFound(wanted)
    tasks = [node for node in (search or word_search(graph))(wanted) if graph.has(node) and _speaks_of(graph, node, wanted)]
    if not tasks:
        raise StartNotFound(wanted)
    return Start(tasks[0], "phrase", tuple(tasks[1:]))


_SHARED = 0.5
"""The share of a phrase's words that a task, its plan's title and issuer must have: a search finds something for any phrase."""


def _speaks_of(graph: DocumentGraph, node: str, phrase: str) -> bool:
    """Whether the task speaks of what the phrase names; accents count where the phrase has them."""
    document, task = graph.documents[node.partition("#")[0]], graph.task(node)
    header = document.header
    said = " ".join((task.text, task.section_title or "", *task.lead, *task.coordinate, header.title or "", header.issuer or ""))
    form = str.lower if fold(phrase) != phrase.lower() else fold
    wanted = {form(word) for word in words(phrase)}
    return len(wanted & {form(word) for word in words(said)}) >= _SHARED * len(wanted)


def _by_iri(graph: DocumentGraph, iri: str) -> Start:
    parts = split_iri(unquote(iri))
    if parts is None:
        raise StartNotFound(iri)
    key, local = parts
    key = graph.resolution.aliases.get(key, key)
    task = f"{key}#{local}"
    if graph.has(task):
        return Start(task, "iri")
    if not graph.has(key):
        raise StartNotFound(iri)
    return Start(key, "iri")


def _by_file(graph: DocumentGraph, wanted: str) -> Start | None:
    """A file, or a line of it: the task on that line, or the document where no task stands there."""
    by_source = graph.by_source
    place = _PLACE_IN_FILE.match(wanted)
    name, line = (place[1], int(place[2])) if place and wanted not in by_source else (wanted, None)
    same = [by_source[name]] if name in by_source else [key for source, key in by_source.items() if source.endswith("/" + name)]
    if len(same) != 1:
        return None
    key, document = same[0], graph.documents[same[0]]
    if line is None:
        return Start(key, "file")
    if not 1 <= line <= max(len(document.lines), 1):
        raise StartNotFound(wanted)
    on_line = [task for task in document.tasks if task.lines[0] <= line <= task.lines[1]]
    if not on_line:
        return Start(key, "line")
    return Start(task_node(key, min(on_line, key=lambda task: (task.lines[1] - task.lines[0], task.id))), "line")


def _by_short_title(graph: DocumentGraph, wanted: str) -> str | None:
    """The one directive that the register knows to be called ``wanted`` for short ("Đề án 06")."""
    known = [one for one in knowledge().directives.values() if one.short_title and fold(one.short_title) == fold(wanted)]
    return registered_node(graph.resolution, known[0].number, known[0]) if len(known) == 1 else None


def _by_number(graph: DocumentGraph, wanted: str) -> list[Instrument]:
    """The documents with the number in ``wanted``; its other words choose among several."""
    found = _NUMBER.search(wanted)
    if found is None:
        return []
    same = graph.resolution.numbered(found[0])
    said = title_words(wanted[: found.start()] + " " + wanted[found.end() :])
    # A longer question that only mentions a number is a phrase; a number with its type and issuer is a name.
    named = [one for one in same if said <= _all_words(one)]
    read = [one for one in named if one.sources]
    return read if len(read) == 1 and len(named) > 1 and not said else named


def _all_words(one: Instrument) -> frozenset[str]:
    return one.words | {"van", "ban"}


def _by_title(graph: DocumentGraph, wanted: str) -> str | None:
    """The one read document whose type, title and issuer have all the words of ``wanted``."""
    said, years = title_words(wanted), title_years(wanted)
    if len(said - {"van", "ban"}) < 2 or len(said) < 3:
        return None
    fitting = [
        key
        for key in sorted(frozenset.intersection(*(graph.by_word.get(word, frozenset()) for word in said - {"van", "ban"})))
        if said <= _all_words(one := graph.resolution.instruments[key]) and years <= (title_years(*one.titles) | {str(one.year)})
    ]
    begins = [key for key in fitting if fold(wanted).startswith(fold(graph.resolution.instruments[key].type or "?"))]
    return begins[0] if len(begins) == 1 else None


def word_search(graph: DocumentGraph, limit: int = 5) -> Search:
    """A plain search over the tasks by the rarity of shared syllables and pairs of them, for use without an index."""
    entries = [(task_node(key, task), _terms(_task_text(document, n))) for key, document in graph.documents.items()
               for n, task in enumerate(document.tasks)]  # fmt: skip
    frequency = Counter(term for _, terms in entries for term in terms)
    with_term: dict[str, list[str]] = defaultdict(list)
    for node, terms in entries:
        for term in terms:
            with_term[term].append(node)

    def search(phrase: str) -> Sequence[str]:
        score: Counter[str] = Counter()
        wanted = _terms(phrase)
        for term in wanted:
            for node in with_term.get(term, ()):
                score[node] += log(1 + len(entries) / frequency[term])  # type: ignore[assignment]
        enough = 0.3 * sum(log(1 + len(entries) / max(frequency[term], 1)) for term in wanted)
        best = sorted((node for node in score if score[node] >= enough), key=lambda node: (-score[node], node))
        return best[:limit]

    return search


def _task_text(document: Document, index: int) -> str:
    task = document.tasks[index]
    return " . ".join((task.text, task.product or "", document.header.title or "", document.header.issuer or ""))


def _terms(text: str) -> set[str]:
    plain = words(fold(text))
    return set(plain) | {f"{a} {b}" for a, b in pairwise(plain)}
