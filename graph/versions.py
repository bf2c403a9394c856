"""Versions of what makes the kept and derived parts, so that a part made by older code or knowledge is made again.

A version is a hash of all the code and knowledge of the rooms that can decide the result, and of name and size of their large
data. Nobody has to remember to raise a number when a rule or a list changes, nor which module uses which other one; the price is
that a part is sometimes made again though nothing about it changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from graph import iri

_ROOMS = Path(__file__).resolve().parent.parent
_READ_WHOLE = (".py", ".ttl", ".json", ".txt")
_SMALL = 1_000_000


def _digest(paths: Iterable[Path]) -> str:
    """A hash over files: of their content; of name and size alone for large data such as model weights."""
    total = sha256()
    for path in sorted(paths):
        size = path.stat().st_size
        total.update(f"{path.relative_to(_ROOMS).as_posix()} {size}\n".encode())
        if path.suffix in _READ_WHOLE and size < _SMALL:
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def _room(name: str) -> list[Path]:
    """The files of a room, without what only trains its model."""
    files = (path for path in (_ROOMS / name).glob("**/*") if path.is_file())
    return [path for path in files if not {"__pycache__", "train"} & set(path.relative_to(_ROOMS).parts)]


@cache
def reader_version() -> str:
    """The version of what turns a file into a document: reading, understanding, and the knowledge that they use."""
    return _digest(_room("documents") + _room("ontology"))


@cache
def graph_version(base: str) -> str:
    """The version of what turns a document into a graph with the IRI ``base``; see :func:`graph.iri.base`."""
    passages = _ROOMS / "embeddings" / "passage.py"
    return f"{_digest([*_room('graph'), passages, *_room('documents'), *_room('ontology')])} {base}"


def store_version() -> str:
    """The version of the triple store as it would be made now."""
    return graph_version(iri.base())


@cache
def index_version() -> str:
    """The version of what turns a document into entries of the search index: passages, words (with abbreviations), vectors."""
    return _digest(_room("embeddings") + _room("documents") + _room("ontology"))
